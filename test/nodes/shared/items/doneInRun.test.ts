/** @jest-environment ./test/engine/environment.ts */
import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { markAnswerUnknown } from '../../../../nodes/shared/http/nodeErrors';
import { doneInRun, endRun, type Doing } from '../../../../nodes/shared/items/doneInRun';
import { whatFits } from '../../../../nodes/shared/items/notKept';
import { withFiles } from '../../../../nodes/shared/items/operations';
import type { FaultRule, RecordedRequest } from '../../../../sandbox';
import { isCollected } from '../../../collectGarbage';
import { engine, type RunResult } from '../../../engine';
import { NEW_TASK, useSandbox } from '../../Appmixer/sandboxed';
import { newTask, useMambu } from '../../Mambu/sandboxed';

const used = useSandbox();
const CREATE: Omit<FaultRule, 'path'> & { path: RegExp } = { method: 'POST', path: /\/tasks$/ };
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
/** What a person enters who has looked. */
const looked = ({ parked }: RunResult) => ({ options: { repeatUnknown: parked.executionId } });
const EACH = { ...NEW_TASK, title: '={{ $json.name }}' };
const ITEMS = ['a', 'b', 'c'].map((name) => ({ name }));

const titleOf = ({ body }: RecordedRequest) => (body as { title: string }).title;
/** The titles Appmixer was asked to create. */
const asked = () =>
	used.sandbox.requests
		.filter(({ method, path }) => method === 'POST' && path.endsWith('/tasks'))
		.map(titleOf);
const contextOf = ({ parked }: RunResult) => JSON.stringify(parked.data.executionData?.contextData);
const titles = ({ outputs }: RunResult) => outputs[0].map(({ json }) => json.title);

/** A create of three whose last one fails. */
async function failing(parameters = EACH, more = {}) {
	const fault = used.sandbox.fault({ ...CREATE, skip: 2, status: 429 });
	const run = await used.run('task:create', parameters, { items: ITEMS, ...more });
	fault.remove();
	return run;
}

