/** @jest-environment ./test/engine/environment.ts */
import { MAX, VERA } from '../../../sandbox';
import { engine } from '../../engine';
import { DONE, leaving, ONE_HOUR, useLoops, type Loop } from '../looped';
import { waitsUntilDone } from '../waitUntilDone';
import { useMambu, VERSIONS, type Version } from './sandboxed';

const at = useMambu();
const waited = (title: string) => {
	const task = at.mambu.createTask({ title });
	return {
		entered: String(task.id),
		id: task.encodedKey,
		task,
		complete: () => at.mambu.complete(task, VERA),
		edit: (now: string) => at.mambu.change(task, { title: now }),
		remove: () => at.mambu.remove(task),
	};
};
const world = (version: Version) => ({
	type: 'mambu',
	credential: () => at.credential(version),
	add: waited,
	fault: (rule: Parameters<typeof at.mambu.fault>[0]) => at.mambu.fault(rule),
	looks: /tasks/,
	secret: () => String(MAX.apiKey),
	goneAfter: version === 'v1' ? 2 : 1,
	notThere: /^Task 4711 was not found/,
	nowhere: '4711',
	dates: version === 'v1',
	unknown: [
		...[/knows no approval/, /no "no" either/, /do not tell who completed them/, /not when/],
		...[/at the limit does not count/, /part of API V1 and may be refused/, /given to a colleague/],
		...[/lost from sight is "cancelled"/, /Nothing calls n8n/],
	],
});

describe.each(VERSIONS)('in %s', (version) => {
	const { openFor, ended } = waitsUntilDone(world(version));

	it('finds a task by its key, too', async () => {
		const one = waited('By key');
		const loop = await openFor([{ ...one, entered: one.id }]);
		one.complete();
		await loop.wake();
		expect(ended(loop).done).toEqual([[one.id, 'done', false, 1]]);
	});

	it('refuses one task under its key and its number, where all are one question', async () => {
		const [one, other] = [waited('One'), waited('Two')];
		const entered = [other, one, { ...one, entered: one.id }];
		const loop = await openFor(entered, { grouping: 'all' });
		expect([loop.status, loop.error?.message, loop.error?.itemIndex]).toEqual([
			'error',
			`Items 1 and 2 are the same task, ${one.id}`,
			2,
		]);
	});

	it.each(['OPEN', 'COMPLETED'] as const)(
		'is not done by another task that has its number now and is %s',
		async (status) => {
			const one = waited('One');
			const loop = await openFor([one]);
			one.remove();
			const other = waited('One').task;
			Object.assign(other, { id: one.task.id, status });
			for (let looks = 1; looks < world(version).goneAfter; looks++) {
				await loop.wake();
				expect(loop.status).toBe('waiting');
			}
			await loop.wake();
			expect(ended(loop)).toEqual({ done: [], not: [[one.id, 'cancelled', false, 1]] });
		},
	);

	it('names who completed it, as the tenant has recorded it, where that is asked for', async () => {
		const tasks = [waited('One'), waited('Two')];
		const loop = await openFor(tasks, { options: { whoCompleted: true } });
		at.mambu.requests.clear();
		tasks[0].complete();
		at.mambu.complete(tasks[1].task);
		await loop.wake();
		ended(loop);
		expect(loop.arrived('Done').map(({ json }) => [json.decidedBy, typeof json.decidedAt])).toEqual(
			[VERA, MAX].map(({ encodedKey: id, firstName, lastName, email }) => [
				{ id, name: `${firstName} ${lastName}`, email, provenance: 'verified' },
				'string',
			]),
		);
		const feeds = at.mambu.requests.filter(({ path }) => path === '/api/activities');
		const day = (ahead: number) =>
			new Date(Date.parse(String(loop.arrived('Done')[0].json.updatedAt)) + ahead * 86_400_000)
				.toISOString()
				.slice(0, 10);
		// version 1 tells no length: where the feed seems to end, it is asked whether it does
		const query = { from: day(-1), to: day(1), limit: '1000' };
		expect(feeds.map((feed) => feed.query)).toEqual(
			['0', '3', '4'].map((offset) => ({ ...query, offset })),
		);
		expect(feeds[0].headers.accept).toBe('application/vnd.mambu.v1+json');
		expect(feeds[0].headers.apikey).toBe(MAX.apiKey);
	});

	it('has its name from the feed where the login may not read users', async () => {
		const one = waited('One');
		one.complete();
		const loop = await openFor(
			[one],
			{ options: { whoCompleted: true } },
			{ credential: { ...at.credential(version), apiKey: String(VERA.apiKey) } },
		);
		ended(loop);
		const { encodedKey: id } = VERA;
		expect(loop.arrived('Done')[0].json.decidedBy).toEqual({
			...{ id, name: 'Vera Viewer', email: null, provenance: 'verified' },
		});
	});

	it.each([
		['refused', /could not read the activity feed/],
		['late', /it does not name one$/],
	] as const)('ends all the same when the feed is %s, and says so', async (how, why) => {
		at.mambu.options.activities = how;
		const one = waited('One');
		const loop = await openFor([one], { options: { whoCompleted: true } });
		one.complete();
		await loop.wake();
		expect(ended(loop).done).toEqual([[one.id, 'done', false, 1]]);
		expect(loop.arrived('Done')[0].json.decidedBy).toBeNull();
		expect(loop.hints).toEqual([expect.stringMatching(/^Who completed a task is not known/)]);
		expect(loop.hints[0]).toMatch(why);
	});

	it('reads no feed where nobody asks who', async () => {
		const one = waited('One');
		one.complete();
		ended(await openFor([one]));
		expect(at.calls().filter((call) => !call.includes('/api/tasks'))).toEqual([]);
	});
});

