/** @jest-environment ./test/engine/environment.ts */
import {
	approvalsOf,
	copiesOfTask,
	isApproval,
	rowOfTask,
	rowsOfTask,
} from '../../../nodes/Nutrient/approvalCopies';
import { BOB, CAROL } from '../../../sandbox/nutrient/options';
import { byId, useSandbox } from './sandboxed';

const used = useSandbox();

/** The rows of a request's tasks, read over HTTP by the built node. */
async function rowsOf(instanceSid: string) {
	const { outputs } = await used.run(
		'request:getTasks',
		{ requestId: byId(instanceSid), simple: false },
		{ credential: used.as('ada') },
	);
	return outputs[0].map(({ json }) => json);
}

/** Two approvals of one request: of Bob and Carol, and of Bob alone. */
function twoApprovals() {
	const { nutrient } = used;
	const both = nutrient.createApproval({ recipients: [BOB, CAROL] });
	const carols = nutrient.tasks.at(-1)!;
	const [, design] = nutrient.processes[0].tasks;
	const [alone] = nutrient.workflow.assign(nutrient.instances[0], design, [BOB]);
	return { both, carols, alone, request: nutrient.instances[0].sid };
}

describe('the approvals of a request', () => {
	it.each(['camel', 'pascal'] as const)(
		'are told apart, with their people, in %s',
		async (naming) => {
			used.nutrient.options.naming = naming;
			used.nutrient.options.systemTaskRows = true;
			const { both, carols, alone, request } = twoApprovals();
			used.nutrient.workflow.decide(both, 'Approve', '');
			const rows = await rowsOf(request);
			expect(rows).toHaveLength(4);
			expect(approvalsOf(rows)).toMatchObject([
				[
					{
						id: both.recipientTaskSid,
						task: both.instanceTaskSid,
						title: 'Manager Approval',
						recipient: { email: 'bob@example.com' },
						state: 'done',
						isReassigned: false,
					},
					{ id: carols.recipientTaskSid, recipient: { email: 'carol@example.com' }, state: 'open' },
				],
				[{ id: alone.recipientTaskSid, state: 'open' }],
			]);
			expect(copiesOfTask(rows, carols.recipientTaskSid).map(({ id }) => id)).toEqual([
				both.recipientTaskSid,
				carols.recipientTaskSid,
			]);
			expect(copiesOfTask(rows, alone.recipientTaskSid)).toHaveLength(1);
			expect(copiesOfTask(rows, 'unknown')).toEqual([]);
		},
	);

	it('show which copy was given to somebody else, beside the one that has taken its place', async () => {
		const { alone, request } = twoApprovals();
		const theirs = used.nutrient.workflow.reassign(alone, CAROL);
		const copies = copiesOfTask(await rowsOf(request), alone.recipientTaskSid);
		expect(copies).toMatchObject([
			{ id: alone.recipientTaskSid, isReassigned: true, state: 'cancelled' },
			{ id: theirs.recipientTaskSid, isReassigned: false, state: 'open' },
		]);
	});

	it('are none for rows without an ID', async () => {
		const { alone, request } = twoApprovals();
		used.nutrient.options.ownTaskIds = false;
		const rows = await rowsOf(request);
		expect(approvalsOf(rows)).toEqual([]);
		expect(copiesOfTask(rows, alone.recipientTaskSid)).toEqual([]);
		expect(rowsOfTask(rows, '')).toEqual([]);
	});
});

describe('a row', () => {
	it('is found by its ID in any spelling', () => {
		const row = { RECIPIENT_TASK_SID: 'AB' };
		expect(rowOfTask([{ sid: 'x' }, row], 'ab')).toBe(row);
		expect(rowOfTask([row], 'b')).toBeNull();
	});

	it('that does not tell its task is alone, and no approval unless it says so', () => {
		const rows = [
			{ sid: 'a', taskType: 'Approval Task' },
			{ sid: 'b', type: 'approval' },
			{ sid: 'c' },
			{ sid: 'd', taskType: 'form' },
		];
		expect(copiesOfTask(rows, 'a').map(({ id, task }) => [id, task])).toEqual([['a', 'a']]);
		expect(approvalsOf(rows).map((copies) => copies.map(({ id }) => id))).toEqual([['a'], ['b']]);
		expect(rows.map(isApproval)).toEqual([true, true, null, false]);
	});
});
