import { sleep } from 'n8n-workflow';

import type { Task } from '../../sandbox';
import type { Execution } from '../../scripts/n8n/executions';
import { openDesk, type Desk, type Published } from './gateDesk';
import { itemsOf } from './itemsOf';
import { noOp, type NodeSketch } from './workflowOf';

jest.setTimeout(300_000);

type Edges = Parameters<Desk['publish']>[1];

interface Story {
	tasks: Task[];
	workflow: Published;
	/** The run after the look that n8n had set a timer for. */
	run: Execution;
}

let desk: Desk;
let stories: Record<'behind' | 'v0' | 'v1' | 'loop', Story>;
/** All begin at once, as each waits a minute for its next look. */
beforeAll(async () => {
	desk = await openDesk();
	const [behind, v0, v1, loop] = await Promise.all([
		waitsBehind(),
		waitsBeside('v0'),
		waitsBeside('v1'),
		waitsInALoop(),
	]);
	stories = { behind, v0, v1, loop };
});
afterAll(async () => {
	await desk.sandbox.close();
});

const wait = (taskId = '={{ $json.id }}'): NodeSketch => ({
	...desk.ask('', {}, { typeVersion: 1.1 }),
	name: 'Wait',
	parameters: {
		...{ resource: 'task', operation: 'wait' },
		taskId: { __rl: true, mode: 'id', value: taskId },
	},
});
const next = (title: string): NodeSketch => ({
	...desk.ask(title, {}, { typeVersion: 1.1 }),
	name: 'Next',
});
const tasksOf = (...titles: string[]) =>
	titles.map((title) => desk.sandbox.appmixer.createTask({ title }));

/** Approves the first task so many milliseconds before the run's next look. */
async function approveBefore(milliseconds: number, tasks: Task[], workflow: Published) {
	await workflow.begin();
	const { waitTill } = await workflow.parked();
	await sleep(Date.parse(String(waitTill)) - Date.now() - milliseconds);
	await desk.sandbox.appmixer.approve(tasks[0].taskId);
	// beyond that look
	await sleep(20_000);
	const run = await desk.rest.waitForExecution(workflow.id, ({ status }) => status !== 'running');
	return { tasks, workflow, run };
}

async function waitsBehind(): Promise<Story> {
	const tasks = tasksOf('First');
	const edges: Edges = [
		['Form', 'Wait'],
		['Wait', 'Wait', 0],
		['Wait', 'Next', 1],
		['Next', 'None', 0],
		['Next', 'End', 1],
	];
	const nodes = [wait(tasks[0].taskId), next('Behind'), noOp('None'), noOp('End')];
	return await approveBefore(3000, tasks, await desk.publish(nodes, edges));
}

async function waitsBeside(executionOrder: 'v0' | 'v1'): Promise<Story> {
	const tasks = tasksOf('First');
	const ends = [noOp('Approved'), noOp('None'), noOp('End')];
	const nodes = [wait(tasks[0].taskId), next(`Beside ${executionOrder}`), ...ends];
	const edges: Edges = [
		['Form', 'Wait'],
		['Form', 'Next'],
		['Wait', 'Wait', 0],
		['Wait', 'Approved', 1],
		['Next', 'None', 0],
		['Next', 'End', 1],
	];
	return await approveBefore(5000, tasks, await desk.publish(nodes, edges, { executionOrder }));
}

async function waitsInALoop(): Promise<Story> {
	const tasks = tasksOf('One', 'Two');
	const loop: NodeSketch = {
		...{ name: 'Loop', type: 'n8n-nodes-base.splitInBatches', typeVersion: 3 },
		parameters: { batchSize: 1, options: {} },
	};
	const items = itemsOf(tasks.map(({ taskId }) => ({ id: taskId })));
	const nodes = [...items, loop, wait(), noOp('Next'), noOp('Done')];
	const edges: Edges = [
		['Form', 'List'],
		['List', 'Items'],
		['Items', 'Loop'],
		['Loop', 'Done', 0],
		['Loop', 'Wait', 1],
		['Wait', 'Wait', 0],
		['Wait', 'Next', 1],
		['Next', 'Loop'],
	];
	// a wake-up looks two seconds after the call
	return await approveBefore(2650, tasks, await desk.publish(nodes, edges));
}

it('L14: a gate behind a wait that is decided shortly before its next look waits for its own answer', async () => {
	const { workflow, run } = stories.behind;
	expect([run.status, Object.keys(run.runData)]).toEqual(['waiting', ['Form', 'Wait', 'Next']]);
	await desk.sandbox.appmixer.approve(desk.taskOf('Behind').taskId);
	const { runData } = await workflow.ended();
	expect(Object.keys(runData)).toEqual(['Form', 'Wait', 'Next', 'End']);
});

it.each(['v0', 'v1'] as const)(
	'L14: so does a gate in a branch beside it, by execution order %s',
	async (order) => {
		const { workflow, run } = stories[order];
		expect([run.status, run.runData.None]).toEqual(['waiting', undefined]);
		await desk.sandbox.appmixer.approve(desk.taskOf(`Beside ${order}`).taskId);
		const { runData } = await workflow.ended();
		expect(Object.keys(runData).sort()).toEqual(['Approved', 'End', 'Form', 'Next', 'Wait']);
	},
);

it('L14: in a loop the timer of one wait may come just after the next has begun: that is a look', async () => {
	const { workflow, run, tasks } = stories.loop;
	expect([run.status, run.error]).toEqual(['waiting', undefined]);
	await desk.sandbox.appmixer.approve(tasks[1].taskId);
	const { runData } = await workflow.ended();
	expect([runData.Next.length, runData.Done.length]).toEqual([2, 1]);
});