describe('in v2', () => {
	const open = useLoops(() => ({ type: 'mambu', credential: at.credential('v2'), outputs: DONE }));
	const add = (count: number) => Array.from({ length: count }, (_, n) => waited(`Task ${n + 1}`));
	const ids = (tasks: Array<{ id: string }>) => tasks.map(({ id }) => id);
	const who = { options: { whoCompleted: true } };
	const look = async (loop: Loop) => {
		at.mambu.requests.clear();
		await loop.wake();
		return at.mambu.requests.map(({ path }) => path.replace('/api/tasks', ''));
	};

	it('L10: the feed dates what the task does not, before the deadline and after it', async () => {
		const [early, late] = add(2);
		const loop = await open(ids([early, late]), { ...ONE_HOUR, ...who });
		early.complete();
		engine.clockAhead(61 * 60_000);
		late.complete();
		await loop.wake();
		expect(leaving(loop, 'Done')).toEqual([[early.id, 'done', false, 1]]);
		expect(leaving(loop, 'No Decision')).toEqual([[late.id, 'timedOut', false, 2]]);
	});

	it.each([
		['the last to complete it is named, not one before', [VERA, null, MAX], MAX],
		['who completed and reopened it is not, nor anybody else', [VERA, null], null],
	])('%s', async (_name, steps, expected) => {
		const [one] = add(1);
		const loop = await open(ids([one]), who);
		for (const [n, user] of steps.entries()) {
			engine.clockAhead(n * 2000);
			if (user) at.mambu.complete(one.task, user);
			else at.mambu.reopen(one.task);
		}
		// as a tenant whose feed knows of what its task does not tell yet
		one.task.status = 'COMPLETED';
		await loop.wake();
		const { decidedBy } = loop.arrived('Done')[0].json;
		expect(decidedBy).toEqual(expected && expect.objectContaining({ id: expected.encodedKey }));
	});

	it('names nobody where two completed it within the second that the feed tells', async () => {
		const [one] = add(1);
		one.complete();
		at.mambu.reopen(one.task);
		at.mambu.complete(one.task, MAX);
		for (const activity of at.mambu.store.activities) {
			activity.timestamp = one.task.lastModifiedDate;
		}
		const loop = await open(ids([one]), who);
		expect(loop.arrived('Done')[0].json.decidedBy).toBeNull();
		expect(loop.hints).toHaveLength(1);
	});

	it('reads the feed once for a task that others wait with', async () => {
		const [one, other] = add(2);
		const loop = await open(ids([one, other]), { grouping: 'all', ...who });
		one.complete();
		const feeds = (paths: string[]) => paths.filter((path) => path === '/api/activities').length;
		expect(feeds(await look(loop))).toBe(3);
		expect(feeds(await look(loop))).toBe(0);
	});

	it.each([
		['half a second before the deadline', 59.5 * 60_000 + 29_500, undefined],
		['before the deadline and ends after it', 59 * 60_000, 61 * 60_000],
	])('L10: a look that begins %s is followed by the last one', async (_name, begins, ends) => {
		const [one] = add(1);
		const loop = await open(ids([one]), ONE_HOUR);
		engine.clockAhead(begins);
		const before = () => ends !== undefined && engine.clockAhead(ends);
		at.mambu.fault({ path: /tasks/, before, times: 1 });
		await loop.replay(loop.stored);
		expect([loop.error, loop.status]).toEqual([null, 'waiting']);
		await loop.wake();
		expect([loop.error, loop.status]).toEqual([null, 'success']);
		expect(leaving(loop, 'No Decision')).toEqual([[one.id, 'timedOut', false, 1]]);
	});

	it('L7: a look is a read for each task that is asked for, and no more', async () => {
		for (let n = 0; n < 30; n++) at.mambu.createTask();
		const tasks = add(3);
		const loop = await open(ids(tasks));
		expect((await look(loop)).sort()).toEqual(
			ids(tasks)
				.map((id) => `/${id}`)
				.sort(),
		);
		tasks[1].complete();
		expect(await look(loop)).toHaveLength(3);
		// its answer is in
		expect((await look(loop)).sort()).toEqual([`/${tasks[0].id}`, `/${tasks[2].id}`].sort());
	});

	it('L7: of many tasks a page of open ones tells most, and only the others are read', async () => {
		const tasks = add(12);
		// by their keys, and by their numbers
		const loop = await open(tasks.map(({ id, entered }, n) => (n < 6 ? id : entered)));
		expect(await look(loop)).toEqual(['']);
		tasks[4].complete();
		tasks[5].remove();
		const paths = await look(loop);
		expect(paths[0]).toBe('');
		expect(paths.slice(1).sort()).toEqual([`/${tasks[4].id}`, `/${tasks[5].id}`].sort());
		expect(await look(loop)).toEqual(['']);
		for (const one of tasks) if (at.mambu.tasks.includes(one.task)) one.complete();
		await loop.wake();
		expect(leaving(loop, 'Done')).toHaveLength(11);
		expect(leaving(loop, 'No Decision')).toEqual([[tasks[5].id, 'cancelled', false, 6]]);
	});

	it('takes nothing from a page of open tasks that is another task by its number', async () => {
		const tasks = add(12);
		const loop = await open(tasks.map(({ entered }) => entered));
		expect(await look(loop)).toEqual(['']);
		const [gone] = tasks;
		gone.remove();
		waited('Task 1').task.id = gone.task.id;
		expect(await look(loop)).toEqual(['', `/${gone.entered}`]);
		for (const one of tasks.slice(1)) one.complete();
		await loop.wake();
		expect(leaving(loop, 'Done')).toHaveLength(11);
		expect(leaving(loop, 'No Decision')).toEqual([[gone.id, 'cancelled', false, 1]]);
	});

	it('L9: reads each task where the page shows other texts than the task', async () => {
		const tasks = add(10);
		const { fault } = at.mambu;
		const rows = tasks.map(({ id, entered }) => ({
			...{ encodedKey: id, id: Number(entered), title: 'Shortened…', status: 'OPEN' },
		}));
		fault({ path: /tasks$/, status: 200, body: rows, headers: { 'Items-Total': '10' } });
		const loop = await open(ids(tasks));
		expect(await look(loop)).toHaveLength(10);
		for (const one of tasks) one.complete();
		await loop.wake();
		expect(leaving(loop, 'Done')).toHaveLength(10);
	});
});

