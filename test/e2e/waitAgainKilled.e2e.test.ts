import axios from 'axios';
import { sleep } from 'n8n-workflow';

import { startN8n, type N8nInstance } from '../../scripts/n8n/start';
import type { Task } from '../../sandbox';
import { givenTo, openAgainDesk, type AgainDesk } from './againDesk';
import { sharedN8n } from './sharedN8n';

jest.setTimeout(8 * 60_000);

/** Seconds: n8n's time-out for every run. */
const EIGHT_DAYS = 8 * 24 * 60 * 60;
/** Not the shared one: it is killed, and runs one execution at a time. */
let n8n: N8nInstance;
let desk: AgainDesk;
beforeAll(async () => {
	const { tarball } = await sharedN8n();
	const env = {
		N8N_CONCURRENCY_PRODUCTION_LIMIT: '1',
		EXECUTIONS_TIMEOUT: String(EIGHT_DAYS),
		EXECUTIONS_TIMEOUT_MAX: String(EIGHT_DAYS),
	};
	n8n = await startN8n({ tarball, env, log: () => {} });
	desk = await openAgainDesk(n8n);
}, 300_000);
afterAll(async () => {
	await desk?.close();
	await n8n?.stop();
});

const post = async (url: string) =>
	await axios.post(url, {}, { proxy: false, validateStatus: () => true }).catch(() => null);
const decided = async (tasks: Task[]) => {
	for (const { taskId } of tasks) await desk.sandbox.appmixer.approve(taskId);
};
const effects = (tasks: Task[]) =>
	tasks.map(({ taskId }) => [desk.effects.count('Approved', taskId), desk.effects.total(taskId)]);
const once = (tasks: Task[]) => tasks.map(() => [1, 1]);
const WITHOUT = { options: { wakeUps: false } };

it('L4: one run at a time, wake-ups that come staggered and wait in line: each wait leaves once', async () => {
	const tasks = desk.tasks(4);
	const workflows = [];
	for (const task of tasks) {
		const workflow = await desk.waitFor([task]);
		await workflow.begin();
		await workflow.parked();
		workflows.push(workflow);
	}
	const calls = tasks.map((task) => desk.wakeUpUrl(task));
	await Promise.all([
		decided(tasks),
		...calls.flatMap((url) =>
			[0, 150, 700, 2100, 4000].map(async (ms) => {
				await sleep(ms);
				return await post(url);
			}),
		),
	]);
	for (const workflow of workflows) {
		const { status } = await workflow.ended(200_000);
		expect(status).toBe('success');
	}
	expect(effects(tasks)).toEqual(once(tasks));
});

it('L10, W15: a wait beyond the time-out that n8n has for every run is refused by both gates', async () => {
	const [task] = desk.tasks(1);
	const nine = { resumeAmount: 9, resumeUnit: 'days' };
	const again = await desk.waitFor([task], nine);
	const once = await desk.publish([desk.ask('too long', nine)], [['Form', 'Ask']]);
	for (const workflow of [again, once]) {
		await workflow.begin();
		const { status, error } = await workflow.ended();
		expect([status, error?.message]).toEqual([
			'error',
			expect.stringMatching(
				/^n8n stops every run after 691[12]\d\d seconds, before Limit Wait Time/,
			),
		]);
	}
	expect(desk.sandbox.appmixer.tasks.map(({ title }) => title)).not.toContain('too long');
});

it('SIGKILL while parked and between two looks: what was decided meanwhile leaves once', async () => {
	const [parked, looked] = [desk.tasks(2), desk.tasks(2)];
	const first = await desk.waitFor(parked, WITHOUT);
	const second = await desk.waitFor(looked);
	await first.begin();
	await first.parked();
	await second.begin();
	await second.parked();
	// a look between two decisions
	await desk.sandbox.appmixer.approve(looked[0].taskId);
	await desk.rest.waitForExecution(
		second.id,
		({ status, runData }) => status === 'waiting' && runData.Gate.length > 1,
	);
	await n8n.kill();
	await decided([...parked, looked[1]]);
	await n8n.restart();
	for (const workflow of [first, second]) {
		expect((await workflow.ended(200_000)).status).toBe('success');
	}
	expect(effects([...parked, ...looked])).toEqual(once([...parked, ...looked]));
});

it('SIGKILL in a look: the run is marked as crashed, and Retry brings the answer, once', async () => {
	const [task] = desk.tasks(1);
	const workflow = await desk.waitFor([task]);
	await workflow.begin();
	const { id } = await workflow.parked();
	const slow = desk.sandbox.fault({ method: 'GET', path: /\/tasks$/, delayMs: 60_000 });
	await desk.sandbox.appmixer.approve(task.taskId);
	while (slow.hits === 0) await sleep(50);
	await n8n.kill();
	slow.remove();
	await n8n.restart();
	const crashed = await desk.rest.waitForExecution(
		workflow.id,
		({ status }) => status === 'crashed',
	);
	expect(crashed.id).toBe(id);
	expect(desk.effects.total(task.taskId)).toBe(0);
	await desk.rest.retry(id);
	const run = await desk.rest.waitForExecution(workflow.id, ({ status }) => status === 'success');
	expect(run.id).not.toBe(id);
	expect(effects([task])).toEqual([[1, 1]]);
});

it('L11: SIGKILL in a look while the task is open: Retry waits on by its own address alone, and leaves once', async () => {
	const [task] = desk.tasks(1);
	const registered = () =>
		desk.sandbox.appmixer.webhooks
			.filter(({ taskId }) => taskId === task.taskId)
			.map(({ webhookId, url }) => ({ webhookId, url }));
	const workflow = await desk.waitFor([task]);
	await workflow.begin();
	const { id } = await workflow.parked();
	const before = registered();
	expect(before.map(({ url }) => url)).toEqual([
		expect.stringContaining(`/webhook-waiting/${id}?`),
	]);
	const slow = desk.sandbox.fault({ method: 'GET', path: /\/tasks$/, delayMs: 60_000 });
	void post(before[0].url);
	while (slow.hits === 0) await sleep(50);
	await n8n.kill();
	slow.remove();
	await n8n.restart();
	await desk.rest.waitForExecution(workflow.id, ({ status }) => status === 'crashed');
	expect(registered()).toEqual(before);

	await desk.rest.retry(id);
	const again = await workflow.parked();
	expect(again.id).not.toBe(id);
	const after = registered();
	expect(after.map(({ url }) => url)).toEqual([
		expect.stringContaining(`/webhook-waiting/${again.id}?`),
	]);
	expect(after[0].webhookId).not.toBe(before[0].webhookId);
	expect(desk.effects.total(task.taskId)).toBe(0);
	await decided([task]);
	const run = await desk.rest.waitForExecution(workflow.id, ({ status }) => status === 'success');
	expect([run.id, givenTo(run, 'Approved').length]).toEqual([again.id, 1]);
	expect(effects([task])).toEqual([[1, 1]]);
	expect(registered()).toEqual([]);
});