describe('F10: what is done', () => {
	it('is not repeated by Retry from the list', async () => {
		const failed = await failing();
		expect(failed.status).toBe('error');
		const run = await used.run('task:create', EACH, { items: ITEMS, retryOf: failed });
		expect(titles(run)).toEqual(['a', 'b', 'c']);
		expect(run.outputs[0][1].json.id).toBe(used.sandbox.appmixer.tasks[1].taskId);
		expect(asked()).toEqual(['a', 'b', 'c', 'c']);
		expect(run.hints).toEqual([]);
	});

	it('is not repeated when its date moves with each try', async () => {
		const moving = { ...EACH, decisionBy: '={{ $now.plus(7, "days").toISO() }}' };
		const failed = await failing(moving, { node: RETRY });
		await used.run('task:create', moving, { items: ITEMS, retryOf: failed });
		expect(asked()).toEqual(['a', 'b', 'c', 'c', 'c', 'c']);
	});

	it('is not repeated when the workflow was mended for the item that failed', async () => {
		const failed = await failing();
		const mended = { ...EACH, title: '={{ $json.name.replace("c", "C") }}' };
		const run = await used.run('task:create', mended, { items: ITEMS, retryOf: failed });
		expect(titles(run)).toEqual(['a', 'b', 'C']);
		expect(asked()).toEqual(['a', 'b', 'c', 'C']);
	});

	it('is not repeated when what was picked from a list is picked again, or entered by its ID', async () => {
		const { taskId } = used.sandbox.appmixer.createTask();
		const url = '=https://example.com/{{ $json.name }}';
		const fault = used.sandbox.fault({ method: 'POST', path: /webhooks$/, skip: 2, status: 429 });
		const by = (mode: string, more = {}) => ({
			...{ url, taskId: { __rl: true, mode, value: taskId, ...more } },
		});
		const create = async (parameters: INodeParameters, retryOf?: RunResult) =>
			await used.run('webhook:create', parameters, { items: ITEMS, retryOf });
		const first = await create(by('list', { cachedResultName: 'A task' }));
		const second = await create(by('list', { cachedResultName: 'Renamed' }), first);
		fault.remove();
		const third = await create(by('id'), second);
		expect(third.error).toBeNull();
		expect(used.sandbox.appmixer.webhooks.map(({ url }) => url)).toEqual(
			ITEMS.map(({ name }) => `https://example.com/${name}`),
		);
	});

	it('is not repeated when its text moves with each try and another field was mended', async () => {
		const moving = { ...EACH, description: '=Asked at {{ $now.toMillis() }}' };
		const failed = await failing(moving);
		const mended = { ...moving, title: '={{ $json.name.replace("c", "C") }}' };
		await used.run('task:create', mended, { items: ITEMS, retryOf: failed });
		expect(asked()).toEqual(['a', 'b', 'c', 'C']);
	});

	it('is another thing when something else is asked', async () => {
		const failed = await failing();
		const other = { ...EACH, approver: 'carol@example.com' };
		await used.run('task:create', other, { items: ITEMS, retryOf: failed });
		expect(asked()).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
	});

	it('is not repeated when n8n takes its output for a failure', async () => {
		const body = { taskId: '7', title: 'a', status: 'pending', error: '' };
		used.sandbox.fault({ ...CREATE, after: true, status: 200, body });
		const run = await used.run('task:create', { ...NEW_TASK, simple: false }, { node: RETRY });
		expect([run.tries, run.outputs[0][0].json.taskId]).toEqual([3, '7']);
		expect(asked()).toHaveLength(1);
		const once = await used.run('task:create', { ...NEW_TASK, simple: false });
		expect(contextOf(once)).not.toContain('item');
	});

	it('is not checked again: its date may have passed meanwhile', async () => {
		const soon = { ...EACH, decisionBy: new Date(Date.now() + 3_600_000).toISOString() };
		const failed = await failing(soon);
		engine.clockAhead(2 * 3_600_000);
		const late = await used.run('task:create', soon, { items: ITEMS, retryOf: failed });
		// the third, which was not made, is refused
		expect(late.error).toMatchObject({ itemIndex: 2 });
		expect(late.error?.message).toContain('lies in the past');
	});

	it.each([
		['stops', {}],
		['stops, under Continue On Fail,', { onError: 'continueRegularOutput' as const }],
	])('is not repeated when somebody %s the run in the middle of a write', async (_, node) => {
		const stopping = new AbortController();
		const delay = () => (stopping.abort(), 200);
		const fault = used.sandbox.fault({ ...CREATE, skip: 1, times: 1, delay });
		const stopped = await used.run('task:create', EACH, {
			...{ items: ITEMS, node },
			stop: stopping.signal,
		});
		fault.remove();
		expect(stopped.status).not.toBe('success');
		expect(asked()).toEqual(['a', 'b']);
		const run = await used.run('task:create', EACH, { items: ITEMS, retryOf: stopped });
		// the answer to the second was lost
		expect(run.error?.message).toMatch(/^Not sent again, it may have been done: /);
		expect(run.error).toMatchObject({ itemIndex: 1 });
		const seen = { ...EACH, ...looked(stopped) };
		const last = await used.run('task:create', seen, { items: ITEMS, retryOf: run });
		expect([titles(last), asked()]).toEqual([
			['a', 'b', 'c'],
			['a', 'b', 'b', 'c'],
		]);
	});

	it('stays remembered when items failed under Continue On Fail, and goes when all is done', async () => {
		const failed = await failing(EACH, { node: { onError: 'continueRegularOutput' } });
		expect(failed.status).toBe('success');
		expect(contextOf(failed)).toContain('item');
		const run = await used.run('task:create', EACH, { items: ITEMS, retryOf: failed });
		expect(asked()).toEqual(['a', 'b', 'c', 'c']);
		expect(contextOf(run)).not.toContain('item');
	});
});

