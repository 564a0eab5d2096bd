/** @jest-environment ./test/engine/environment.ts */
import { DateTime } from 'luxon';
import type { INodeParameters } from 'n8n-workflow';

import { VERA, type MambuOptions, type MambuTask } from '../../../sandbox';
import { engine } from '../../engine';
import { byName, useMambu, VERSIONS, type Version } from './sandboxed';

const at = useMambu();

const EVENTS = ['completed', 'dueSoon', 'new', 'overdue', 'statusChanged'];
const DAY = 24 * 3_600_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY);

const open = async (version: Version, parameters: INodeParameters = {}) =>
	await engine.openPolling({
		type: 'mambuTrigger',
		credential: at.credential(version),
		parameters: { events: EVENTS, ...parameters },
	});

type Polling = Awaited<ReturnType<typeof open>>;

/** `title: event (status before)` of one tick; empty when it is silent. */
async function tick(polling: Polling): Promise<string[]> {
	const emitted = await polling.poll();
	return (emitted ?? []).map(({ title, event }) => {
		const { type, previousStatus } = event as Record<string, string | null>;
		return `${String(title)}: ${type} (${previousStatus})`;
	});
}

const seed = (title: string, more: Partial<MambuTask> = {}) =>
	at.mambu.createTask({ title, dueDate: inDays(30), ...more });

/** The tenants this trigger can meet. */
const TENANTS: Array<Partial<MambuOptions>> = [
	{},
	{ overdueIsOpen: false },
	{ v1OverdueWord: 'OVERDUE', order: 'newestFirst' },
	{ v2OverdueFilter: 'refused' },
	{ v2OverdueFilter: 'ignored' },
	{ v2OverdueFilter: 'ignored', v2DefaultStatus: 'ALL' },
];

