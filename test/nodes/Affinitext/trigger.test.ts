/** @jest-environment ./test/engine/environment.ts */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { VIC } from '../../../sandbox';
import { engine, type Polling } from '../../engine';
import { useLibrary } from './sandboxed';

const at = useLibrary();
const ALL = ['changed', 'completed', 'disappeared', 'new', 'statusChanged', 'dueSoon', 'overdue'];
const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY);
const FAR = inDays(100);

const openTrigger = async (parameters: INodeParameters = {}): Promise<Polling> =>
	await engine.openPolling({
		type: 'affinitextTrigger',
		credential: at.credential,
		parameters: { events: ALL, ...parameters },
	});

const eventOf = ({ event }: IDataObject) => event as IDataObject;
const seen = (items: IDataObject[] | null) =>
	items && items.map((item) => `${String(eventOf(item).type)} ${String(item.id)}`);

it('is silent at first, and while nothing happens', async () => {
	at.library.add();
	const trigger = await openTrigger();
	expect(await trigger.poll()).toBeNull();
	expect(await trigger.poll()).toBeNull();
	expect(at.calls()).toEqual(['GET /api/tasks', 'GET /api/tasks']);
});

it('tells new, changed, state, done and gone, with the JSON as sent', async () => {
	const first = at.library.add({ targetDate: FAR });
	const trigger = await openTrigger();
	await trigger.poll();

	const second = at.library.add({ targetDate: FAR, subject: 'Second' });
	const [item] = (await trigger.poll())!;
	expect(item).toMatchObject({ id: 102, subject: 'Second', location: 'Book 1 / 4.2' });
	expect(eventOf(item)).toMatchObject({ type: 'new', previousStatus: null, source: 'poll' });

	at.library.change(first, { description: 'Other' });
	expect(seen(await trigger.poll())).toEqual(['changed 101']);
	at.library.change(second, { verifier: VIC });
	await trigger.poll();
	at.library.complete(second);
	const [moved] = (await trigger.poll())!;
	expect(eventOf(moved)).toMatchObject({ type: 'statusChanged', previousStatus: 'Assigned' });
	at.library.verify(second);
	expect(seen(await trigger.poll())).toEqual(['completed 102']);

	at.library.remove(second);
	const [gone] = (await trigger.poll())!;
	expect(gone).toMatchObject({
		id: '102',
		title: 'Second',
		status: 'Verified',
		event: { type: 'disappeared', previousStatus: 'Verified' },
	});
	expect(await trigger.poll()).toBeNull();
});

it('tells a target date near, passed, and moved', async () => {
	const task = at.library.add({ targetDate: inDays(3) });
	const trigger = await openTrigger({ events: ['dueSoon', 'overdue'], dueSoonDays: 1 });
	await trigger.poll();
	expect(await trigger.poll()).toBeNull();
	engine.clockAhead(2 * DAY);
	expect(seen(await trigger.poll())).toEqual(['dueSoon 101']);
	expect(await trigger.poll()).toBeNull();
	engine.clockAhead(5 * DAY);
	expect(seen(await trigger.poll())).toEqual(['overdue 101']);
	at.library.change(task, { targetDate: inDays(5) });
	expect(seen(await trigger.poll())).toEqual(['dueSoon 101']);
	at.library.complete(task);
	engine.clockAhead(9 * DAY);
	expect(await trigger.poll()).toBeNull();
});

it('fires each time for a state that goes back and forth, each with an ID of its own', async () => {
	at.library.options.times = false;
	const task = at.library.add({ targetDate: FAR });
	const trigger = await openTrigger();
	await trigger.poll();
	const ids: unknown[] = [];
	for (let round = 0; round < 2; round++) {
		at.library.complete(task);
		const [done] = (await trigger.poll())!;
		at.library.reopen(task);
		const [again] = (await trigger.poll())!;
		expect([done, again].map((item) => eventOf(item).type)).toEqual(['completed', 'statusChanged']);
		ids.push(eventOf(done).id, eventOf(again).id);
	}
	expect(new Set(ids).size).toBe(4);
});

it.each([
	['a refusal', () => at.library.fault({ path: /tasks/, status: 403, times: 1 })],
	['a page', () => at.library.fault({ path: /tasks/, status: 200, html: '<p>', times: 1 })],
	[
		'no list',
		() => at.library.fault({ path: /tasks/, status: 200, body: { error: 'x' }, times: 1 }),
	],
])('keeps its state over %s', async (_name, fault) => {
	at.library.add({ targetDate: FAR });
	const trigger = await openTrigger();
	await trigger.poll();
	const before = JSON.stringify(trigger.staticData());
	at.library.add({ targetDate: FAR });
	fault();
	await expect(trigger.poll()).rejects.toThrow();
	expect(JSON.stringify(trigger.staticData())).toBe(before);
	expect(seen(await trigger.poll())).toEqual(['new 102']);
});

