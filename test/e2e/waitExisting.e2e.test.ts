import type { INodeParameters } from 'n8n-workflow';

import { BOB, CAROL } from '../../sandbox';
import { branches, given, seen } from './branches';
import { openDesk, type Desk } from './gateDesk';

jest.setTimeout(180_000);

let desk: Desk;
beforeAll(async () => void (desk = await openDesk()));
afterAll(async () => await desk.sandbox.close());

async function begin(taskId: string, parameters: INodeParameters = {}) {
	const { nodes, edges } = branches('perDecision');
	const asking = desk.ask('not used', {
		...{ taskSource: 'existing', outputs: 'perDecision' },
		taskId: { __rl: true, mode: 'id', value: taskId },
		...parameters,
	});
	const workflow = await desk.publish([asking, ...nodes], edges);
	await workflow.begin('7');
	return workflow;
}

const witness = (outcome: string) => [
	{
		...{ outcome, approved: outcome === 'approved', file: 'the quote' },
		...{ item: '7', first: '7', itemFile: 'text/plain' },
	},
];
const LANE = { approve: 'Approved', reject: 'Rejected' };
const OUTCOME = { approve: 'approved', reject: 'rejected' };

it.each(['approve', 'reject'] as const)('waits for a pending task: %s', async (verb) => {
	const { taskId } = desk.sandbox.appmixer.createTask({ title: `pending, ${verb}` });
	const { parked, ended } = await begin(taskId);
	await parked();
	await desk.sandbox.appmixer[verb](taskId);
	expect(seen(await ended())).toEqual({ [LANE[verb]]: witness(OUTCOME[verb]) });
	expect(desk.sandbox.appmixer.tasks.filter(({ title }) => title === 'not used')).toEqual([]);
});

it.each(['approve', 'reject'] as const)(
	'goes on at once with a task decided before, registering nothing: %s',
	async (verb) => {
		const { taskId } = desk.sandbox.appmixer.createTask({ title: `decided, ${verb}` });
		await desk.sandbox.appmixer[verb](taskId);
		const { ended } = await begin(taskId);
		expect(seen(await ended())).toEqual({ [LANE[verb]]: witness(OUTCOME[verb]) });
		expect(desk.sandbox.appmixer.webhooks.filter((one) => one.taskId === taskId)).toEqual([]);
	},
);

describe('a task that is due already', () => {
	async function due(title: string): Promise<string> {
		const decisionBy = new Date(desk.sandbox.clock.now());
		const { taskId } = desk.sandbox.appmixer.createTask({ title, decisionBy });
		await desk.sandbox.clock.advance(61_000);
		expect(desk.taskOf(title).status).toBe('due');
		return taskId;
	}

	it('is waited for when the wait goes on at due', async () => {
		const taskId = await due('due, keep waiting');
		const { parked, ended } = await begin(taskId);
		await parked();
		await desk.sandbox.appmixer.approve(taskId);
		expect(seen(await ended())).toEqual({ Approved: witness('approved') });
	});

	it('leaves at once when due ends the wait: it would not be announced again', async () => {
		const { ended } = await begin(await due('due, no decision'), { whenDue: 'noDecision' });
		expect(seen(await ended())).toEqual({ 'No Decision': witness('due') });
	});
});

describe("other people's task", () => {
	const strangers = { requester: CAROL.email, approver: BOB.email };

	it('is found with the secret of its approver, which no output shows', async () => {
		const { taskId, approverSecret: secret } = desk.sandbox.appmixer.createTask({
			title: 'of others',
			...strangers,
		});
		const { parked, ended } = await begin(taskId, { options: { secret } });
		await parked();
		await desk.sandbox.appmixer.approve(taskId);
		const run = await ended();
		expect(seen(run)).toEqual({ Approved: witness('approved') });
		expect(JSON.stringify(given(run))).not.toContain(secret);
	});

	it('is not found without it, and the error says why', async () => {
		const { taskId } = desk.sandbox.appmixer.createTask({ title: 'hidden', ...strangers });
		const { ended } = await begin(taskId);
		const { status, error } = await ended();
		expect(status).toBe('error');
		expect(error?.message).toBe(`Task ${taskId} was not found`);
		expect(error?.description).toBe(
			'Appmixer shows a task only to its approver and its requester. Check the Task ID, or enter the Approver or Requester Secret in Options.',
		);
	});
});