describe.each(VERSIONS)('in %s', (version) => {
	describe.each(TENANTS)('with %j', (options) => {
		beforeEach(() => Object.assign(at.mambu.options, options));

		it('remembers first, then tells each event once', async () => {
			const a = seed('a');
			const b = seed('b');
			const late = seed('late', { dueDate: inDays(-3) });
			const polling = await open(version);
			expect(await tick(polling)).toEqual([]);
			expect(await tick(polling)).toEqual([]);

			const c = seed('c');
			expect(await tick(polling)).toEqual(['c: new (null)']);

			at.mambu.complete(a);
			at.mambu.remove(b);
			at.mambu.complete(late);
			const word = version === 'v1' ? (options.v1OverdueWord ?? 'OPEN') : 'OPEN';
			expect((await tick(polling)).sort()).toEqual([
				'a: completed (OPEN)',
				`late: completed (${word})`,
			]);
			expect(await tick(polling)).toEqual([]);

			at.mambu.change(c, { dueDate: inDays(1) });
			expect(await tick(polling)).toEqual(['c: dueSoon (OPEN)']);
			at.mambu.change(c, { dueDate: inDays(-2) });
			expect(await tick(polling)).toEqual(['c: overdue (OPEN)']);
			expect(await tick(polling)).toEqual([]);
		});

		it('tells a status that goes back and forth each time', async () => {
			const task = seed('a');
			const polling = await open(version);
			await tick(polling);
			for (let n = 0; n < 3; n++) {
				at.mambu.complete(task);
				expect(await tick(polling)).toEqual(['a: completed (OPEN)']);
				at.mambu.reopen(task);
				expect(await tick(polling)).toEqual(['a: statusChanged (COMPLETED)']);
			}
			expect(await tick(polling)).toEqual([]);
		});
	});

	it('emits the Task record and the event', async () => {
		const task = seed('a');
		const polling = await open(version);
		await polling.poll();
		at.mambu.complete(task);
		const [item] = (await polling.poll()) ?? [];
		const stamp = item[version === 'v1' ? 'decidedAt' : 'updatedAt'] as string;
		expect(item).toMatchObject({
			id: task.encodedKey,
			status: 'COMPLETED',
			state: 'done',
			decision: null,
			event: {
				id: `mambu:${task.encodedKey}:COMPLETED:${stamp}`,
				type: 'completed',
				previousStatus: 'OPEN',
				source: 'poll',
			},
		});
	});

	it('does not list completed tasks while none left', async () => {
		for (let n = 0; n < 5; n++) at.mambu.complete(seed(`done ${n}`));
		const task = seed('a');
		const polling = await open(version);
		await polling.poll();
		await polling.poll();
		expect(at.calls().filter((call) => call.includes('COMPLETED'))).toEqual([]);
		at.mambu.requests.clear();
		at.mambu.complete(task);
		await polling.poll();
		const looked = at
			.calls()
			.filter((call) => call.includes('COMPLETED') || call.includes(`/${task.id}`));
		expect(looked.length).toBeGreaterThan(0);
		if (version === 'v2') expect(looked).toEqual([`GET /api/tasks/${task.id}`]);
	});

	it('finds many completions in one list', async () => {
		const tasks = Array.from({ length: 30 }, (_, n) => seed(`t${n}`));
		const polling = await open(version);
		await polling.poll();
		for (const task of tasks) at.mambu.complete(task);
		at.mambu.requests.clear();
		expect(await tick(polling)).toHaveLength(30);
		expect(at.calls().length).toBeLessThan(8);
	});

	it('keeps its memory over an error, wherever it happens', async () => {
		const task = seed('a');
		const polling = await open(version);
		await polling.poll();
		const before = JSON.stringify(polling.staticData());
		at.mambu.complete(task);
		seed('b');
		for (const fault of [
			{ path: /tasks$/, status: 500, times: 1 },
			{ path: /tasks/, status: 503, skip: version === 'v1' ? 3 : 2 },
			{ path: /tasks$/, html: '<h1>Sign in</h1>', status: 200, times: 1 },
		]) {
			const { remove } = at.mambu.fault(fault);
			await expect(polling.poll()).rejects.toThrow('Mambu');
			remove();
			expect(JSON.stringify(polling.staticData())).toBe(before);
		}
		expect((await tick(polling)).sort()).toEqual(['a: completed (OPEN)', 'b: new (null)']);
	});

	it('goes on after a restart with what it remembered', async () => {
		const tasks = ['a', 'b', 'c'].map((title) => seed(title));
		const polling = await open(version);
		await polling.poll();
		at.mambu.complete(tasks[0]);
		at.mambu.change(tasks[1], { dueDate: inDays(-2) });
		at.mambu.remove(tasks[2]);
		seed('d');
		at.mambu.complete(seed('e'));
		const again = await engine.openPolling({
			type: 'mambuTrigger',
			credential: at.credential(version),
			parameters: { events: EVENTS },
			staticData: JSON.parse(JSON.stringify(polling.staticData())),
		});
		expect((await tick(again)).sort()).toEqual([
			'a: completed (OPEN)',
			'b: overdue (OPEN)',
			'd: new (null)',
		]);
	});

	it('watches only what the filters let through', async () => {
		const link = { taskLinkKey: at.clientKey('16'), taskLinkType: 'CLIENT' as const };
		const filters = { clientId: '16', assignee: byName('vera') };
		const polling = await open(version, { filters });
		await polling.poll();
		seed('other');
		seed('client', link);
		seed('vera', { assignedUserKey: VERA.encodedKey });
		const task = seed('both', { ...link, assignedUserKey: VERA.encodedKey });
		expect(await tick(polling)).toEqual(['both: new (null)']);
		at.mambu.complete(task);
		expect(await tick(polling)).toEqual(['both: completed (OPEN)']);
	});

	it('is no news when a task leaves the filter and comes back', async () => {
		const task = seed('a');
		const polling = await open(version, { filters: { assignee: byName('demo') } });
		await polling.poll();
		const { assignedUserKey } = task;
		at.mambu.change(task, { assignedUserKey: VERA.encodedKey });
		expect(await tick(polling)).toEqual([]);
		at.mambu.change(task, { assignedUserKey });
		expect(await tick(polling)).toEqual([]);
	});

	it('shows samples in a manual run, remembering nothing', async () => {
		for (const title of ['a', 'b', 'c', 'd']) seed(title);
		at.mambu.complete(seed('e'));
		const samples = async (events: string[]) => {
			const polling = await open(version, { events });
			const items = await polling.poll('manual');
			expect(polling.staticData()).toEqual({});
			return items;
		};
		expect(await samples(['new'])).toHaveLength(3);
		expect(await samples(['completed'])).toMatchObject([{ title: 'e', status: 'COMPLETED' }]);
		expect(await samples(['overdue'])).toBeNull();
	});

	it('shows a sample as what happened to it last', async () => {
		seed('late', { dueDate: inDays(-3) });
		const polling = await open(version, { events: ['new', 'overdue'] });
		expect(await polling.poll('manual')).toMatchObject([{ event: { type: 'overdue' } }]);
	});

	it.each(['oldestFirst', 'newestFirst'] as const)(
		'tells the oldest first, also when the tenant lists them %s',
		async (order) => {
			at.mambu.options.order = order;
			const polling = await open(version);
			await polling.poll();
			for (const title of ['first', 'second', 'third']) {
				seed(title);
				await at.sandbox.clock.advance(60_000);
			}
			expect(await tick(polling)).toEqual(
				['first', 'second', 'third'].map((t) => `${t}: new (null)`),
			);
		},
	);

	it('gives the untouched JSON without Simplify', async () => {
		const polling = await open(version, { simple: false });
		await polling.poll();
		seed('a');
		const [item] = (await polling.poll()) ?? [];
		expect(item).toMatchObject({ id: 1, title: 'a', status: 'OPEN', event: { type: 'new' } });
	});

	it('reads 10,000 unchanged tasks in one listing', async () => {
		for (let n = 0; n < 10_000; n++) seed(String(n));
		const polling = await open(version);
		expect(await polling.poll()).toBeNull();
		at.mambu.requests.clear();
		expect(await polling.poll()).toBeNull();
		expect(at.calls().length).toBeLessThanOrEqual(16);
		expect(JSON.stringify(polling.staticData()).length).toBeLessThan(400_000);
	});
});

