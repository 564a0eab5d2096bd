import { sleep } from 'n8n-workflow';

import { openDesk, type Desk } from './gateDesk';
import { noOp, type NodeSketch } from './workflowOf';

jest.setTimeout(300_000);

let desk: Desk;
beforeAll(async () => {
	desk = await openDesk();
});
afterAll(async () => {
	await desk.sandbox.close();
});

it('L14: a gate behind a wait that is decided shortly before its next look waits for its own answer', async () => {
	const { taskId } = desk.sandbox.appmixer.createTask({ title: 'First' });
	const node = { typeVersion: 1.1 };
	const wait: NodeSketch = {
		...desk.ask('', {}, node),
		name: 'Wait',
		parameters: {
			...{ resource: 'task', operation: 'wait' },
			taskId: { __rl: true, mode: 'id', value: taskId },
		},
	};
	const next: NodeSketch = { ...desk.ask('Second', {}, node), name: 'Next' };
	const workflow = await desk.publish(
		[wait, next, noOp('None'), noOp('End')],
		[
			['Form', 'Wait'],
			['Wait', 'Wait', 0],
			['Wait', 'Next', 1],
			['Next', 'None', 0],
			['Next', 'End', 1],
		],
	);
	await workflow.begin();
	const { waitTill } = await workflow.parked();
	await sleep(Date.parse(String(waitTill)) - Date.now() - 3000);
	await desk.sandbox.appmixer.approve(taskId);
	// beyond the look that n8n had set a timer for
	await sleep(20_000);
	const { status, runData } = await desk.rest.waitForExecution(
		workflow.id,
		({ status: now }) => now !== 'running',
	);
	expect([status, Object.keys(runData)]).toEqual(['waiting', ['Form', 'Wait', 'Next']]);
	await desk.sandbox.appmixer.approve(desk.taskOf('Second').taskId);
	const { runData: all } = await workflow.ended();
	expect(Object.keys(all)).toEqual(['Form', 'Wait', 'Next', 'End']);
});
