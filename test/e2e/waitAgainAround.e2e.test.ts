import { randomUUID } from 'node:crypto';

import type { INode } from 'n8n-workflow';

import type { Execution } from '../../scripts/n8n/executions';
import type { Task } from '../../sandbox';
import { givenTo, openAgainDesk, OUTPUTS, type AgainDesk } from './againDesk';
import { itemsOf } from './itemsOf';
import { manualStart, noOp, setFields, workflowOf, type NodeSketch } from './workflowOf';

jest.setTimeout(8 * 60_000);

let desk: AgainDesk;
beforeAll(async () => void (desk = await openAgainDesk()));
afterAll(async () => await desk.close());

const approve = async ({ taskId }: Task) => await desk.sandbox.appmixer.approve(taskId);
const reject = async ({ taskId }: Task) => await desk.sandbox.appmixer.reject(taskId);
const total = ({ taskId }: Task) => desk.effects.total(taskId);
const byId = (taskId: string) => ({ __rl: true, mode: 'id', value: taskId });
const outcomes = (run: Execution) =>
	OUTPUTS.map((output) => givenTo(run, output).map(({ json }) => json.outcome));
const waitingAt = async (workflowId: string, node: string, rounds = 1) =>
	await desk.rest.waitForExecution(
		workflowId,
		({ status, runData }) => status === 'waiting' && (runData[node]?.length ?? 0) >= rounds,
	);

const to = (node: string, index = 0) => ({ node, type: 'main' as const, index });

it('L10: at the limit all leave by No Decision, as timed out', async () => {
	const [decided, silent] = desk.tasks(2);
	const limit = { resumeAmount: 0.2, resumeUnit: 'minutes', options: { wakeUps: false } };
	const workflow = await desk.waitFor([decided, silent], limit);
	await workflow.begin();
	await workflow.parked();
	await approve(decided);
	const run = await workflow.ended(200_000);
	expect(outcomes(run)).toEqual([['approved'], [], ['timedOut']]);
	expect([total(decided), desk.effects.count('No Decision', silent.taskId)]).toEqual([1, 1]);
});

const loop: NodeSketch = {
	name: 'Loop',
	type: 'n8n-nodes-base.splitInBatches',
	typeVersion: 3,
	parameters: { batchSize: 1, options: {} },
};

it('Loop Over Items: each round waits for its own tasks, and Done fires once', async () => {
	const tasks = desk.tasks(2);
	const items = itemsOf(tasks.map(({ taskId }) => ({ id: taskId })));
	const workflow = await desk.publish(
		[...items, loop, desk.gate(), ...desk.ends, noOp('Next'), setFields('Done', { done: true })],
		[
			['Form', 'List'],
			['List', 'Items'],
			['Items', 'Loop'],
			['Loop', 'Done', 0],
			['Loop', 'Gate', 1],
			...desk.wires,
			...OUTPUTS.map((output): [string, string] => [output, 'Next']),
			['Next', 'Loop'],
		],
	);
	await workflow.begin();
	await workflow.parked();
	await approve(tasks[0]);
	await waitingAt(workflow.id, 'Loop', 2);
	await reject(tasks[1]);
	const run = await workflow.ended(200_000);
	expect(run.status).toBe('success');
	expect(outcomes(run)).toEqual([['approved'], ['rejected'], []]);
	expect(run.runData.Done).toHaveLength(1);
	expect(tasks.map(total)).toEqual([1, 1]);
});

it('L12: Check Again led into Loop Over Items is refused, before anybody waits', async () => {
	const tasks = desk.tasks(2);
	const items = itemsOf(tasks.map(({ taskId }) => ({ id: taskId })));
	const workflow = await desk.publish(
		[...items, loop, desk.gate(), noOp('Next'), noOp('Done')],
		[
			['Form', 'List'],
			['List', 'Items'],
			['Items', 'Loop'],
			['Loop', 'Done', 0],
			['Loop', 'Gate', 1],
			['Gate', 'Loop', 0],
			...OUTPUTS.map((_, place): [string, string, number] => ['Gate', 'Next', place + 1]),
			['Next', 'Loop'],
		],
	);
	await workflow.begin();
	const run = await workflow.ended();
	expect([run.status, run.error?.message, run.runData.Done]).toEqual([
		'error',
		'Nobody was waited for: Check Again leads back through "Loop"',
		undefined,
	]);
});