describe('in v1', () => {
	const open = useLoops(() => ({ type: 'mambu', credential: at.credential('v1'), outputs: DONE }));

	it('L7: reads the lists until all are found', async () => {
		const tasks = [waited('One'), waited('Two')];
		const loop = await open(tasks.map(({ id }) => id));
		const look = async () => {
			at.mambu.requests.clear();
			await loop.wake();
			return at.mambu.requests.map(({ query }) => query.status);
		};
		expect(await look()).toEqual(['OPEN']);
		tasks[0].complete();
		// where a list seems to end, it is asked whether it does
		expect(await look()).toEqual(['OPEN', 'OPEN', 'OPEN', 'OVERDUE', 'COMPLETED']);
		expect(await look()).toEqual(['OPEN']);
	});
});

describe('in v2, with a right that is lost', () => {
	const open = useLoops(() => ({ type: 'mambu', credential: at.credential('v2'), outputs: DONE }));

	it('F14: a task that may not be read any more is left for later, and the others go on', async () => {
		const tasks = [waited('Open'), waited('Hidden')];
		const loop = await open(tasks.map(({ entered }) => entered));
		const path = new RegExp(`/tasks/${tasks[1].entered}$`);
		const hidden = at.mambu.fault({ path, status: 403 });
		tasks[0].complete();
		await loop.wake();
		const { entered } = tasks[1];
		expect([loop.status, loop.hints]).toEqual([
			'waiting',
			[expect.stringMatching(`Task ${entered} could not be read at this look`)],
		]);
		hidden.remove();
		at.mambu.requests.clear();
		tasks[1].complete();
		await loop.wake();
		// the one that was read then is not read again
		expect(at.mambu.requests.map((request) => request.path)).toEqual([expect.stringMatching(path)]);
		expect(leaving(loop, 'Done').map(([id]) => id)).toEqual(tasks.map(({ id }) => id));
	});
});
