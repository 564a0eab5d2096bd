/** @jest-environment ./test/engine/environment.ts */
import { randomUUID } from 'node:crypto';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { engine, type Polling } from '../../engine';
import { PLUGIN, useSandbox } from './sandboxed';

const used = useSandbox();
const ALL = ['approved', 'due', 'dueSoon', 'new', 'rejected'];
const MINUTE = 60_000;

const openAs = async (parameters: INodeParameters = {}): Promise<Polling> =>
	await engine.openPolling({ parameters: { events: ALL, ...parameters }, credential: used.ada });
const types = (items: IDataObject[] | null) =>
	items && items.map(({ event }) => (event as IDataObject).type);
const soon = (minutes: number) => new Date(Date.now() + minutes * MINUTE);

it('is silent the first time, whatever there is', async () => {
	const { appmixer } = used.sandbox;
	const { taskId } = appmixer.createTask();
	await appmixer.approve(taskId);
	appmixer.createTask({ decisionBy: soon(5) });
	const polling = await openAs();
	expect(await polling.poll()).toBeNull();
	expect(await polling.poll()).toBeNull();
	appmixer.createTask({ title: 'later', decisionBy: soon(60 * 48) });
	expect(types(await polling.poll())).toEqual(['new']);
});

it('fires once for new, approved, rejected, due and due soon', async () => {
	const { appmixer, clock } = used.sandbox;
	const polling = await openAs({ dueSoonHours: 1 });
	await polling.poll();

	const [a, b] = ['A', 'B'].map((title) => appmixer.createTask({ title }));
	expect(types(await polling.poll())).toEqual(['new', 'new']);
	await appmixer.approve(a.taskId);
	expect(types(await polling.poll())).toEqual(['approved']);
	await appmixer.reject(b.taskId);
	expect(types(await polling.poll())).toEqual(['rejected']);
	expect(await polling.poll()).toBeNull();

	const c = appmixer.createTask({ title: 'C', decisionBy: soon(61) });
	expect(types(await polling.poll())).toEqual(['new']);
	c.decisionBy = soon(59);
	expect(types(await polling.poll())).toEqual(['dueSoon']);
	expect(await polling.poll()).toBeNull();
	await clock.advance(61 * MINUTE);
	expect(types(await polling.poll())).toEqual(['due']);
	await appmixer.approve(c.taskId);
	expect(types(await polling.poll())).toEqual(['approved']);
	expect(await polling.poll()).toBeNull();
});

it('fires only what is ticked, and a decision even when the task was new in the same tick', async () => {
	const { appmixer } = used.sandbox;
	const polling = await openAs({ events: ['approved'] });
	await polling.poll();
	const { taskId } = appmixer.createTask();
	await appmixer.approve(taskId);
	expect(types(await polling.poll())).toEqual(['approved']);
});

it('emits the record with an event that is the same for the same change', async () => {
	const { appmixer } = used.sandbox;
	const polling = await openAs();
	await polling.poll();
	const { taskId } = appmixer.createTask({ title: 'Laptops' });
	await polling.poll();
	const approved = await appmixer.approve(taskId);
	const decidedAt = approved.decisionMade?.toISOString();
	expect(await polling.poll()).toEqual([
		expect.objectContaining({
			id: taskId,
			title: 'Laptops',
			status: 'approved',
			decision: 'approved',
			decidedAt,
			event: {
				id: `appmixer:${taskId}:approved:${decidedAt}`,
				type: 'approved',
				previousStatus: 'pending',
				source: 'poll',
				receivedAt: expect.any(String),
			},
		}),
	]);
});

it('T9: fires again each time a task goes back and forth, with another event ID', async () => {
	const { appmixer, clock } = used.sandbox;
	const polling = await openAs({ events: ['due'] });
	const task = appmixer.createTask({ decisionBy: soon(1) });
	await polling.poll();
	const ids: unknown[] = [];
	for (let round = 1; round <= 3; round++) {
		await clock.advance(3 * MINUTE);
		const items = await polling.poll();
		expect(types(items)).toEqual(['due']);
		ids.push((items![0].event as IDataObject).id);
		// extended by an edit, which tells nobody
		Object.assign(task, { status: 'pending', decisionBy: new Date(clock.now() + MINUTE) });
		expect(await polling.poll()).toBeNull();
	}
	expect(new Set(ids).size).toBe(3);
});

