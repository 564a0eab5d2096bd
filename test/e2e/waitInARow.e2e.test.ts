import { sleep } from 'n8n-workflow';

import { openDesk, type Desk, type Published } from './gateDesk';
import { itemsOf } from './itemsOf';
import { noOp, type NodeSketch } from './workflowOf';

jest.setTimeout(300_000);

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk();
});
afterAll(async () => {
	await desk.sandbox.close();
});

const wait = (name: string, taskId: string): NodeSketch => ({
	...desk.ask('', {}, { typeVersion: 1.1 }),
	name,
	parameters: {
		...{ resource: 'task', operation: 'wait' },
		taskId: { __rl: true, mode: 'id', value: taskId },
	},
});
const next = (title: string): NodeSketch => ({
	...desk.ask(title, {}, { typeVersion: 1.1 }),
	name: 'Next',
});

/** Approves so long before the next look of a run, for which n8n has set its timer. */
async function approveBefore(published: Published, taskId: string, milliseconds: number) {
	const { waitTill } = await published.parked();
	await sleep(Date.parse(String(waitTill)) - Date.now() - milliseconds);
	await desk.sandbox.appmixer.approve(taskId);
	// beyond that look
	await sleep(20_000);
	return await desk.rest.waitForExecution(published.id, ({ status }) => status !== 'running');
}

it('L14: a gate behind a wait that is decided shortly before its next look waits for its own answer', async () => {
	const { taskId } = desk.sandbox.appmixer.createTask({ title: 'First' });
	const workflow = await desk.publish(
		[wait('Wait', taskId), next('Second'), noOp('None'), noOp('End')],
		[
			['Form', 'Wait'],
			['Wait', 'Wait', 0],
			['Wait', 'Next', 1],
			['Next', 'None', 0],
			['Next', 'End', 1],
		],
	);
	await workflow.begin();
	const { status, runData } = await approveBefore(workflow, taskId, 3000);
	expect([status, Object.keys(runData)]).toEqual(['waiting', ['Form', 'Wait', 'Next']]);
	await desk.sandbox.appmixer.approve(desk.taskOf('Second').taskId);
	const { runData: all } = await workflow.ended();
	expect(Object.keys(all)).toEqual(['Form', 'Wait', 'Next', 'End']);
});

it.each(['v0', 'v1'] as const)(
	'L14: so does a gate in a branch beside it, by execution order %s',
	async (order) => {
		const title = `Beside ${order}`;
		const { taskId } = desk.sandbox.appmixer.createTask({ title: 'First' });
		const workflow = await desk.publish(
			[wait('Wait', taskId), next(title), noOp('Approved'), noOp('None'), noOp('End')],
			[
				['Form', 'Wait'],
				['Form', 'Next'],
				['Wait', 'Wait', 0],
				['Wait', 'Approved', 1],
				['Next', 'None', 0],
				['Next', 'End', 1],
			],
			{ executionOrder: order },
		);
		await workflow.begin();
		const { status, runData } = await approveBefore(workflow, taskId, 5000);
		expect([status, runData.None]).toEqual(['waiting', undefined]);
		await desk.sandbox.appmixer.approve(desk.taskOf(title).taskId);
		const { runData: all } = await workflow.ended();
		expect(Object.keys(all).sort()).toEqual(['Approved', 'End', 'Form', 'Next', 'Wait']);
	},
);

it('L14: in a loop the timer of one wait may come just after the next has begun: that is a look', async () => {
	const tasks = ['One', 'Two'].map((title) => desk.sandbox.appmixer.createTask({ title }));
	const loop: NodeSketch = {
		...{ name: 'Loop', type: 'n8n-nodes-base.splitInBatches', typeVersion: 3 },
		parameters: { batchSize: 1, options: {} },
	};
	const begin = async () => {
		const workflow = await desk.publish(
			[
				...itemsOf(tasks.map(({ taskId }) => ({ id: taskId }))),
				...[loop, wait('Wait', '={{ $json.id }}'), noOp('Next'), noOp('Done')],
			],
			[
				['Form', 'List'],
				['List', 'Items'],
				['Items', 'Loop'],
				['Loop', 'Done', 0],
				['Loop', 'Wait', 1],
				['Wait', 'Wait', 0],
				['Wait', 'Next', 1],
				['Next', 'Loop'],
			],
		);
		await workflow.begin();
		return workflow;
	};
	const workflow = await begin();
	// a wake-up looks two seconds after the call
	const { status, error } = await approveBefore(workflow, tasks[0].taskId, 2650);
	expect([status, error]).toEqual(['waiting', undefined]);
	await desk.sandbox.appmixer.approve(tasks[1].taskId);
	const { runData } = await workflow.ended();
	expect([runData.Next.length, runData.Done.length]).toEqual([2, 1]);
});
