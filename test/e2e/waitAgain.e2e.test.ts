import axios from 'axios';
import { sleep } from 'n8n-workflow';

import { givenTo, openAgainDesk, OUTPUTS, type AgainDesk } from './againDesk';
import { itemsOf } from './itemsOf';
import type { NodeSketch } from './workflowOf';

jest.setTimeout(8 * 60_000);

let desk: AgainDesk;
beforeAll(async () => void (desk = await openAgainDesk()));
afterAll(async () => await desk.close());

const approve = async (taskId: string) => await desk.sandbox.appmixer.approve(taskId);
const reject = async (taskId: string) => await desk.sandbox.appmixer.reject(taskId);
const post = async (url: string, body: unknown = {}) =>
	await axios.post(url, body, { proxy: false, validateStatus: () => true });
type Edge = [string, string, number?];
const WITHOUT = { options: { wakeUps: false } };

/** Writes down which item of Items its own is paired with. */
const pairedOn = (name: string): NodeSketch => ({
	name,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		mode: 'raw',
		jsonOutput:
			"={{ { id: $json.id, line: $('Items').item.json.line, of: $('Items').item.json.id } }}",
		options: {},
	},
});

describe.each(['v0', 'v1'] as const)('execution order %s', (executionOrder) => {
	it('L3: a wait leaves once, when its last task is decided, each item by its own output and paired', async () => {
		const tasks = desk.tasks(4);
		const items = itemsOf(tasks.map(({ taskId }, place) => ({ id: taskId, line: place + 1 })));
		const workflow = await desk.publish(
			[...items, desk.gate(), ...desk.ends, ...OUTPUTS.map((name) => pairedOn(`On ${name}`))],
			[
				...[['Form', 'List'] as Edge, ['List', 'Items'] as Edge, ['Items', 'Gate'] as Edge],
				...desk.wires,
				...OUTPUTS.map((name, place): Edge => ['Gate', `On ${name}`, place + 1]),
			],
			{ executionOrder },
		);
		await workflow.begin();
		await workflow.parked();
		const [one, two, three, four] = tasks.map(({ taskId }) => taskId);
		await approve(two);
		await workflow.parked();
		await reject(one);
		tasks[3].title = 'Something else';
		await workflow.parked();
		expect(tasks.map(({ taskId }) => desk.effects.total(taskId))).toEqual([0, 0, 0, 0]);
		await approve(three);
		const run = await workflow.ended();
		expect(run.status).toBe('success');
		const seen = (output: string) =>
			run.runData[`On ${output}`].flatMap(({ main }) => main.flat()).map(({ json }) => json);
		expect(OUTPUTS.map(seen)).toEqual([
			[
				{ id: two, line: 2, of: two },
				{ id: three, line: 3, of: three },
			],
			[{ id: one, line: 1, of: one }],
			[{ id: four, line: 4, of: four }],
		]);
		expect(OUTPUTS.map((output) => givenTo(run, output).length)).toEqual([2, 1, 1]);
		expect(desk.effects.count('Approved', two)).toBe(1);
		expect(desk.effects.count('Approved', three)).toBe(1);
		expect(desk.effects.count('Rejected', one)).toBe(1);
		expect(desk.effects.count('No Decision', four)).toBe(1);
		expect(tasks.map(({ taskId }) => desk.effects.total(taskId))).toEqual([1, 1, 1, 1]);
	});

	it('L4: wake-ups that come staggered leave once, also with another gate behind', async () => {
		const [task, second] = desk.tasks(2);
		const taskId = { __rl: true, mode: 'id', value: second.taskId };
		const workflow = await desk.publish(
			[
				...itemsOf([{ id: task.taskId }]),
				desk.gate(),
				desk.effects.node('First'),
				desk.gate({ taskId }, { name: 'Second' }),
				desk.effects.node('Last'),
			],
			[
				['Form', 'List'],
				['List', 'Items'],
				['Items', 'Gate'],
				['Gate', 'Gate', 0],
				['Gate', 'First', 1],
				['First', 'Second'],
				['Second', 'Second', 0],
				['Second', 'Last', 1],
			],
			{ executionOrder },
		);
		await workflow.begin();
		await workflow.parked();
		const url = desk.wakeUpUrl(task);
		const staggered = Array.from({ length: 12 }, async (_, place) => {
			await sleep(place * 400);
			return await post(url);
		});
		await approve(task.taskId);
		await Promise.all(staggered);
		await desk.rest.waitForExecution(
			workflow.id,
			({ status, runData }) => status === 'waiting' && runData.Second !== undefined,
		);
		await Promise.all(Array.from({ length: 6 }, async () => await post(url)));
		await approve(second.taskId);
		const run = await workflow.ended(200_000);
		expect(run.status).toBe('success');
		expect(desk.effects.count('First', task.taskId)).toBe(1);
		expect(desk.effects.count('Last', second.taskId)).toBe(1);
	});
});

