/** @jest-environment ./test/engine/environment.ts */
import axios from 'axios';
import fc from 'fast-check';

import { engine, type Wait } from '../../../engine';
import { NEW_TASK, openSandbox, type Sandboxed } from '../../Appmixer/sandboxed';

let used: Sandboxed;
let wait: Wait;
let taskId: string;
let url: string;

const open = async (parameters = {}) => {
	wait = await engine.openWait({
		type: 'appmixer',
		credential: used.ada,
		parameters: {
			resource: 'task',
			operation: 'sendAndWait',
			...NEW_TASK,
			decisionBy: '',
			...parameters,
		},
	} as never);
	const [task] = used.sandbox.appmixer.tasks.slice(-1);
	taskId = task.taskId;
	url = used.sandbox.appmixer.webhooks.at(-1)!.url;
};

const post = async (data: unknown, type = 'application/json') =>
	(
		await axios.post(url, data, {
			headers: { 'content-type': type },
			validateStatus: () => true,
			proxy: false,
			maxRedirects: 0,
			transformRequest: (body: unknown) => body,
		})
	).status;

beforeEach(async () => {
	used = await openSandbox();
	await open();
});
afterEach(async () => {
	expect(wait.server.thrown).toEqual([]);
	await wait.close();
	await used.sandbox.close();
});

it('parks the run with a new item that says it is not approved', () => {
	const { run } = wait;
	expect(run.status).toBe('waiting');
	expect(run.outputs).toEqual([
		[
			{
				json: expect.objectContaining({
					id: taskId,
					approved: false,
					outcome: 'timedOut',
					decidedBy: null,
					data: { approved: false },
				}),
				pairedItem: { item: 0 },
			},
		],
	]);
	const week = 7 * 24 * 3_600_000 + 2 * 60_000;
	expect(Math.abs(run.waitTill!.getTime() - Date.now() - week)).toBeLessThan(30_000);
});

it('W13: is called back at the address of the run that carries its token', () => {
	const { pathname, searchParams } = new URL(url);
	expect(pathname).toMatch(/^\/webhook-waiting\/\d+$/);
	expect([...searchParams.entries()]).toEqual([
		['signature', expect.stringMatching(/^engine-resume-token\/[0-9a-f-]{36}$/)],
	]);
});

it.each(['approve', 'reject'] as const)('resumes on %s, naming who was asked', async (verb) => {
	await used.sandbox.appmixer[verb](taskId);
	const outcome = verb === 'approve' ? 'approved' : 'rejected';
	expect(wait.resumed).toEqual([
		[
			[
				{
					json: expect.objectContaining({
						id: taskId,
						decision: outcome,
						outcome,
						approved: verb === 'approve',
						// W21: the configured approver, which proves nothing about who clicked
						decidedBy: { id: null, name: null, email: 'bob@example.com', provenance: 'configured' },
						data: { approved: verb === 'approve' },
					}),
					pairedItem: { item: 0 },
				},
			],
		],
	]);
});

it('W1: keeps waiting, answering 503, when the callback cannot be handled', async () => {
	const { data } = wait.run.parked;
	const stack = data.executionData!.nodeExecutionStack.splice(0);
	expect(await post(JSON.stringify({ taskId, status: 'approved' }))).toBe(503);
	data.executionData!.nodeExecutionStack.push(...stack);
	expect(wait.resumed).toEqual([]);
	await used.sandbox.appmixer.approve(taskId);
	expect(wait.resumed).toHaveLength(1);
});

it('W8: keeps waiting when another task is decided, answering 200', async () => {
	expect(await post(JSON.stringify({ taskId: 'another', status: 'approved' }))).toBe(200);
	expect(wait.resumed).toEqual([]);
	await used.sandbox.appmixer.approve(taskId);
	expect(wait.resumed).toHaveLength(1);
});

it('W8: says once that another task came, in no words of its caller', async () => {
	engine.logged();
	for (const other of ['another', 'one more\nerror All is lost', 'x'.repeat(50_000)]) {
		await post(JSON.stringify({ taskId: other, status: 'approved' }));
	}
	expect(engine.logged()).toEqual([
		`info Node "Node": Callback for another task ignored: waiting for ${taskId}`,
	]);
});

it('W9: refuses what is not decided with 4xx, so that the service sends again', async () => {
	expect(await post(JSON.stringify({ taskId, status: 'pending' }))).toBe(400);
	expect(await post(JSON.stringify({ taskId, status: 'banana' }))).toBe(400);
	expect(await post(JSON.stringify({ status: 'approved' }))).toBe(400);
	expect(wait.resumed).toEqual([]);
	await used.sandbox.appmixer.approve(taskId);
	expect(wait.resumed).toHaveLength(1);
});

it('W9: registers again when due, and the approval comes later', async () => {
	const before = used.sandbox.appmixer.webhooks.length;
	engine.logged();
	await used.sandbox.clock.advance(7 * 24 * 3_600_000 + 61_000);
	expect(used.sandbox.appmixer.webhooks).toHaveLength(before + 1);
	// F15: the parked item names the one that is used up
	const { webhookId } = used.sandbox.appmixer.webhooks.at(-1)!;
	expect(engine.logged()).toEqual([
		`info Task ${taskId} is due, its next call is registered as ${webhookId}`,
	]);
	expect(wait.resumed).toEqual([]);
	await used.sandbox.appmixer.approve(taskId);
	expect(wait.resumed).toHaveLength(1);
	// W11: what has fired is never deleted
	expect(used.writes().filter((call) => call.startsWith('DELETE'))).toEqual([]);
});