describe('the time zone', () => {
	/** The workflow's day, which in the hour before midnight UTC is the next one already. */
	const dayIn = (days: number) => {
		const today = DateTime.now().setZone('Europe/Prague').plus({ days });
		return new Date(today.toISODate()!);
	};

	it('of the workflow decides when a day is over', async () => {
		const polling = await open('v2', { events: ['overdue'] });
		seed('a', { dueDate: dayIn(0) });
		await polling.poll();
		engine.clockAhead(DAY);
		expect(await tick(polling)).toEqual(['a: overdue (OPEN)']);
	});

	it('counts the days that Due Soon asks for', async () => {
		seed('a', { dueDate: dayIn(5) });
		const polling = await open('v2', { events: ['dueSoon'], dueSoonDays: 3 });
		await polling.poll();
		engine.clockAhead(DAY);
		expect(await tick(polling)).toEqual([]);
		engine.clockAhead(2 * DAY);
		expect(await tick(polling)).toEqual(['a: dueSoon (OPEN)']);
	});
});

describe('the last that left', () => {
	it('are 1,000', async () => {
		const tasks = Array.from({ length: 1100 }, (_, n) => seed(String(n)));
		const polling = await open('v1');
		await polling.poll();
		for (const task of tasks) at.mambu.remove(task);
		await polling.poll();
		const { left } = polling.staticData() as { left: object };
		expect(Object.keys(left)).toHaveLength(1000);
	});
});

describe('From List', () => {
	it('finds tasks by title, and users by name', async () => {
		seed('Open a door');
		at.mambu.complete(seed('Done'));
		for (const version of VERSIONS) {
			const search = async (operation: string, filter?: string, method?: string) =>
				(
					await engine.searchList(
						{
							type: 'mambu',
							credential: at.credential(version),
							parameters: { resource: 'task', operation },
						},
						filter,
						method,
					)
				).map(({ name }) => name);
			expect(await search('get')).toEqual(['1 Open a door (OPEN)', '2 Done (COMPLETED)']);
			expect(await search('get', 'DOOR')).toEqual(['1 Open a door (OPEN)']);
			expect(await search('complete')).toEqual(['1 Open a door (OPEN)']);
			expect(await search('reopen')).toEqual(['2 Done (COMPLETED)']);
			expect(await search('create', 'vera', 'searchUsers')).toEqual(['Vera Viewer (vera)']);
		}
	});
});

it('a tenant that is busy is not taken for one that cannot list overdue tasks', async () => {
	at.mambu.options.overdueIsOpen = false;
	seed('late', { dueDate: inDays(-3) });
	const polling = await open('v2', { events: ['completed'] });
	const busy = {
		status: 400,
		body: { returnCode: 60, returnStatus: 'BLOCKING_OPERATION_IN_PROGRESS' },
	};
	const { remove } = at.mambu.fault({ path: /tasks/, times: 1, ...busy });
	expect(await polling.poll()).toBeNull();
	remove();
	expect(await polling.poll()).toBeNull();
	at.mambu.complete(at.mambu.tasks[0]);
	expect(await tick(polling)).toEqual(['late: completed (OPEN)']);
});