describe('F10: a lost answer', () => {
	const MESSAGE = 'Appmixer could not be reached: could not create the task';
	const LOST = { ...CREATE, cut: true, after: true };
	const outOf = ({ parked }: RunResult) =>
		`If it was not done, enter ${parked.executionId} under "I Looked, It Was Not Done" in Options, save, and retry with the currently saved workflow.`;
	const lost = async (parameters = {}, more = {}) => {
		const fault = used.sandbox.fault(LOST);
		const run = await used.run('task:create', { ...NEW_TASK, ...parameters }, more);
		fault.remove();
		return run;
	};

	it('is not sent again by Retry On Fail; the error says where to look and the way out', async () => {
		const run = await lost({}, { node: RETRY });
		expect(run.tries).toBe(3);
		expect(asked()).toHaveLength(1);
		expect(run.error).toMatchObject({
			message: `Not sent again, it may have been done: ${MESSAGE}`,
			description: `It may have been done all the same: check in Appmixer before repeating it. If it was done, do not retry: go on by hand behind this node. ${outOf(run)}`,
			itemIndex: 0,
		});
	});

	it('is sent again by a retry from the list only once somebody has looked', async () => {
		const failed = await lost();
		expect(failed.error?.message).toBe(MESSAGE);
		const again = await used.run('task:create', NEW_TASK, { retryOf: failed });
		expect(again.error?.message).toBe(`Not sent again, it may have been done: ${MESSAGE}`);
		expect(asked()).toHaveLength(1);

		// it sent nothing itself: the one to look after is still the first
		expect(again.error?.description).toContain(outOf(failed));
		const seen = { ...NEW_TASK, ...looked(failed) };
		const run = await used.run('task:create', seen, { retryOf: again });
		expect(run.error).toBeNull();
		expect(asked()).toHaveLength(2);
		expect(contextOf(run)).not.toContain('item');
	});

	it('that comes after somebody has looked is another one: it is not sent a third time', async () => {
		const first = await lost();
		const second = await lost(looked(first), { retryOf: first });
		expect(second.error?.message).toBe(MESSAGE);
		expect(asked()).toHaveLength(2);
		const third = await lost(looked(first), { retryOf: second, node: RETRY });
		expect(third.error?.message).toBe(`Not sent again, it may have been done: ${MESSAGE}`);
		expect(third.error?.description).toContain(outOf(second));
		expect(asked()).toHaveLength(2);
		const seen = { ...NEW_TASK, ...looked(second) };
		expect((await used.run('task:create', seen, { retryOf: third })).error).toBeNull();
		expect(asked()).toHaveLength(3);
	});

	it('is sent again by Retry On Fail when what was sent after somebody had looked is refused', async () => {
		const first = await lost();
		used.sandbox.fault({ ...CREATE, status: 429, times: 1 });
		const seen = { ...NEW_TASK, ...looked(first) };
		const run = await used.run('task:create', seen, { retryOf: first, node: RETRY });
		expect(run.error).toBeNull();
		expect(used.sandbox.appmixer.tasks).toHaveLength(2);
	});

	it.each([true, 'true', 1, '*', '', ' ', null, {}, [], '={{ $execution.id }}'])(
		'is not sent again for %j under I Looked, It Was Not Done',
		async (repeatUnknown) => {
			const options = { repeatUnknown } as INodeParameters;
			const failed = await lost({ options }, { executionId: '1234' });
			const run = await used.run('task:create', { ...NEW_TASK, options }, { retryOf: failed });
			expect(run.error?.message).toBe(`Not sent again, it may have been done: ${MESSAGE}`);
			expect(run.error?.description).toContain('enter 1234 under');
			expect(asked()).toHaveLength(1);
		},
	);

	it.each(['1234', ' 1234 ', 1234, '={{ 1234 }}'])(
		'is sent again for %j',
		async (repeatUnknown) => {
			const failed = await lost({}, { executionId: '1234' });
			const seen = { ...NEW_TASK, options: { repeatUnknown } };
			expect((await used.run('task:create', seen, { retryOf: failed })).error).toBeNull();
			expect(asked()).toHaveLength(2);
		},
	);

	it('says nothing of what is asked instead', async () => {
		const failed = await lost();
		const other = { ...NEW_TASK, approver: 'carol@example.com' };
		const run = await used.run('task:create', other, { retryOf: failed });
		expect(run.error).toBeNull();
		expect(asked()).toHaveLength(2);
	});

	it('is not sent again by Retry On Fail: nobody can have looked while the execution goes on', async () => {
		const options = { repeatUnknown: '1234' };
		await lost({ options }, { node: RETRY, executionId: '1234' });
		expect(asked()).toHaveLength(1);
	});

	it('is not tried again at all under Continue On Fail', async () => {
		const run = await lost({}, { node: { ...RETRY, onError: 'continueRegularOutput' } });
		expect(run.tries).toBe(1);
		expect(run.outputs[0][0].json).toEqual({ error: MESSAGE });
	});

	it('is not tried again under Continue On Fail after a server error either', async () => {
		used.sandbox.fault({ ...CREATE, status: 500, after: true });
		const node = { ...RETRY, onError: 'continueRegularOutput' as const };
		const run = await used.run('task:create', NEW_TASK, { node });
		expect([run.tries, asked().length]).toEqual([1, 1]);
	});

	it('is that of a time-out and of a gateway', async () => {
		const after = { ...CREATE, after: true, times: 1 };
		const statuses = [408, 502, 503, 504, 520, 522, 524, 598].map((status) => ({ status }));
		for (const failure of [{ hang: true }, ...statuses]) {
			const fault = used.sandbox.fault({ ...after, ...failure });
			const more = { node: RETRY, ...('hang' in failure && { impatience: 30 }) };
			const run = await used.run('task:create', NEW_TASK, more);
			fault.remove();
			expect(run.error?.message).toContain('Not sent again');
		}
		expect(asked()).toHaveLength(9);
	});

	it('is that of a server that failed, or of something else that answered in its place', async () => {
		const page = { status: 200, html: '<html>Welcome to the proxy</html>' };
		const statuses = [500, 501, 505, 507, 511].map((status) => ({ status }));
		for (const failure of [...statuses, page]) {
			const fault = used.sandbox.fault({ ...CREATE, ...failure, after: true });
			const gate = { ...NEW_TASK, decisionBy: '' };
			for (const [operation, given] of [
				['task:create', NEW_TASK],
				['task:sendAndWait', gate],
			] as const) {
				const run = await used.run(operation, given, { node: RETRY });
				expect([failure, run.error?.message]).toEqual([
					failure,
					expect.stringContaining('Not sent again, it may have been done: Appmixer '),
				]);
			}
			fault.remove();
		}
		expect(used.sandbox.appmixer.tasks).toHaveLength(12);
	});

	it('is asked for again where a repetition only sets the same', async () => {
		const fault = used.sandbox.fault({ ...LOST, method: 'PUT', path: /tasks\/[^/]+$/ });
		const { taskId } = used.sandbox.appmixer.createTask();
		const update = {
			taskId: { __rl: true, mode: 'id', value: taskId },
			updateFields: { title: 'New' },
		};
		const run = await used.run('task:update', update, { node: RETRY });
		fault.remove();
		expect(run.error?.message).toContain('could not be reached');
		const puts = used.sandbox.requests.filter(({ method }) => method === 'PUT');
		expect(puts).toHaveLength(3);
	});

	it.each([
		['that never left', { baseUrl: 'http://127.0.0.1:9', apiPath: 'plugin' }],
		['to an unknown host', { baseUrl: 'http://nowhere.localhost:9', apiPath: 'plugin' }],
	])('is not that of a request %s', async (_, address) => {
		const credential = { ...used.ada, ...address };
		const run = await used.run('task:create', NEW_TASK, { node: RETRY, credential });
		expect(run.error?.message).toBe(MESSAGE);
	});

	it('asks nobody twice at the gate, whose way out is the existing task', async () => {
		const gate = { ...NEW_TASK, decisionBy: '' };
		const fault = used.sandbox.fault(LOST);
		const failed = await used.run('task:sendAndWait', gate, { node: RETRY });
		fault.remove();
		expect(failed.error?.description).toBe(
			`It may have been done all the same: check in Appmixer before repeating it. If the task is there, set Task to Use Existing and enter its ID. ${outOf(failed)}`,
		);
		expect(asked()).toHaveLength(1);
		const seen = { ...gate, ...looked(failed) };
		const run = await used.run('task:sendAndWait', seen, { retryOf: failed });
		expect(run.status).toBe('waiting');
		expect(asked()).toHaveLength(2);
	});
});

