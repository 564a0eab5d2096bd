/** @jest-environment ./test/engine/environment.ts */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { engine } from '../../engine';
import { useSandbox } from './sandboxed';

const used = useSandbox();
const HOUR = 3_600_000;
const ALL = ['new', 'statusChanged', 'completed', 'overdue', 'dueSoon'];

const open = async (parameters: INodeParameters = {}, user = 'bob', staticData?: IDataObject) =>
	await engine.openPolling({
		type: 'nutrientTrigger',
		credential: used.as(user),
		parameters: { watch: 'tasks', events: ALL, ...parameters },
		staticData,
	});

const seen = (items: IDataObject[] | null) =>
	(items ?? []).map((item) => {
		const { type, previousStatus } = item.event as IDataObject;
		return [type, previousStatus, item.status, item.state];
	});

const dueIn = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

describe('the Nutrient trigger on tasks', () => {
	it('is silent first, then tells what is new, with the record and its event', async () => {
		used.nutrient.createApproval();
		const trigger = await open();
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();
		const { recipientTaskSid } = used.nutrient.createApproval({ name: 'Laptops' });
		expect(await trigger.poll()).toEqual([
			expect.objectContaining({
				id: recipientTaskSid,
				title: 'Manager Approval',
				description: 'Laptops',
				event: {
					id: `nutrient:${recipientTaskSid}:Started:new:1`,
					type: 'new',
					previousStatus: null,
					source: 'poll',
					receivedAt: expect.any(String) as string,
				},
			}),
		]);
		expect(await trigger.poll()).toBeNull();
	});

	it('shows the newest in a manual run, and remembers nothing', async () => {
		for (let n = 0; n < 5; n++) used.nutrient.createApproval();
		const trigger = await open();
		expect(await trigger.poll('manual')).toHaveLength(3);
		expect(trigger.staticData()).toEqual({});
		const raw = await open({ simple: false });
		expect((await raw.poll('manual'))?.[0]).toMatchObject({ taskState: 'Started' });
	});

	it('tells what became of a task that left the list', async () => {
		const { nutrient } = used;
		const [approved, cancelled, reassigned, stays] = [1, 2, 3, 4].map(() =>
			nutrient.createApproval(),
		);
		const trigger = await open();
		await trigger.poll();
		nutrient.workflow.decide(approved, 'Approve', '');
		nutrient.workflow.cancel(nutrient.workflow.instance(cancelled.instanceSid));
		nutrient.workflow.reassign(reassigned, nutrient.options.users[2]);
		nutrient.requests.clear();
		const items = await trigger.poll();
		expect(seen(items)).toEqual([
			['completed', 'Started', 'Completed', 'done'],
			['statusChanged', 'Started', 'Cancelled', 'cancelled'],
			['statusChanged', 'Started', 'Reassigned', 'cancelled'],
		]);
		expect(items?.map(({ id, decision }) => [id, decision])).toEqual(
			[approved, cancelled, reassigned].map(({ recipientTaskSid }) => [recipientTaskSid, null]),
		);
		// the listing, and the three requests they belonged to
		expect(used.received()).toHaveLength(4);
		expect(used.calls().some((call) => call.includes(stays.instanceSid))).toBe(false);
		expect(await trigger.poll()).toBeNull();
	});

	it('tells a completion as a change of status to those who asked for these only', async () => {
		const task = used.nutrient.createApproval();
		const trigger = await open({ events: ['statusChanged'] });
		await trigger.poll();
		used.nutrient.workflow.decide(task, 'Deny', '');
		expect(seen(await trigger.poll())).toEqual([['statusChanged', 'Started', 'Completed', 'done']]);
	});

	it.each([403, 404])('tells that a task is gone when its request answers %d', async (status) => {
		const { recipientTaskSid, instanceSid } = used.nutrient.createApproval();
		const trigger = await open();
		await trigger.poll();
		used.nutrient.tasks.splice(0);
		used.nutrient.fault({ path: /recipientTask\/list/, status, body: { message: 'No' } });
		const items = await trigger.poll();
		expect(seen(items)).toEqual([['statusChanged', 'Started', null, 'done']]);
		expect(items?.[0].id).toBe(recipientTaskSid);
		expect(used.calls().at(-1)).toContain(instanceSid);
		expect(await trigger.poll()).toBeNull();
	});

	it('tells each change of a status that goes back and forth', async () => {
		const task = used.nutrient.createApproval();
		const trigger = await open();
		await trigger.poll();
		const types: unknown[] = [];
		for (const state of ['In Progress', 'Started', 'In Progress']) {
			task.state = state;
			types.push(...seen(await trigger.poll()));
		}
		expect(types).toEqual([
			['statusChanged', 'Started', 'In Progress', 'open'],
			['statusChanged', 'In Progress', 'Started', 'open'],
			['statusChanged', 'Started', 'In Progress', 'open'],
		]);
	});

	it('tells once that a task is due soon, and once that it is overdue, again for a new date', async () => {
		const trigger = await open({ events: ['dueSoon', 'overdue'], dueSoonHours: 2 });
		await trigger.poll();
		const task = used.nutrient.createApproval({ dueDate: dueIn(3) });
		expect(await trigger.poll()).toBeNull();
		task.dueDate = dueIn(1);
		expect(seen(await trigger.poll())).toEqual([['dueSoon', 'Started', 'Started', 'open']]);
		expect(await trigger.poll()).toBeNull();
		task.dueDate = dueIn(-1);
		const [overdue] = (await trigger.poll()) ?? [];
		expect(overdue.event).toMatchObject({
			type: 'overdue',
			id: `nutrient:${task.recipientTaskSid}:overdue:${task.dueDate}`,
		});
		expect(await trigger.poll()).toBeNull();
		task.dueDate = dueIn(-2);
		expect(seen(await trigger.poll())).toEqual([['overdue', 'Started', 'Started', 'open']]);
	});

	it.each([
		['the listing', /mytask\/list/],
		['a look-up', /recipientTask\/list/],
	])('keeps its state when %s fails', async (_name, path) => {
		const task = used.nutrient.createApproval();
		const trigger = await open();
		await trigger.poll();
		const before = JSON.stringify(trigger.staticData());
		used.nutrient.workflow.decide(task, 'Approve', '');
		const later = used.nutrient.createApproval();
		const fault = used.nutrient.fault({ path, status: 503 });
		await expect(trigger.poll()).rejects.toThrow(/^Nutrient could not process/);
		expect(JSON.stringify(trigger.staticData())).toBe(before);
		fault.remove();
		const items = (await trigger.poll()) ?? [];
		expect(items.map(({ id }) => id).sort()).toEqual(
			[task, later].map(({ recipientTaskSid }) => recipientTaskSid).sort(),
		);
	});

	it('tells after a restart just what happened meanwhile', async () => {
		const task = used.nutrient.createApproval();
		const first = await open();
		await first.poll();
		used.nutrient.workflow.decide(task, 'Approve', '');
		used.nutrient.createApproval();
		const state = JSON.parse(JSON.stringify(first.staticData())) as IDataObject;
		const second = await open({}, 'bob', state);
		expect(seen(await second.poll()).map(([type]) => type)).toEqual(['new', 'completed']);
	});

	it('reads 10,000 unchanged tasks in one listing, and keeps little', async () => {
		const template = used.nutrient.createApproval();
		const { tasks } = used.nutrient;
		for (let n = 1; n < 10_000; n++) {
			const sid = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
			tasks.push({ ...template, recipientTaskSid: sid });
		}
		const trigger = await open();
		await trigger.poll();
		const before = JSON.stringify(trigger.staticData());
		expect(before.length).toBeLessThan(900_000);
		used.nutrient.requests.clear();
		expect(await trigger.poll()).toBeNull();
		expect(used.received().every(({ path }) => path === '/api/instance/mytask/list')).toBe(true);
		expect(used.received().length).toBeLessThan(105);
		expect(JSON.stringify(trigger.staticData())).toBe(before);
	}, 180_000);
});

