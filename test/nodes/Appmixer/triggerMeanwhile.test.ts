/** @jest-environment ./test/engine/environment.ts */
/** What is decided, or due, while the workflow is being published or unpublished. */
import { sleep, type IDataObject } from 'n8n-workflow';

import { engine, type Trigger } from '../../engine';
import { useTriggers } from './openTriggers';
import { useSandbox } from './sandboxed';

const used = useSandbox();
const open = useTriggers(used);

const createTasks = (count: number) =>
	Array.from({ length: count }, (_, n) => used.sandbox.appmixer.createTask({ title: `T${n}` }));
const of = ({ taskId }: { taskId: string }) =>
	used.sandbox.appmixer.webhooks.filter((webhook) => webhook.taskId === taskId);
const states = (task: { taskId: string }) => of(task).map(({ status }) => status);
const pending = () =>
	used.sandbox.appmixer.webhooks.flatMap(({ status, url }) => (status === 'pending' ? [url] : []));
const tenMinutes = async () => await used.sandbox.clock.advance(10 * 60_000);
const told = ({ emitted }: Trigger) =>
	emitted.flat(2).map(({ id, event }) => [id, (event as IDataObject).type]);
const approve = async ({ taskId }: { taskId: string }) =>
	await used.sandbox.appmixer.approve(taskId).then(
		() => 'saved',
		(error: Error) => error.message,
	);
async function due({ taskId }: { taskId: string }, url: string): Promise<number> {
	const headers = { 'content-type': 'application/json' };
	const body = JSON.stringify({ taskId, status: 'due' });
	return (await fetch(url, { method: 'POST', headers, body })).status;
}

/** n8n publishes again by `create` alone when it starts, and by both when somebody publishes. */
const WAYS = ['create', 'delete and create'];
async function publishAgain(trigger: Trigger, way: string): Promise<void> {
	if (way !== 'create') await trigger.delete();
	await trigger.create();
}

/** Publishes so that Appmixer has registered one of six tasks, and takes its time over the others. */
async function registering(
	publish: () => Promise<unknown>,
): Promise<{ published: Promise<unknown> }> {
	const rule = { method: 'POST', path: /\/webhooks$/, skip: 1, times: 5, delayMs: 300 };
	const slow = used.sandbox.fault(rule);
	const published = publish();
	while (slow.hits === 0) await sleep(1);
	return { published };
}

describe('F2: an approval that n8n could not store', () => {
	it.each(WAYS)('is told when the workflow is published again by %s', async (way) => {
		const [task, other] = createTasks(2);
		const trigger = await open();
		await trigger.create();
		trigger.storing.refused = true;
		await approve(task);
		trigger.storing.refused = false;
		await publishAgain(trigger, way);
		await tenMinutes();
		expect(told(trigger)).toEqual([[task.taskId, 'approved']]);
		await trigger.delete();
		expect([states(task), states(other)]).toEqual([['sent'], []]);
	});

	it('is told to whoever unpublishes, with what to delete if it stays so', async () => {
		const [task] = createTasks(1);
		const trigger = await open();
		await trigger.create();
		trigger.storing.refused = true;
		await approve(task);
		const [{ webhookId }] = of(task);
		engine.logged();
		await trigger.delete();
		expect(engine.logged()).toContainEqual(
			expect.stringMatching(`^warn Task ${task.taskId} is decided.*delete webhook ${webhookId}`),
		);
		expect(states(task)).toEqual(['fail']);
	});

	it('is not waited for when its event is not wanted any more, or its URL is not valid', async () => {
		const [task, other] = createTasks(2);
		const trigger = await open();
		await trigger.create();
		trigger.storing.refused = true;
		await approve(task);
		await used.sandbox.appmixer.reject(other.taskId);
		trigger.parameters.events = ['approved'];
		trigger.credential.callbackSecret = 'a new secret';
		await trigger.create();
		expect([states(task), states(other)]).toEqual([[], []]);
	});

	it('stays registered when it is refused while the workflow is being unpublished', async () => {
		const [task] = createTasks(1);
		const trigger = await open();
		await trigger.create();
		Object.assign(trigger.storing, { ms: 500, refused: true });
		const approving = approve(task);
		await sleep(100);
		await trigger.delete();
		expect([await approving, states(task)]).toEqual(['saved', ['fail']]);
		Object.assign(trigger.storing, { ms: 3, refused: false });
		await trigger.create();
		await tenMinutes();
		expect(told(trigger)).toEqual([[task.taskId, 'approved']]);
	});

	it('is not waited for by a test', async () => {
		const [task] = createTasks(1);
		const trigger = await open({}, { test: true });
		await trigger.create();
		trigger.storing.refused = true;
		await approve(task);
		await trigger.delete();
		expect(states(task)).toEqual([]);
	});
});

describe('W11: a registration is not removed during its own call', () => {
	it.each([...WAYS, 'delete'])('by %s', async (way) => {
		const [task] = createTasks(1);
		const trigger = await open();
		await trigger.create();
		trigger.storing.ms = 500;
		const approving = approve(task);
		await sleep(100);
		if (way === 'delete') await trigger.delete();
		else await publishAgain(trigger, way);
		expect(await approving).toBe('saved');
		expect(told(trigger)).toEqual([[task.taskId, 'approved']]);
		await trigger.delete();
		expect(pending()).toEqual([]);
	});
});