it('F4: a retried gate that cannot see its task does not wait for an answer that may be there', async () => {
	const gate = { ...NEW_TASK, requester: 'carol@example.com', decisionBy: '' };
	const fault = used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 500 });
	const failed = await used.run('task:sendAndWait', gate);
	fault.remove();
	const [{ taskId }] = used.sandbox.appmixer.tasks;
	await used.sandbox.appmixer.approve(taskId);
	const run = await used.run('task:sendAndWait', gate, { retryOf: failed });
	expect(run.error?.message).toBe(
		`Task ${taskId} was created, but nothing waits for its answer: Task ${taskId} cannot be read, so an answer that came already would not be noticed`,
	);
	expect(run.error?.description).toContain(`set Task to Use Existing and enter ${taskId}`);
	expect(asked()).toHaveLength(1);
}, 20_000);

it('F10: a gate that failed under Continue On Fail asks nobody twice', async () => {
	const gate = { ...NEW_TASK, decisionBy: '' };
	const fault = used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 500 });
	const failed = await used.run('task:sendAndWait', gate, {
		node: { onError: 'continueRegularOutput' },
	});
	expect([failed.status, asked().length]).toEqual(['success', 1]);
	fault.remove();
	const run = await used.run('task:sendAndWait', gate, { retryOf: failed });
	expect(run.status).toBe('waiting');
	expect(asked()).toHaveLength(1);
}, 20_000);

