/** @jest-environment ./test/engine/environment.ts */
import { useSandbox } from './sandboxed';

const used = useSandbox();

/** Gives the approval of the first process these options. */
const withOptions = (...labels: string[]) => {
	const [, approval] = used.nutrient.processes[0].tasks;
	approval.options = labels.map((label) => ({ label, completesTask: false }));
	return used.nutrient.createApproval();
};

describe('a Nutrient decision', () => {
	it.each(['objects', 'strings', 'wrapped'] as const)(
		'is one of the options, read as %s',
		async (shape) => {
			used.nutrient.options.approvalOptions = shape;
			const task = used.nutrient.createApproval();
			const { outputs } = await used.run('task:reject', { taskId: task.recipientTaskSid });
			expect(outputs[0][0].json.option).toBe('Deny');
			expect(task).toMatchObject({ decision: 'Deny', comments: '', state: 'Completed' });
		},
	);

	it.each([
		['approve', 'APPROVED', ['No', 'APPROVED']],
		['reject', 'rejected', ['rejected', 'approved']],
		['reject', 'Denied', ['Approved', 'Denied']],
	])('%s finds %s', async (operation, option, labels) => {
		const { recipientTaskSid: taskId } = withOptions(...labels);
		const { outputs } = await used.run(`task:${operation}`, { taskId });
		expect(outputs[0][0].json.option).toBe(option);
	});

	it.each(['approve', 'reject'])('%s lists the options when none fits', async (operation) => {
		const { recipientTaskSid: taskId } = withOptions('Release', 'Hold');
		const { error } = await used.run(`task:${operation}`, { taskId });
		expect(error?.message).toMatch(/has no option "(Approve|Deny)" or/);
		expect(error?.description).toMatch(/^Its options are "Release", "Hold"\./);
		expect(used.calls()).toHaveLength(1);
		const { outputs } = await used.run(`task:${operation}`, {
			taskId,
			options: { optionLabel: 'release' },
		});
		expect(outputs[0][0].json.option).toBe('Release');
	});

	it('does not guess between two that fit', async () => {
		const { recipientTaskSid: taskId } = withOptions('Approve', 'Deny', 'Reject');
		const { error } = await used.run('task:reject', { taskId });
		expect(error?.message).toMatch(/has several options that fit/);
		expect(used.calls()).toHaveLength(1);
	});

	it('lists the options for a name that is none', async () => {
		const { recipientTaskSid: taskId } = used.nutrient.createApproval();
		const { error } = await used.run('task:decide', { taskId, optionLabel: 'Rework' });
		expect(error?.message).toContain('has no option "Rework"');
		expect(error?.description).toContain('"Approve", "Deny", "Re-work"');
	});

	it('is not guessed where the options cannot be read, but sent as typed', async () => {
		used.nutrient.options.approvalOptions = 'unreadable';
		const { recipientTaskSid: taskId } = used.nutrient.createApproval();
		const { error } = await used.run('task:approve', { taskId });
		expect(error?.message).toContain('could not be read, so none was chosen');
		expect(used.calls()).toHaveLength(1);
		const { outputs } = await used.run('task:decide', { taskId, optionLabel: 'Approve' });
		expect(outputs[0][0].json.option).toBe('Approve');
	});

	it.each([
		['legacyParameter', 'legacyParameter', '/api/instance/tasktypes/approval/'],
		['noParameter', 'noParameter', '/api/instance/tasktypes/approval/'],
		['legacyPath', 'any', '/tasktypes/approval/'],
	] as const)('is sent by the contract %s', async (contract, decisionContract, path) => {
		used.nutrient.options.decisionContract = decisionContract;
		const { recipientTaskSid: taskId } = used.nutrient.createApproval();
		const options = { contract, additionalBody: '{}' };
		const { error } = await used.run('task:approve', { taskId, options });
		expect(error).toBeNull();
		expect(used.calls().at(-1)).toBe(`POST ${path}${taskId}`);
	});

	it('refused by its contract names the other contracts', async () => {
		used.nutrient.options.decisionContract = 'noParameter';
		const { recipientTaskSid: taskId } = used.nutrient.createApproval();
		const { error } = await used.run('task:approve', { taskId });
		expect(error?.description).toMatch(/Invalid approval.*choose another API Contract/);
	});

	it('of somebody else says who may', async () => {
		const { recipientTaskSid: taskId } = used.nutrient.createApproval();
		const { error } = await used.run('task:approve', { taskId }, { credential: used.as('carol') });
		expect(error?.description).toMatch(/not a recipient.*only the assignee/);
	});

	it('answered 504 was made all the same, and is not repeated', async () => {
		const task = used.nutrient.createApproval();
		used.nutrient.fault({ path: /approval/, method: 'POST', status: 504, after: true });
		const { error } = await used.run('task:approve', { taskId: task.recipientTaskSid });
		expect(error).toMatchObject({
			httpCode: '504',
			description: 'It may have been done all the same: check in Nutrient before repeating it.',
		});
		expect(used.calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
		expect(task.decision).toBe('Approve');
	});
});