describe('without an ID', () => {
	beforeEach(() => {
		Object.assign(at.library.options, { identifier: 'none', times: false });
	});

	it('a change is a task that disappeared and a new one, and the log says so', async () => {
		const task = at.library.add({ targetDate: FAR });
		at.library.add({ targetDate: FAR });
		const trigger = await openTrigger();
		engine.logged();
		await trigger.poll();
		expect(engine.logged().join()).toContain('2 of 2 tasks have no ID of their own');
		expect(await trigger.poll()).toBeNull();
		at.library.change(task, { subject: 'Other' });
		const types = (await trigger.poll())!.map((item) => eventOf(item).type);
		expect(types.sort()).toEqual(['disappeared', 'new']);
	});

	it('counts tasks that are the same in everything', async () => {
		for (let count = 0; count < 2; count++) at.library.add({ targetDate: FAR });
		const trigger = await openTrigger();
		await trigger.poll();
		at.library.add({ targetDate: FAR });
		expect((await trigger.poll())!.map((item) => eventOf(item).type)).toEqual(['new']);
	});

	it('refuses to watch for changes only', async () => {
		at.library.add();
		const trigger = await openTrigger({ events: ['changed'] });
		await expect(trigger.poll()).rejects.toThrow('Changes cannot be told');
	});

	it('takes the field the user names', async () => {
		const task = at.library.add({ targetDate: FAR });
		const trigger = await openTrigger({ options: { idField: 'location' } });
		await trigger.poll();
		at.library.change(task, { subject: 'Other' });
		expect((await trigger.poll())!.map((item) => eventOf(item).type)).toEqual(['changed']);
	});
});

it('an ID that two tasks have tells neither', async () => {
	at.library.options.text = '[{"id":1,"a":1},{"id":1,"a":2}]';
	const trigger = await openTrigger();
	await trigger.poll();
	at.library.options.text = '[{"id":1,"a":2},{"id":1,"a":1}]';
	expect(await trigger.poll()).toBeNull();
});

it('neither the order of keys nor an ignored field is a change; a key named event is kept', async () => {
	at.library.options.text = '[{"id":1,"a":1,"left":9,"event":"x"}]';
	const trigger = await openTrigger({ options: { ignoredFields: 'left' } });
	await trigger.poll();
	at.library.options.text = '[{"event":"x","left":8,"a":1,"id":1}]';
	expect(await trigger.poll()).toBeNull();
	at.library.options.text = '[{"event":"y","left":8,"a":1,"id":1}]';
	const [item] = (await trigger.poll())!;
	expect(eventOf(item)).toMatchObject({ type: 'changed', sent: 'y' });
});

it('compares whole lists only', async () => {
	Object.assign(at.library.options, { paging: 'next', envelope: 'tasks' });
	for (let count = 0; count < 3; count++) at.library.add({ targetDate: FAR });
	const one = await openTrigger();
	await expect(one.poll()).rejects.toThrow('only the first page');
	const all = await openTrigger({ options: { followPages: true } });
	await all.poll();
	at.library.remove(at.library.tasks[2]);
	expect(seen(await all.poll())).toEqual(['disappeared 103']);
});

it('shows samples in a manual run, of any event, and remembers nothing', async () => {
	for (let count = 0; count < 5; count++) at.library.add({ targetDate: FAR });
	for (const type of ['new', 'changed', 'statusChanged', 'disappeared']) {
		const trigger = await openTrigger({ events: [type] });
		const items = (await trigger.poll('manual'))!;
		expect(items.map((item) => eventOf(item).type)).toEqual([type, type, type]);
		expect(trigger.staticData()).toEqual({});
	}
});

it('10,000 unchanged tasks cost one listing and a small state', async () => {
	for (let count = 0; count < 10_000; count++) at.library.add({ targetDate: FAR });
	const trigger = await openTrigger({ events: ['new', 'changed'] });
	await trigger.poll();
	at.library.requests.clear();
	expect(await trigger.poll()).toBeNull();
	expect(at.calls()).toHaveLength(1);
	expect(JSON.stringify(trigger.staticData()).length).toBeLessThan(500_000);
}, 60_000);

it('gives the Task record with Simplify', async () => {
	const trigger = await openTrigger({ simple: true });
	await trigger.poll();
	at.library.add({ targetDate: FAR });
	const [item] = (await trigger.poll())!;
	expect(item).toMatchObject({ id: '101', title: 'Review clause 4.2', source: 'affinitext' });
});