describe('secrets', () => {
	const LINKS = { ...EACH, options: { includeLinks: true } };
	const MISSING = ['approverSecret', 'requesterSecret', 'links'];

	it('E3: stay in the process; another execution gives the task and says what is missing', async () => {
		const failed = await failing(LINKS);
		const { approverSecret, requesterSecret } = used.sandbox.appmixer.tasks[0];
		expect(contextOf(failed)).toContain('item');
		for (const secret of [approverSecret, requesterSecret])
			expect(JSON.stringify(failed.parked.data)).not.toContain(secret);

		const run = await used.run('task:create', LINKS, { items: ITEMS, retryOf: failed });
		expect(titles(run)).toEqual(['a', 'b', 'c']);
		const [first, , third] = run.outputs[0].map(({ json }) => json);
		expect(first).not.toHaveProperty('links');
		expect((first.notKept as string[]).sort()).toEqual([...MISSING].sort());
		expect(third).toMatchObject({ approverSecret });
		expect(run.hints).toEqual([
			`2 of these items were made by an earlier try. What is not kept between tries is missing: ${MISSING.join(', ')}.`,
		]);
	});

	it('E3: are still there when the node itself tries again', async () => {
		used.sandbox.fault({ ...CREATE, skip: 2, times: 1, status: 429 });
		const run = await used.run('task:create', LINKS, { items: ITEMS, node: RETRY });
		expect(asked()).toEqual(['a', 'b', 'c', 'c']);
		for (const { json } of run.outputs[0]) expect(json.approverSecret).toMatch(/^[0-9a-f]{64}$/);
		expect(run.hints).toEqual([]);
	});

	it('E3: no link is made without them when only the registration had failed', async () => {
		const notify = { notifyUrl: 'https://n8n.example.com/webhook/1', includeLinks: true };
		const parameters = { ...NEW_TASK, options: notify };
		const credential = { ...used.ada, callbackSecret: 'a secret of our own' };
		const fault = used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 500 });
		const failed = await used.run('task:create', parameters, { credential });
		fault.remove();
		const run = await used.run('task:create', parameters, { credential, retryOf: failed });
		expect(run.error).toBeNull();
		expect(asked()).toHaveLength(1);
		expect(run.outputs[0][0].json).toMatchObject({ notKept: MISSING, title: NEW_TASK.title });
		expect(run.outputs[0][0].json).not.toHaveProperty('links');
		expect(run.hints).toHaveLength(1);
	}, 20_000);
});