it('emits the raw task without secrets when Simplify is off, oldest first', async () => {
	const { appmixer } = used.sandbox;
	const polling = await openAs({ simple: false, events: ['new'] });
	await polling.poll();
	const [first, second] = ['first', 'second'].map((title) => appmixer.createTask({ title }));
	second.mtime = new Date(first.mtime.getTime() + 10);
	const items = await polling.poll();
	expect(items!.map(({ taskId }) => taskId)).toEqual([first.taskId, second.taskId]);
	expect(Object.keys(items![0]).filter((key) => /secret/i.test(key))).toEqual([]);
});

it('gives up to three newest samples by hand and remembers nothing', async () => {
	const { appmixer } = used.sandbox;
	for (let index = 0; index < 5; index++) {
		const task = appmixer.createTask({ title: `T${index}` });
		task.mtime = new Date(Date.now() + index * 1000);
	}
	const polling = await openAs({ events: ['new'] });
	const samples = await polling.poll('manual');
	expect(samples!.map(({ title }) => title)).toEqual(['T2', 'T3', 'T4']);
	expect(polling.staticData()).toEqual({});
	expect(await polling.poll()).toBeNull();
});

it('E2: a tick that fails keeps its memory as it was, and nothing is lost', async () => {
	const { appmixer } = used.sandbox;
	const polling = await openAs({ events: ['new'] });
	await polling.poll();
	appmixer.createTask({ title: 'T' });
	const before = JSON.stringify(polling.staticData());
	const fault = used.sandbox.fault({ path: /\/tasks$/, status: 500 });
	await expect(polling.poll()).rejects.toThrow(
		'Appmixer could not process the request (HTTP 500): could not list tasks',
	);
	expect(JSON.stringify(polling.staticData())).toBe(before);
	fault.remove();
	expect(types(await polling.poll())).toEqual(['new']);
});

it('E2: a failure on the second page keeps the memory too', async () => {
	const { appmixer } = used.sandbox;
	const polling = await openAs({ events: ['new'] });
	await polling.poll();
	for (let index = 0; index < 150; index++) appmixer.createTask({ title: `T${index}` });
	const fault = used.sandbox.fault({ path: /\/tasks$/, status: 500, skip: 1 });
	await expect(polling.poll()).rejects.toThrow('HTTP 500');
	expect(polling.staticData().seen).toEqual({});
	fault.remove();
	expect(await polling.poll()).toHaveLength(150);
});

it('E7: forgets only what is absent from the listing; 10,000 unchanged tasks cost one listing', async () => {
	const { appmixer } = used.sandbox;
	const decisionBy = new Date('2099-01-01T10:00:00Z');
	const template = appmixer.createTask({ decisionBy });
	for (let index = 1; index < 10_000; index++) {
		appmixer.tasks.push({ ...template, taskId: randomUUID() });
	}
	const polling = await openAs({ events: ['new', 'approved'] });
	expect(await polling.poll()).toBeNull();
	const state = JSON.stringify(polling.staticData());
	expect(state.length).toBeLessThan(250_000);
	const lists = used.sandbox.requests.filter(({ path }) => path === `${PLUGIN}/tasks`);
	expect(lists.length).toBeLessThan(105);

	const { taskId } = appmixer.tasks[0];
	await appmixer.approve(taskId);
	const items = await polling.poll();
	expect(items!.map(({ id }) => id)).toEqual([taskId]);
	expect(JSON.stringify(polling.staticData()).length).toBeLessThan(250_000);
}, 60_000);