it('W11: nor within a second after it, in which Appmixer writes down what it was answered', async () => {
	const tasks = createTasks(6);
	const trigger = await open();
	await trigger.create();
	const slow = used.sandbox.fault({ method: 'DELETE', path: /./, times: 5, delayMs: 300 });
	const gone = trigger.delete();
	while (slow.hits < 5) await sleep(1);
	// five are removed at once
	const [, , , , , lastId] = Object.keys(trigger.staticData().registrations as IDataObject);
	const last = tasks.find(({ taskId }) => taskId === lastId)!;
	const [{ url }] = of(last);
	expect(await due(last, url)).toBe(200);
	await sleep(500);
	expect(of(last)[0].url).toBe(url);
	await gone;
	expect(pending()).toEqual([]);
});

it('F2: an approval that could not be stored stays registered when Appmixer cannot say that it is one', async () => {
	const [task, other] = createTasks(2);
	const trigger = await open();
	await trigger.create();
	trigger.storing.refused = true;
	await approve(task);
	trigger.storing.refused = false;
	const look = { method: 'GET', path: /\/tasks$/, skip: 3, times: 6, status: 500 };
	const failing = used.sandbox.fault(look);
	engine.logged();
	await trigger.create();
	failing.remove();
	expect(engine.logged().join()).toMatch(`It is not known whether`);
	expect([states(task), states(other)]).toEqual([['fail'], ['pending']]);
	await tenMinutes();
	expect(told(trigger)).toEqual([[task.taskId, 'approved']]);
});

it('F2: an approval whose call failed while the workflow was being published is told', async () => {
	const tasks = createTasks(6);
	const trigger = await open();
	await trigger.create();
	const { published } = await registering(async () => await trigger.create());
	const [task] = tasks.filter((one) => of(one).length === 1);
	trigger.storing.refused = true;
	await approve(task);
	trigger.storing.refused = false;
	await used.sandbox.clock.advance(1000);
	await published;
	await tenMinutes();
	expect(told(trigger)).toEqual([[task.taskId, 'approved']]);
});

describe('T12: unpublishing removes', () => {
	it('what a task that was due while the workflow was being published has registered', async () => {
		const [first] = createTasks(8);
		const trigger = await open();
		await trigger.create();
		const rule = { method: 'POST', path: /\/webhooks$/, skip: 5, times: 3, delayMs: 500 };
		used.sandbox.fault(rule);
		const published = trigger.create();
		while (of(first).length < 2) await sleep(1);
		expect(await due(first, of(first)[1].url)).toBe(200);
		await published;
		await trigger.delete();
		expect(pending()).toEqual([]);
	});

	it('what a task that is due while it goes on has registered', async () => {
		const [first] = createTasks(8);
		const trigger = await open();
		await trigger.create();
		used.sandbox.fault({ method: 'DELETE', path: /./, skip: 4, delayMs: 500 });
		const [{ url }] = of(first);
		const gone = trigger.delete();
		await sleep(50);
		await due(first, url);
		await gone;
		expect(pending()).toEqual([]);
	});

	it('what is pending when an older registration has called', async () => {
		const [task] = createTasks(1);
		task.decisionBy = new Date(Date.now() + 1000);
		const trigger = await open();
		await trigger.create();
		used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, times: 1, status: 500 });
		await used.sandbox.clock.advance(2 * 60_000);
		used.sandbox.fault({ method: 'DELETE', path: /./, times: 1, status: 503 });
		await trigger.create();
		await tenMinutes();
		expect(states(task)).toEqual(['sent', 'pending', 'pending']);
		await trigger.delete();
		expect(pending()).toEqual([]);
	});

	it('what called, and was not stored', async () => {
		const [task] = createTasks(1);
		task.decisionBy = new Date(Date.now() + 1000);
		const trigger = await open();
		await trigger.create();
		trigger.storing.refused = true;
		await used.sandbox.clock.advance(2 * 60_000);
		await trigger.delete();
		expect(states(task)).toEqual([]);
	});

	it('what two publishings at once have registered', async () => {
		createTasks(6);
		const trigger = await open();
		used.sandbox.fault({ method: 'POST', path: /\/webhooks$/, delayMs: 50 });
		await Promise.all([trigger.create(), trigger.create()]);
		await trigger.delete();
		expect(pending()).toEqual([]);
	});
});

it('T4: publishing ends in time when registering hangs just before the minute is over', async () => {
	createTasks(400);
	let asked = 0;
	const rule = { method: 'POST', path: /\/webhooks$/ };
	// the last few hang, begun after that moment, and until then all was going to end in time
	let began = 0;
	const delay = () => {
		if (++asked !== 360) return 0;
		began = performance.now();
		return engine.clockAhead(51_000) ?? 0;
	};
	used.sandbox.fault({ ...rule, times: 380, delay });
	used.sandbox.fault({ ...rule, skip: 380, hang: true });
	const trigger = await open();
	await expect(trigger.create()).rejects.toThrow('too many open tasks to watch within a minute');
	expect(performance.now() - began + 51_000).toBeLessThan(75_000);
	expect(pending()).toEqual([]);
}, 30_000);

it.each(WAYS)('F3: names what was decided before it could be registered, by %s', async (way) => {
	const tasks = createTasks(6);
	const trigger = await open();
	if (way !== 'create') await trigger.create();
	engine.logged();
	const { published } = await registering(async () => await publishAgain(trigger, way));
	const missed = tasks.filter((task) => of(task).every(({ status }) => status !== 'pending'));
	for (const task of missed) await approve(task);
	await used.sandbox.clock.advance(1000);
	await published;
	const [line = ''] = engine.logged().filter((one) => one.includes('Decided while n8n'));
	for (const { taskId } of missed) expect(line).toContain(`${taskId} (approved)`);
	expect(missed.length).toBeGreaterThan(0);
	expect(pending()).toHaveLength(tasks.length - missed.length);
});
