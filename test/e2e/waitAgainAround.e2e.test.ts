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

describe.each(['v0', 'v1'] as const)('execution order %s', (executionOrder) => {
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
			{ executionOrder },
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
			{ executionOrder },
			{ Gate: { main: [[to('Gate')], [to('Merge')], [to('Merge', 1)]] } },
		);
		await workflow.begin();
		await workflow.parked();
		await Promise.all([approve(tasks[0]), reject(tasks[1])]);
		const run = await workflow.ended(200_000);
		expect(run.runData.Merge).toHaveLength(1);
		expect(tasks.map(({ taskId }) => desk.effects.count('Merged', taskId))).toEqual([1, 1]);
	});
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
	const entered = async (id: string, node: Partial<INode>, ends: string[] = []) => {
		const workflow = await desk.publish(
			[...itemsOf([{ id, approved: true }]), desk.gate({}, node), ...desk.ends, ...ends.map(noOp)],
			[
				['Form', 'List'],
				['List', 'Items'],
				['Items', 'Gate'],
				...desk.wires,
				...ends.map((end): [string, string, number] => ['Gate', end, 4]),
			],
		);
		await workflow.begin();
		return workflow;
	};
	const failing = async (node: Partial<INode>, ends: string[] = []) => {
		const { ended } = await entered('no-such-task', node, ends);
		return await ended(120_000);
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
			const [task] = desk.tasks(1);
			const node = { onError, alwaysOutputData: true };
			const { ended } = await entered(task.taskId, node, ['Failed']);
			const run = await ended(120_000);
			const isStopped = onError === 'stopWorkflow';
			expect([run.status, run.runData.Gate.length]).toEqual([isStopped ? 'error' : 'success', 1]);
			const refused = expect.stringMatching(/^Always Output Data cannot be used/);
			const failed = onError === 'continueRegularOutput' ? [refused] : [];
			expect(OUTPUTS.map((output) => givenTo(run, output).map(({ json }) => json.error))).toEqual([
				...[[], [], failed],
			]);
			const told = (run.runData.Failed ?? []).flatMap(({ main }) => main.flat());
			expect(told.map(({ json }) => json.error)).toEqual(
				onError === 'continueErrorOutput' ? [refused] : [],
			);
			expect(run.error?.message).toEqual(isStopped ? refused : undefined);
			expect(Object.keys(run.runData)).not.toContain('Approved');
			expect(desk.sandbox.appmixer.webhooks.filter(({ taskId }) => taskId === task.taskId)).toEqual(
				[],
			);
		},
	);

	it('Retry On Fail tries a first look again, and then fails', async () => {
		const looks = async (node: Partial<INode>) => {
			const before = desk.sandbox.requests.length;
			const run = await failing(node);
			expect([run.status, run.error?.message]).toEqual([
				'error',
				expect.stringMatching(/no-such-task/),
			]);
			return desk.sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
		};
		const once = await looks({});
		const twice = await looks({ retryOnFail: true, maxTries: 2, waitBetweenTries: 100 });
		expect(twice).toEqual([...once, ...once]);
	});

	it.each([
		[true, 'waiting'],
		[false, 'error'],
	])(
		'one 401 at the first look ends it, unless Retry On Fail is on (%s)',
		async (retryOnFail, end) => {
			const [task] = desk.tasks(1);
			const fault = desk.sandbox.fault({ path: /\/tasks$/, status: 401, times: 1 });
			const retry = { retryOnFail, maxTries: 2, waitBetweenTries: 100 };
			const workflow = await entered(task.taskId, retry);
			const run = await (end === 'waiting' ? workflow.parked() : workflow.ended());
			fault.remove();
			expect([run.status, fault.hits]).toEqual([end, 1]);
			if (!retryOnFail) return;
			await approve(task);
			expect(outcomes(await workflow.ended(200_000))).toEqual([['approved'], [], []]);
			expect(total(task)).toBe(1);
		},
	);
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

describe('data pinned to a gate', () => {
	const pinned = { json: { id: 'pinned', approved: true, outcome: 'approved' } };

	it.each(['wait', 'sendAndWait'])(
		'is not what a published workflow goes on with: %s',
		async (operation) => {
			const [task] = desk.tasks(1);
			const taskId = byId(task.taskId);
			const existing = { operation, taskSource: 'existing', taskId, outputs: 'perDecision' };
			const isLoop = operation === 'wait';
			const gate = isLoop ? desk.gate({ taskId }) : desk.ask('', existing, { name: 'Gate' });
			const wires = isLoop
				? desk.wires
				: ['No Decision', 'Approved', 'Rejected'].map((to, output): [string, string, number] => [
						...(['Gate', to, output] as const),
					]);
			const workflow = await desk.publish([gate, ...desk.ends], [['Form', 'Gate'], ...wires]);
			await desk.rest.updateWorkflow(workflow.id, { pinData: { Gate: [pinned] } });
			await desk.rest.activate(workflow.id);
			expect((await desk.rest.workflow(workflow.id)).pinData).toEqual({ Gate: [pinned] });
			await workflow.begin();
			const parked = await workflow.parked();
			expect([Object.keys(parked.runData), total(task)]).toEqual([['Form', 'Gate'], 0]);
			await approve(task);
			const run = await workflow.ended(200_000);
			expect(run.status).toBe('success');
			expect([desk.effects.count('Approved', task.taskId), total(task)]).toEqual([1, 1]);
			expect(desk.effects.total('pinned')).toBe(0);
		},
	);
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

	it('L13: Execute to a node behind the gate waits to the end', async () => {
		const [task] = desk.tasks(1);
		const { id } = await drawn(task);
		const destinationNode = 'Approved';
		await desk.rest.run(id, { triggerToStartFrom: { name: 'Start' }, destinationNode });
		const { runData } = await waitingAt(id, 'Gate');
		expect(runData.Gate[0].hints ?? []).toEqual([]);
		await approve(task);
		const run = await desk.rest.waitForExecution(id, undefined, 200_000);
		expect([run.status, outcomes(run)]).toEqual(['success', [['approved'], [], []]]);
		expect([desk.effects.count('Approved', task.taskId), total(task)]).toEqual([1, 1]);
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