describe('the Nutrient trigger on requests', () => {
	const watch = { watch: 'requests', events: ['new', 'statusChanged', 'completed'] };

	it('tells what is new, every milestone, and how a request ended', async () => {
		const { nutrient } = used;
		const trigger = await open(watch, 'ada');
		expect(await trigger.poll()).toBeNull();
		const task = nutrient.createApproval({ name: 'Laptops' });
		const instance = nutrient.workflow.instance(task.instanceSid);
		expect(seen(await trigger.poll())).toEqual([['new', null, 'Started', 'open']]);
		instance.lastMilestone = 'Budget; checked';
		expect(seen(await trigger.poll())).toEqual([
			['statusChanged', 'Started', 'Budget; checked', 'open'],
		]);
		nutrient.workflow.decide(task, 'Approve', '');
		const items = await trigger.poll();
		expect(seen(items)).toEqual([['completed', 'Budget; checked', 'Completed', 'done']]);
		expect(items?.[0]).toMatchObject({ id: instance.sid, decision: null, title: 'Laptops' });
		expect(used.received().at(-1)?.query).toMatchObject({
			status: 'completed',
			id_range_start: String(instance.id),
			id_range_end: String(instance.id),
		});
		expect(await trigger.poll()).toBeNull();
	});

	it('tells a cancellation as a change of status, and nothing of what was deleted', async () => {
		const { nutrient } = used;
		const [first, second] = [nutrient.startRequest(), nutrient.startRequest()];
		const trigger = await open(watch, 'ada');
		await trigger.poll();
		nutrient.workflow.cancel(first);
		nutrient.instances.splice(nutrient.instances.indexOf(second), 1);
		expect(seen(await trigger.poll())).toEqual([
			['statusChanged', 'Started', 'Cancelled', 'cancelled'],
		]);
		expect(await trigger.poll()).toBeNull();
	});

	it('asks only for what its filters say', async () => {
		const filters = { name: 'Lap', processId: 'p1' };
		const trigger = await open({ ...watch, filters }, 'ada');
		await trigger.poll();
		expect(used.received()[0].query).toMatchObject({
			status: 'open',
			instance_name: 'Lap',
			process_sid: 'p1',
		});
	});
});