describe('an idempotency key', () => {
	const at = useMambu();
	/** After the task was stored, and to be asked again at once. */
	const UNAVAILABLE = {
		method: 'POST',
		path: /\/tasks$/,
		after: true,
		status: 503,
		headers: { 'retry-after': '0' },
	};

	it('E10: is the same when the failed execution is retried from the list', async () => {
		at.sandbox.mambu.fault(UNAVAILABLE);
		const failed = await at.run('v2', 'create', newTask());
		await at.run('v2', 'create', newTask(), { retryOf: failed });
		const keys = at.mambu.requests.map(({ headers }) => headers['idempotency-key']);
		expect(keys).toHaveLength(6);
		expect(new Set(keys).size).toBe(1);

		await at.run('v2', 'create', newTask());
		expect(at.mambu.requests.at(-1)?.headers['idempotency-key']).not.toBe(keys[0]);
	}, 20_000);

	it('F10: that is another one, because a text moves with each try, is not sent', async () => {
		const fault = at.sandbox.mambu.fault(UNAVAILABLE);
		const moving = { ...newTask(), title: '=Loan at {{ $now.toMillis() }}' };
		const failed = await at.run('v2', 'create', moving, { node: { ...RETRY, maxTries: 2 } });
		fault.remove();
		const again = await at.run('v2', 'create', moving, { retryOf: failed });
		expect(again.error?.message).toMatch(/^Not sent again, it may have been done: /);
		const keys = at.mambu.requests.map(({ headers }) => headers['idempotency-key']);
		expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
	}, 20_000);

	it('is not needed to change a task once, when only the reading after it fails', async () => {
		at.mambu.createTask();
		const fault = at.mambu.fault({ method: 'GET', path: /tasks/, status: 500 });
		const complete = { taskId: { __rl: true, mode: 'id', value: '1' } };
		const failed = await at.run('v2', 'complete', complete, { node: RETRY });
		expect(failed.error?.message).toBe('Task 1 was changed, but could not be read afterwards');
		fault.remove();
		const run = await at.run('v2', 'complete', complete, { retryOf: failed });
		expect(run.outputs[0][0].json).toMatchObject({ status: 'COMPLETED' });
		expect(at.writes()).toHaveLength(1);
	});

	it('F10: where there is none, a lost answer to create is not sent again', async () => {
		at.sandbox.mambu.fault({ method: 'POST', path: /\/tasks$/, cut: true, after: true });
		const run = await at.run('v1', 'create', newTask(), { node: RETRY });
		expect(run.error?.description).toContain('check in Mambu before repeating it');
		expect(at.writes()).toHaveLength(1);
	});
});