it('Merge behind two outputs has both, once', async () => {
	const tasks = desk.tasks(2);
	const items = itemsOf(tasks.map(({ taskId }) => ({ id: taskId })));
	const merge: NodeSketch = {
		name: 'Merge',
		type: 'n8n-nodes-base.merge',
		typeVersion: 3,
		parameters: {},
	};
	const workflow = await desk.publish(
		[...items, desk.gate(), merge, desk.effects.node('Merged')],
		[
			['Form', 'List'],
			['List', 'Items'],
			['Items', 'Gate'],
			['Merge', 'Merged'],
		],
		{},
		{ Gate: { main: [[to('Gate')], [to('Merge')], [to('Merge', 1)]] } },
	);
	await workflow.begin();
	await workflow.parked();
	await Promise.all([approve(tasks[0]), reject(tasks[1])]);
	const run = await workflow.ended(200_000);
	expect(run.runData.Merge).toHaveLength(1);
	expect(tasks.map(({ taskId }) => desk.effects.count('Merged', taskId))).toEqual([1, 1]);
});

it('a sub-workflow that waits gives its parent what it ends with, once', async () => {
	const [task] = desk.tasks(1);
	const trigger: NodeSketch = {
		name: 'When called',
		type: 'n8n-nodes-base.executeWorkflowTrigger',
		typeVersion: 1.1,
		parameters: { inputSource: 'passthrough' },
	};
	const child = await desk.rest.createWorkflow(
		workflowOf(
			`child ${randomUUID()}`,
			[trigger, desk.gate({ taskId: byId(task.taskId) }), ...desk.ends, noOp('End')],
			[
				['When called', 'Gate'],
				...desk.wires,
				...OUTPUTS.map((_, place): [string, string, number] => ['Gate', 'End', place + 1]),
			],
		),
	);
	await desk.rest.activate(child.id);
	const call: NodeSketch = {
		name: 'Call',
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.2,
		parameters: { workflowId: { __rl: true, mode: 'id', value: child.id }, options: {} },
	};
	const parent = await desk.publish(
		[call, desk.effects.node('Parent')],
		[
			['Form', 'Call'],
			['Call', 'Parent'],
		],
	);
	await parent.begin();
	await parent.parked();
	await waitingAt(child.id, 'Gate');
	await approve(task);
	const run = await parent.ended(200_000);
	expect(run.status).toBe('success');
	expect(run.runData.Call.at(-1)?.main[0].map(({ json }) => json.outcome)).toEqual(['approved']);
	expect(desk.effects.count('Parent', task.taskId)).toBe(1);
	expect(desk.effects.count('Approved', task.taskId)).toBe(1);
});

describe('L5: only a wait that goes on leaves by Check Again', () => {
	const failing = async (node: Partial<INode>, ends: string[] = []) => {
		const items = itemsOf([{ id: 'no-such-task', approved: true }]);
		const workflow = await desk.publish(
			[...items, desk.gate({}, node), ...desk.ends, ...ends.map(noOp)],
			[
				['Form', 'List'],
				['List', 'Items'],
				['Items', 'Gate'],
				...desk.wires,
				...ends.map((end): [string, string, number] => ['Gate', end, 4]),
			],
		);
		await workflow.begin();
		return await workflow.ended(120_000);
	};

	it('Continue On Fail: a failure leaves by No Decision, once', async () => {
		const run = await failing({ onError: 'continueRegularOutput' });
		expect([run.status, run.runData.Gate.length]).toEqual(['success', 1]);
		expect(outcomes(run)).toEqual([[], [], ['failed']]);
		expect(Object.keys(run.runData)).not.toContain('Approved');
	});

	it('the error output: it is a fail item there, and nowhere else', async () => {
		const run = await failing({ onError: 'continueErrorOutput' }, ['Failed']);
		expect([run.status, run.runData.Gate.length]).toEqual(['success', 1]);
		expect(outcomes(run)).toEqual([[], [], []]);
		expect(run.runData.Failed[0].main[0][0].json.error).toMatch(/no-such-task/);
		expect(Object.keys(run.runData)).not.toContain('No Decision');
	});

	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'Always Output Data is refused and runs nothing for ever (%s)',
		async (onError) => {
			const run = await failing({ onError, alwaysOutputData: true }, ['Failed']);
			expect(run.runData.Gate.length).toBeLessThanOrEqual(2);
			expect(Object.keys(run.runData)).not.toContain('Approved');
			if (onError === 'stopWorkflow') expect(run.error?.message).toMatch(/^Always Output Data/);
		},
	);

	it('Retry On Fail tries a first look again, and then fails', async () => {
		const before = desk.sandbox.requests.length;
		const run = await failing({ retryOnFail: true, maxTries: 2, waitBetweenTries: 100 });
		expect([run.status, run.error?.message]).toEqual([
			'error',
			expect.stringMatching(/no-such-task/),
		]);
		expect(desk.sandbox.requests.length).toBeGreaterThan(before + 1);
	});
});

