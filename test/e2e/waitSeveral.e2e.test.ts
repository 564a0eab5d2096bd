import axios from 'axios';
import { sleep, type INodeParameters } from 'n8n-workflow';

import type { Execution } from '../../scripts/n8n/executions';
import { openDesk, type Desk } from './gateDesk';
import { noOp, type NodeSketch } from './workflowOf';

jest.setTimeout(4 * 60_000);

let desk: Desk;
beforeAll(async () => void (desk = await openDesk()));
afterAll(async () => await desk.sandbox.close());

const ALL = ['bob@example.com', 'carol@example.com', 'dan@example.com'];
const called = (title: string) =>
	desk.sandbox.appmixer.tasks.filter((task) => task.title === title);
const decide = async (title: string, place: number, verb: 'approve' | 'reject') =>
	await desk.sandbox.appmixer[verb](called(title)[place].taskId);

/**
 * A gate of several, and what follows it in the world: behind Approved a task "… ordered", then a gate of its own;
 * behind Rejected a task "… declined".
 */
async function publish(title: string, parameters: INodeParameters = {}, node = {}) {
	const create = (name: string, what: string): NodeSketch => {
		const { parameters: asking, ...rest } = desk.ask(`${title} ${what}`);
		const decisionBy = '={{ $now.plus({ days: 1 }).toISO() }}';
		const to = { requester: 'ada@example.com', approver: 'bob@example.com' };
		return { ...rest, name, parameters: { ...asking, ...to, operation: 'create', decisionBy } };
	};
	const version = { typeVersion: 1.1, ...node };
	const nodes = [
		desk.ask(title, { approver: ALL.join(', '), ...parameters }, version),
		create('Order', 'ordered'),
		{ ...desk.ask(`${title} next`, {}, { typeVersion: 1.1 }), name: 'Next' },
		create('Decline', 'declined'),
		noOp('None'),
		noOp('End'),
	];
	return await desk.publish(nodes, [
		['Form', 'Ask'],
		['Ask', 'None', 0],
		['Ask', 'Order', 1],
		['Ask', 'Decline', 2],
		['Order', 'Next'],
		['Next', 'End', 1],
	]);
}

const park = async (title: string, parameters: INodeParameters = {}, node = {}) => {
	const workflow = await publish(title, parameters, node);
	await workflow.begin();
	await workflow.parked();
	return workflow;
};

/** Waits until the second gate has asked, and then a while for whoever would ask again. */
async function askedNext(title: string, id: string) {
	await desk.rest.waitForExecution(
		id,
		({ runData, status }) => status === 'waiting' && runData.Next !== undefined,
	);
	await sleep(4000);
	return [called(`${title} ordered`).length, called(`${title} next`).length];
}
const runsOf = ({ runData }: Execution) =>
	['Ask', 'Order', 'Next', 'Decline', 'None', 'End'].map((name) => runData[name]?.length ?? 0);

it('W24: two of three approve, the third may reject, and what follows happens once', async () => {
	const title = 'two of three';
	const rule = { rule: 'number', approvalsNeeded: 2, oneRejectionRejects: false };
	const workflow = await park(title, rule);
	expect(called(title).map(({ approver }) => approver)).toEqual(ALL);
	await decide(title, 0, 'approve');
	await decide(title, 2, 'reject');
	await decide(title, 1, 'approve');
	expect(await askedNext(title, workflow.id)).toEqual([1, 1]);
	const deliveries = desk.sandbox.appmixer.deliveries.filter(({ taskId }) =>
		called(title).some((task) => task.taskId === taskId),
	);
	expect(deliveries.map(({ status }) => status)).toEqual([503, 503, 503]);
	for (const { ms } of deliveries) expect(ms).toBeLessThan(1500);
	await decide(`${title} next`, 0, 'approve');
	const run = await workflow.ended();
	expect([run.status, runsOf(run)]).toEqual(['success', [1, 1, 1, 0, 0, 1]]);
	const [, [{ json }]] = run.runData.Ask[0].main;
	expect(json).toMatchObject({
		...{ approved: true, outcome: 'approved', rule: { needed: 2, veto: false } },
		votes: ['approved', 'approved', 'rejected'].map((decision, place) => ({
			...{ approver: ALL[place], decision },
		})),
	});
	// what the service repeats finds a run that has ended
	await desk.sandbox.clock.advance(10 * 60_000);
	expect(desk.sandbox.appmixer.webhooks.filter(({ status }) => status === 'fail')).toEqual([]);
	expect(called(`${title} ordered`)).toHaveLength(1);
});

it('W24: votes at once, each told again and again, let the run go on once', async () => {
	const title = 'at once';
	const workflow = await park(title, { rule: 'one' });
	const [{ url }] = desk.sandbox.appmixer.webhooks.filter(
		({ taskId }) => taskId === called(title)[0].taskId,
	);
	const again = async (place: number) => {
		const task = { ...called(title)[place], status: 'approved' };
		for (let round = 0; round < 8; round++) {
			await axios.post(url, task, { validateStatus: () => true, proxy: false });
			await sleep(400);
		}
	};
	await Promise.all([0, 1, 2].flatMap((place) => [decide(title, place, 'approve'), again(place)]));
	expect(await askedNext(title, workflow.id)).toEqual([1, 1]);
	await decide(`${title} next`, 0, 'approve');
	const run = await workflow.ended();
	expect([run.status, runsOf(run)]).toEqual(['success', [1, 1, 1, 0, 0, 1]]);
	expect(await desk.rest.executions({ workflowId: workflow.id })).toHaveLength(1);
});

it('W24: one rejection rejects, where it does', async () => {
	const title = 'veto';
	const workflow = await park(title);
	await decide(title, 0, 'approve');
	await decide(title, 1, 'reject');
	const run = await workflow.ended();
	expect(runsOf(run)).toEqual([1, 0, 0, 1, 0, 0]);
	expect(called(`${title} declined`)).toHaveLength(1);
	expect(called(title).map(({ status }) => status)).toEqual(['approved', 'rejected', 'pending']);
});

it('W24: Retry On Fail asks nobody twice when the second could not be asked', async () => {
	const title = 'retried';
	const fault = desk.sandbox.fault({
		...{ method: 'POST', path: /\/tasks$/, skip: 1, times: 1, status: 429 },
	});
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 };
	const workflow = await park(title, { rule: 'one' }, retry);
	expect(fault.hits).toBe(1);
	expect(called(title).map(({ approver }) => approver)).toEqual(ALL);
	await decide(title, 2, 'approve');
	expect(await askedNext(title, workflow.id)).toEqual([1, 1]);
});

it('W25: an approval of an edited request leaves by No Decision', async () => {
	const title = 'edited';
	const workflow = await park(title, { approver: ALL[0] });
	const [task] = called(title);
	task.description = 'Something else';
	await desk.sandbox.appmixer.approve(task.taskId);
	const run = await workflow.ended();
	expect(runsOf(run)).toEqual([1, 0, 0, 0, 1, 0]);
	expect(run.runData.Ask[0].main[0][0].json).toMatchObject({
		...{ approved: false, outcome: 'changed', found: { description: 'Something else' } },
	});
	// what the list of executions can be filtered by
	expect(run.raw.resultData.metadata).toMatchObject({
		...{ taskId: task.taskId, approver: ALL[0], outcome: 'changed' },
	});
});