describe('the memory', () => {
	/** What n8n gives a node, as far as it is asked for. */
	function hostOf(memory: IDataObject, runIndex = 0, execution = '1'): IExecuteFunctions {
		return {
			getContext: () => memory,
			getExecutionId: () => execution,
			getInputData: () => [{ json: {} }],
			getNode: () => ({ id: 'node', parameters: {} }),
			getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		} as unknown as IExecuteFunctions;
	}
	const done: string[] = [];
	const act = async (context: IExecuteFunctions, item: number, result: IDataObject = { item }) => {
		const doing: Doing = { item, what: 'it' };
		return await doneInRun(context, doing, async () => {
			done.push(`${context.getWorkflowDataProxy(0).$runIndex}/${item}`);
			return await Promise.resolve(result);
		});
	};
	beforeEach(() => void done.splice(0));

	it('does everything anew in the next round of a loop, and after the run has succeeded', async () => {
		const memory = {};
		await act(hostOf(memory), 0);
		await act(hostOf(memory), 0);
		await act(hostOf(memory, 1), 0);
		expect(done).toEqual(['0/0', '1/0']);
		endRun(hostOf(memory), { succeeded: true });
		await act(hostOf(memory, 1), 0);
		await act(hostOf(memory), 0);
		expect(done).toEqual(['0/0', '1/0', '0/0']);
		endRun(hostOf(memory), { succeeded: true });
		endRun(hostOf(memory, 1), { succeeded: true });
		expect(memory).toEqual({});
	});

	it('keeps all of its own run, and of runs before it as many as make 5,000 things', async () => {
		const memory = {};
		for (let item = 0; item < 100; item++) await act(hostOf(memory), item);
		for (let item = 0; item < 4901; item++) await act(hostOf(memory, 1), item);
		endRun(hostOf(memory, 1), { succeeded: false });
		done.splice(0);
		await act(hostOf(memory, 1), 0);
		await act(hostOf(memory), 1);
		await act(hostOf(memory), 0);
		expect(done).toEqual(['0/0']);
	});

	it('repeats none of more than 5,000, and keeps less of each from the 2,501st on', async () => {
		const memory: IDataObject = {};
		const result = { id: '7', text: 'x'.repeat(300) };
		for (let item = 0; item <= 5000; item++) await act(hostOf(memory), item, result);
		endRun(hostOf(memory), { succeeded: false });
		for (const item of [0, 2499, 2500, 5000]) await act(hostOf(memory), item);
		expect(done).toHaveLength(5001);
		const kept = async (item: number) => (await act(hostOf(memory, 0, '2'), item)).notKept;
		expect([await kept(2499), await kept(2500)]).toEqual([[], ['text']]);
	});

	it('keeps the short fields of a result that is too long, and the whole of it for its own execution', async () => {
		const memory = {};
		const long = { id: '7', text: 'x'.repeat(5000) };
		await act(hostOf(memory), 0, long);
		expect(JSON.stringify(memory).length).toBeLessThan(300);
		expect(await act(hostOf(memory), 0)).toEqual({ result: long, notKept: [] });
		expect(await act(hostOf(memory, 0, '2'), 0)).toEqual({
			result: { id: '7' },
			notKept: ['text'],
		});
		expect(done).toHaveLength(1);
	});

	it('keeps no more than 500 characters of each sentence about a lost answer', async () => {
		const memory = {};
		const lost = Object.assign(new Error('x'.repeat(5000)), { description: 'y'.repeat(5000) });
		const doing: Doing = { item: 0, what: 'it', once: true };
		const sending = doneInRun(hostOf(memory), doing, async () => {
			throw await Promise.resolve(markAnswerUnknown(lost));
		});
		await expect(sending).rejects.toThrow('xxx');
		expect(JSON.stringify(memory)).toContain('x'.repeat(500));
		expect(JSON.stringify(memory).length).toBeLessThan(1300);
	});

	it('F12: what it holds for another try goes with the data of the run, however that ended', async () => {
		const failing = async () => {
			const memory = {};
			const secret = { text: 'x'.repeat(5000) };
			await act(hostOf(memory), 0, secret);
			endRun(hostOf(memory), { succeeded: false });
			expect((await act(hostOf(memory), 0)).result).toBe(secret);
			return new WeakRef(secret);
		};
		expect(await isCollected(await failing())).toBe(true);
	});

	it('keeps no more than 4,000 characters of anything', () => {
		const many = Object.fromEntries([...Array(999).keys()].map((n) => [`field ${n}`, 'short']));
		expect(whatFits(many, []).json).toBe('{}');
		expect(whatFits(withFiles({ id: 1 }, {}), [])).toEqual({ json: '{"id":1}', left: ['binary'] });
		expect(whatFits([{ id: 1, secret: 's' }], ['secret'])).toEqual({
			json: '[{"id":1}]',
			left: ['secret'],
		});
	});
});