it('pairs what leaves with what came in, files included', async () => {
	const [task] = desk.tasks(1);
	const seen = {
		name: 'Seen',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput:
				"={{ { n: $('Form').item?.json.query.n, first: $('Form').first().json.query.n, file: Object.keys($binary) } }}",
			options: {},
		},
	};
	const taskId = { __rl: true, mode: 'id', value: task.taskId };
	const workflow = await desk.publish(
		[desk.gate({ taskId }), seen],
		[
			['Form', 'Gate'],
			['Gate', 'Gate', 0],
			['Gate', 'Seen', 1],
		],
	);
	await workflow.begin('7');
	await workflow.parked();
	await approve(task.taskId);
	const { runData } = await workflow.ended();
	expect(runData.Seen.flatMap(({ main }) => main.flat()).map(({ json }) => json)).toEqual([
		{ n: '7', first: '7', file: ['data'] },
	]);
});

it('looks by the clock where nobody calls', async () => {
	const [task] = desk.tasks(1);
	const workflow = await desk.waitFor([task], WITHOUT);
	await workflow.begin();
	await workflow.parked();
	expect(desk.sandbox.appmixer.webhooks.filter(({ taskId }) => taskId === task.taskId)).toEqual([]);
	await approve(task.taskId);
	const run = await workflow.ended(200_000);
	expect(givenTo(run, 'Approved').map(({ json }) => json.outcome)).toEqual(['approved']);
	expect(desk.effects.total(task.taskId)).toBe(1);
});

it('L1: a call that says approved opens nothing, and causes one look at most', async () => {
	const [task] = desk.tasks(1);
	const workflow = await desk.waitFor([task]);
	await workflow.begin();
	await workflow.parked();
	const url = desk.wakeUpUrl(task);
	const bodies = [
		{ taskId: task.taskId, status: 'approved' },
		{ ...task, status: 'approved', approved: true, outcome: 'approved' },
		[{ wait: 'mine', approved: true }],
		'approved',
	];
	for (const body of bodies) {
		expect([200, 409]).toContain((await post(url, body)).status);
	}
	const parked = await workflow.parked(60_000);
	expect(parked.runData.Gate.flatMap(({ main }) => main.slice(1).flat())).toEqual([]);
	expect(desk.effects.total(task.taskId)).toBe(0);
	await reject(task.taskId);
	const run = await workflow.ended(200_000);
	expect(givenTo(run, 'Rejected')).toHaveLength(1);
	expect(desk.effects.total(task.taskId)).toBe(1);
});

it('L12: a forgotten wire is told before anybody waits', async () => {
	const [task] = desk.tasks(1);
	const workflow = await desk.publish(
		[...itemsOf([{ id: task.taskId }]), desk.gate(), ...desk.ends],
		[
			['Form', 'List'],
			['List', 'Items'],
			['Items', 'Gate'],
			...desk.wires.filter(([, to]) => to !== 'Gate'),
		],
	);
	await workflow.begin();
	const { status, error } = await workflow.ended();
	expect([status, error?.message]).toEqual([
		'error',
		'Nobody was waited for: Check Again leads nowhere',
	]);
});