it('asks for the filters of its panel', async () => {
	const { appmixer } = used.sandbox;
	const filters = { role: 'requester', titleContains: 'lap' };
	const polling = await openAs({ events: ['new'], filters });
	await polling.poll();
	appmixer.createTask({ title: 'Laptop' });
	appmixer.createTask({ title: 'Chair' });
	appmixer.createTask({
		title: 'Lapdog',
		requester: 'bob@example.com',
		approver: 'ada@example.com',
	});
	expect((await polling.poll())!.map(({ title }) => title)).toEqual(['Laptop']);
});

it('E7: other filters list tasks that are old: they are remembered, and only later changes fire', async () => {
	const { appmixer } = used.sandbox;
	const old = appmixer.createTask({ title: 'Chairs' });
	await appmixer.approve(old.taskId);
	const polling = await openAs({
		events: ['new', 'approved'],
		filters: { titleContains: 'laptop' },
	});
	expect(await polling.poll()).toBeNull();

	polling.parameters.filters = {};
	expect(await polling.poll()).toBeNull();
	const { taskId } = appmixer.createTask({ title: 'Desks' });
	expect(types(await polling.poll())).toEqual(['new']);
	polling.parameters.events = ['approved'];
	await appmixer.approve(taskId);
	expect(types(await polling.poll())).toEqual(['approved']);
});

it('goes on in another process where the one before stopped: nothing twice, nothing lost', async () => {
	const { appmixer } = used.sandbox;
	const stored = { data: {} };
	const openProcess = async () =>
		await engine.openPolling({ parameters: { events: ALL }, credential: used.ada, stored });
	const [known, decided] = ['known', 'decided'].map((title) =>
		appmixer.createTask({ title, decisionBy: soon(60 * 48) }),
	);
	expect(await (await openProcess()).poll()).toBeNull();

	await appmixer.approve(decided.taskId);
	const second = await openProcess();
	expect(types(await second.poll())).toEqual(['approved']);
	const added = appmixer.createTask({ title: 'added', decisionBy: soon(60 * 48) });
	const fault = used.sandbox.fault({ path: /\/tasks$/, status: 500 });
	await expect(second.poll()).rejects.toThrow('HTTP 500');
	fault.remove();

	const third = await openProcess();
	expect((await third.poll())!.map(({ id }) => id)).toEqual([added.taskId]);
	await appmixer.reject(known.taskId);
	const fourth = await openProcess();
	expect(types(await fourth.poll())).toEqual(['rejected']);
	expect(await (await openProcess()).poll()).toBeNull();
});

it('fires nothing because of an update: what version 0.1.0 stored is known', async () => {
	const { appmixer } = used.sandbox;
	const pending = appmixer.createTask({ decisionBy: soon(30) });
	const [approved, later] = ['approved', 'later'].map((title) =>
		appmixer.createTask({ title, decisionBy: soon(60 * 48) }),
	);
	await appmixer.approve(approved.taskId);
	const stored: { data: IDataObject } = { data: {} };
	const openProcess = async () =>
		await engine.openPolling({ parameters: { events: ALL }, credential: used.ada, stored });
	await (await openProcess()).poll();
	const seen = stored.data.seen as Record<string, string>;
	const older: Record<string, string> = {
		approved: 'approved;',
		pending: 'pending;',
	};
	for (const [id, written] of Object.entries(seen)) {
		seen[id] = older[written] ?? `pending;soon${pending.decisionBy!.toISOString()}`;
	}
	expect(Object.values(seen).every((text) => text.includes(';'))).toBe(true);
	const updated = await openProcess();
	expect(await updated.poll()).toBeNull();
	await appmixer.reject(later.taskId);
	expect(types(await updated.poll())).toEqual(['rejected']);
});

it('refuses to poll for no event', async () => {
	const polling = await openAs({ events: '={{ null }}' });
	await expect(polling.poll()).rejects.toThrow('Events is empty');
});

it('refuses a Due Soon that is no number', async () => {
	const polling = await openAs({ dueSoonHours: 'abc' });
	await expect(polling.poll()).rejects.toThrow(
		'Due Soon Within (Hours) "abc" is not a number from 0 up',
	);
});