it('W10: registering again has five seconds in all', async () => {
	wait.run.timeouts.splice(0);
	await used.sandbox.clock.advance(7 * 24 * 3_600_000 + 61_000);
	expect(wait.run.timeouts.length).toBeGreaterThan(0);
	expect(Math.max(...wait.run.timeouts)).toBeLessThanOrEqual(5000);
});

it('W9: answers 503 when registering again fails, and takes the redelivery', async () => {
	used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status: 500, times: 1 });
	await used.sandbox.clock.advance(7 * 24 * 3_600_000 + 61_000);
	expect(used.sandbox.appmixer.deliveries.at(-1)?.status).toBe(503);
	await used.sandbox.clock.advance(10 * 60_000);
	await used.sandbox.appmixer.reject(taskId);
	expect(wait.resumed).toHaveLength(1);
});

describe('a deleted credential', () => {
	const stack = () => wait.run.parked.data.executionData!.nodeExecutionStack;
	const dueCome = async () => await used.sandbox.clock.advance(7 * 24 * 3_600_000 + 61_000);
	const remove = () => void (wait.run.parked.credentials.stored.deleted = true);

	it('W9: ends the wait at "due" with an error that says what to do: no later decision could be heard', async () => {
		remove();
		engine.logged();
		await dueCome();
		const told = used.sandbox.appmixer.deliveries.map(({ status }) => status);
		expect(told).toEqual([200]);
		expect(wait.resumed).toEqual([[[]]]);
		expect(stack()[0].metadata).toMatchObject({
			resumeError: {
				name: 'NodeOperationError',
				message: `Task ${taskId} is due, and its decision cannot be heard: the credential of this node no longer exists`,
				description: `The task can still be decided. Choose another credential in this node, set Task to Use Existing, enter ${taskId}, and start a new run: this one cannot be retried.`,
			},
		});
		expect(engine.logged()).toEqual([expect.stringContaining(`Task ${taskId} is due`)]);
	});

	it('keeps no decision from being heard', async () => {
		remove();
		await used.sandbox.appmixer.approve(taskId);
		expect(wait.resumed[0][0][0].json).toMatchObject({ approved: true });
		expect(stack()[0].metadata?.resumeError).toBeUndefined();
	});

	it.each([
		['does not accept', 401],
		['forbids', 403],
		['fails', 500],
	])(
		'is not one that the service %s: it may be mended while the wait goes on',
		async (_, status) => {
			const fault = used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, status });
			engine.logged();
			await dueCome();
			await used.sandbox.clock.advance(10 * 60_000);
			expect(used.sandbox.appmixer.deliveries.map((one) => one.status)).toEqual([503, 503]);
			expect(wait.resumed).toEqual([]);
			// L8: logged at once, and not again with each call
			const errors = engine.logged().filter((line) => line.startsWith('error'));
			expect(errors).toEqual([
				expect.stringMatching(
					new RegExp(
						`^error Node "Node": Callback not taken, still waiting: .*HTTP ${status}.*${taskId}`,
					),
				),
			]);
			fault.remove();
			await used.sandbox.clock.advance(10 * 60_000);
			await used.sandbox.appmixer.approve(taskId);
			expect(wait.resumed).toHaveLength(1);
		},
	);
});

it('never resumes on anything but the decision of its own task', async () => {
	const key = fc.constantFrom(
		'taskId',
		'id',
		'status',
		'decision',
		'__proto__',
		'constructor',
		'x',
	);
	const value = fc.oneof(
		fc.jsonValue(),
		fc.constantFrom('approved', 'rejected', 'due', 'Approved', taskId, taskId.toUpperCase()),
	);
	const body = fc.oneof(
		fc.jsonValue().map((json) => JSON.stringify(json)),
		fc.dictionary(key, value).map((json) => JSON.stringify(json)),
		fc.constantFrom('', 'null', '[]', '"approved"', '0'),
		fc
			.constantFrom('__proto__', 'constructor')
			.map((name) => `{"${name}":{"taskId":"${taskId}","status":"approved"}}`),
	);
	const type = fc.constantFrom('application/json', 'application/json', 'text/plain', '');
	const decides = (text: string) => {
		const json: unknown = text === '' ? null : JSON.parse(text);
		const { taskId: own, id, status } = Object(json) as Record<string, unknown>;
		return (own ?? id) === taskId && ['approved', 'rejected'].includes(String(status));
	};
	await fc.assert(
		fc.asyncProperty(body, type, async (text, contentType) => {
			fc.pre(!decides(text) && !text.includes(`"status":"due"`));
			const status = await post(text, contentType);
			expect(status === 200 || (status >= 400 && status < 500)).toBe(true);
			expect(wait.resumed).toEqual([]);
		}),
		{ numRuns: 200 },
	);
	await used.sandbox.appmixer.approve(taskId);
	expect(wait.resumed).toHaveLength(1);
});

it('T13 and F4: refuses more than 64 KB with 413, and says so once in the log: nobody else hears of it', async () => {
	const body = JSON.stringify({ taskId, status: 'approved', more: 'x'.repeat(70_000) });
	engine.logged();
	expect([await post(body), await post(body)]).toEqual([413, 413]);
	expect(engine.logged()).toEqual([
		'warn Node "Node": Callback refused: The body is larger than 64 KB',
	]);
	expect(wait.resumed).toEqual([]);
});