it('Execute Once waits for the first task only', async () => {
	const tasks = desk.tasks(2);
	const workflow = await desk.waitFor(tasks, {}, { node: { executeOnce: true } });
	await workflow.begin();
	await workflow.parked();
	await approve(tasks[0]);
	const run = await workflow.ended(200_000);
	expect(outcomes(run)).toEqual([['approved'], [], []]);
	expect(tasks.map(total)).toEqual([1, 0]);
});

it('L11: what fails in a look runs the error workflow; Retry waits on, and registers its own address', async () => {
	const [task] = desk.tasks(1);
	const trigger = { name: 'On error', type: 'n8n-nodes-base.errorTrigger' };
	const onError = await desk.rest.createWorkflow(
		workflowOf(
			`error ${randomUUID()}`,
			[trigger, desk.effects.node('Told', '$json.execution.id')],
			[['On error', 'Told']],
		),
	);
	await desk.rest.activate(onError.id);
	const workflow = await desk.waitFor([task], {}, { settings: { errorWorkflow: onError.id } });
	const gone = desk.sandbox.fault({ path: /\/tasks$/, status: 401 });
	await workflow.begin();
	const { id, status } = await workflow.ended();
	expect(status).toBe('error');
	gone.remove();
	await desk.rest.waitForExecution(onError.id);
	expect(desk.effects.count('Told', id)).toBe(1);
	await desk.rest.retry(id);
	const again = await workflow.parked();
	expect(desk.wakeUpUrl(task)).toContain(`/webhook-waiting/${again.id}?`);
	await approve(task);
	const run = await desk.rest.waitForExecution(
		workflow.id,
		({ status }) => status === 'success',
		200_000,
	);
	expect(outcomes(run)).toEqual([['approved'], [], []]);
	expect(total(task)).toBe(1);
});

describe('by hand', () => {
	const drawn = async (task: Task, more: { pinData?: object } = {}) => {
		const nodes = [manualStart(), desk.gate({ taskId: byId(task.taskId) }), ...desk.ends];
		const workflow = workflowOf(`by hand ${randomUUID()}`, nodes, [
			['Start', 'Gate'],
			...desk.wires,
		]);
		return await desk.rest.createWorkflow({ ...workflow, ...more } as typeof workflow);
	};

	it('Execute Workflow waits to the end', async () => {
		const [task] = desk.tasks(1);
		const { id } = await drawn(task);
		await desk.rest.run(id, { triggerToStartFrom: { name: 'Start' } });
		await waitingAt(id, 'Gate');
		await approve(task);
		const run = await desk.rest.waitForExecution(id, undefined, 200_000);
		expect(outcomes(run)).toEqual([['approved'], [], []]);
		expect(total(task)).toBe(1);
	});

	it('L13: Execute Step says that it does not', async () => {
		const [task] = desk.tasks(1);
		const { id } = await drawn(task);
		await desk.rest.run(id, { triggerToStartFrom: { name: 'Start' }, destinationNode: 'Gate' });
		const { runData } = await waitingAt(id, 'Gate');
		expect(JSON.stringify(runData.Gate[0].hints)).toMatch(/Execute Step does not wait to the end/);
		await approve(task);
		const run = await desk.rest.waitForExecution(id, undefined, 200_000);
		expect(outcomes(run)).toEqual([[], [], []]);
		expect(total(task)).toBe(0);
	});

	it('pinned data before the gate is what it waits for', async () => {
		const [task] = desk.tasks(1);
		const nodes = [manualStart(), noOp('Tasks'), desk.gate(), ...desk.ends];
		const edges: Array<[string, string, number?]> = [
			['Start', 'Tasks'],
			['Tasks', 'Gate'],
			...desk.wires,
		];
		const workflow = workflowOf(`pinned ${randomUUID()}`, nodes, edges);
		const pinData = { Tasks: [{ json: { id: task.taskId } }] };
		const { id } = await desk.rest.createWorkflow({ ...workflow, pinData } as typeof workflow);
		await desk.rest.run(id, { triggerToStartFrom: { name: 'Start' } });
		await waitingAt(id, 'Gate');
		await approve(task);
		const run = await desk.rest.waitForExecution(id, undefined, 200_000);
		expect(outcomes(run)).toEqual([['approved'], [], []]);
	});
});
