/** @jest-environment ./test/engine/environment.ts */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ADA as NUTRIENT_ADA, BOB as NUTRIENT_BOB } from '../../sandbox/nutrient/options';
import { MAX } from '../../sandbox/mambu/users';
import { engine } from '../engine';
import { openLibrary } from './Affinitext/sandboxed';
import { openSandbox as openAppmixer, PLUGIN } from './Appmixer/sandboxed';
import { byName, newTask, openMambu, VERSIONS } from './Mambu/sandboxed';
import { openSandbox as openNutrient } from './Nutrient/sandboxed';
import { openSandbox as openOpentaps } from './Opentaps/sandboxed';
import { useOpened } from './useOpened';

type Run = Awaited<ReturnType<typeof engine.runNode>>;

const idsOf = ({ outputs, error }: Run, name = 'id') => {
	expect(error).toBeNull();
	return outputs[0].map(({ json }) => String(json[name]));
};
const typesOf = (items: IDataObject[] | null) =>
	(items ?? []).map(({ event }) => (event as IDataObject).type);
const ALL: INodeParameters = { returnAll: true };
const times = <T>(count: number, make: (index: number) => T): T[] =>
	Array.from({ length: count }, (_, index) => make(index));

/** Once each, and all of them. */
function expectAll(found: string[], wanted: string[]): void {
	expect(new Set(found).size).toBe(found.length);
	expect([...found].sort()).toEqual([...wanted].sort());
}

describe('F7: Appmixer', () => {
	const at = useOpened(async () => await openAppmixer({ maxLimit: 100, shuffleTies: true }));
	/** Half of them due at the same time. */
	const create = (count: number) =>
		times(count, (index) => {
			const task = at.sandbox.appmixer.createTask({ title: `T${index % 3}` });
			task.decisionBy = new Date(Date.UTC(2099, 0, 1 + (index % 2)));
			return task;
		});
	const lists = () => at.sandbox.requests.filter(({ path }) => path === `${PLUGIN}/tasks`);
	/** One that is on the first page leaves the filter before the second is read. */
	const leaveBetweenPages = () => {
		let left = '';
		at.sandbox.appmixer.beforeList = async ({ offset, limit, sort = '' }) => {
			if (left !== '' || Number(offset) === 0 || limit === '1') return;
			const { tasks } = at.sandbox.appmixer;
			const key = String(sort).split(':')[0] as 'taskId';
			const [first] = [...tasks].sort((a, b) => (a[key] < b[key] ? -1 : 1));
			left = first.taskId;
			await at.sandbox.appmixer.approve(left);
		};
		return () => left;
	};

	it('Get Many has 1,000 pending tasks when one leaves between two pages', async () => {
		const ids = create(1000).map(({ taskId }) => taskId);
		const left = leaveBetweenPages();
		const found = idsOf(await at.run('task:getAll', { ...ALL, filters: { status: 'pending' } }));
		expect(left()).not.toBe('');
		expectAll(found, ids);
	});

	it.each(['decisionBy', 'title', 'mtime', 'created'])(
		'Get Many has all in the order of %s, where many are equal',
		async (sortBy) => {
			const tasks = create(250);
			const key = ({ json }: { json: IDataObject }) => String(json[sortBy]);
			for (const sortDirection of ['1', '-1']) {
				for (const parameters of [ALL, { limit: 150 }]) {
					const options = { sortBy, sortDirection, exclude: ['description'] };
					const run = await at.run('task:getAll', { ...parameters, simple: false, options });
					const wanted = tasks
						.map((task) => String(JSON.parse(JSON.stringify(task[sortBy as 'title']))))
						.sort();
					if (sortDirection === '-1') wanted.reverse();
					expect(run.error).toBeNull();
					expect(run.outputs[0].map(key)).toEqual(wanted.slice(0, parameters === ALL ? 250 : 150));
					expect(new Set(idsOf(run, 'taskId')).size).toBe(run.outputs[0].length);
				}
			}
		},
	);

	it('Get Many of more than the server gives has all when one leaves before they are counted', async () => {
		Object.assign(at.sandbox.appmixer.options, { shuffleTies: false });
		const tasks = create(101);
		const before = () => void at.sandbox.appmixer.approve(tasks[50].taskId);
		at.sandbox.fault({ path: /tasks-count$/, times: 1, before });
		const filters = { status: 'pending' };
		const found = idsOf(await at.run('task:getAll', { limit: 150, filters }));
		const stayed = tasks.filter(({ status }) => status === 'pending').map(({ taskId }) => taskId);
		expect(stayed).toHaveLength(100);
		expect(found).toEqual(expect.arrayContaining(stayed));
	});

	it('Get Many of some has what it is to have when one leaves between two pages, and soon', async () => {
		Object.assign(at.sandbox.appmixer.options, { shuffleTies: false });
		const tasks = create(250);
		tasks.forEach((task, index) => (task.created = new Date(Date.UTC(2026, 0, 1, 0, index))));
		const before = () => void at.sandbox.appmixer.approve(tasks[200].taskId);
		at.sandbox.fault({ path: /tasks$/, skip: 1, times: 1, before });
		const filters = { status: 'pending' };
		const found = idsOf(await at.run('task:getAll', { limit: 150, filters }));
		expect(new Set(found).size).toBe(150);
		expect(lists().length).toBeLessThan(12);
	});

	it('Get Many sorts by a field that is left out of the answer', async () => {
		create(120);
		const options = { sortBy: 'decisionBy', sortDirection: '1', exclude: ['decisionBy'] };
		const run = await at.run('task:getAll', { ...ALL, simple: false, options });
		const order = idsOf(run, 'taskId').map((id) =>
			Number(at.sandbox.appmixer.tasks.find(({ taskId }) => taskId === id)!.decisionBy),
		);
		expect(order).toEqual([...order].sort());
		expect(run.outputs[0][0].json).not.toHaveProperty('decisionBy');
	});

	it('Get Many of a few does not read the rest', async () => {
		create(250);
		at.sandbox.appmixer.options.maxLimit = Infinity;
		for (const limit of [50, 200]) {
			at.sandbox.requests.clear();
			expect(idsOf(await at.run('task:getAll', { limit }))).toHaveLength(limit);
			expect(lists()).toHaveLength(1);
		}
	});

	it('Get Many has all where the server gives one entry per page', async () => {
		at.sandbox.appmixer.options.maxLimit = 1;
		const ids = create(12).map(({ taskId }) => taskId);
		expectAll(idsOf(await at.run('task:getAll', ALL)), ids);
		expectAll(idsOf(await at.run('task:getAll', { limit: 50 })), ids);
	});

	it('the trigger watches 1,000 open tasks when one leaves between two pages', async () => {
		const ids = create(1000).map(({ taskId }) => taskId);
		const left = leaveBetweenPages();
		const trigger = await engine.openTrigger({
			parameters: { events: ['approved'], options: { cap: 2000 } },
			credential: at.ada,
		});
		try {
			await trigger.create();
			const watched = at.sandbox.appmixer.webhooks.map(({ taskId }) => taskId);
			expect(watched).toEqual(expect.arrayContaining(ids.filter((id) => id !== left())));
			expect(new Set(watched).size).toBe(watched.length);
		} finally {
			await trigger.close();
		}
	});

	it('the polling trigger tells nothing of what it did not miss', async () => {
		create(450);
		const polling = await engine.openPolling({
			parameters: { events: ['new', 'approved'] },
			credential: at.ada,
		});
		expect(await polling.poll()).toBeNull();
		const left = leaveBetweenPages();
		expect(typesOf(await polling.poll())).toEqual([]);
		expect(left()).not.toBe('');
		expect(typesOf(await polling.poll())).toEqual(['approved']);
	});

	it('From List offers what one page gives', async () => {
		create(150);
		const found = await engine.searchList({
			type: 'appmixer',
			parameters: { resource: 'task', operation: 'get' },
			credential: at.ada,
		});
		expect(new Set(found.map(({ value }) => value)).size).toBe(100);
	});
});

describe.each(VERSIONS)('F7: Mambu %s', (version) => {
	const at = useOpened(async () => await openMambu());
	const create = (count: number) =>
		times(count, (index) => at.mambu.createTask({ title: `T${index}` }).encodedKey);

	it('Get Many has all that stayed when one leaves between two pages', async () => {
		const keys = create(2100);
		at.mambu.fault({
			path: /tasks/,
			skip: 1,
			times: 1,
			before: () => at.mambu.complete(at.mambu.tasks[0]),
		});
		expectAll(idsOf(await at.run(version, 'getAll', ALL)), keys);
	});

	it('Get Many has all or fails where pages come in any order', async () => {
		const keys = create(60);
		Object.assign(at.mambu.options, { order: 'any', largestPage: 25 });
		const run = await at.run(version, 'getAll', ALL);
		if (version === 'v2') expectAll(idsOf(run), keys);
		else {
			expect(run.error?.message).toBe(
				'Mambu changes its list faster than it can be read: could not list tasks',
			);
		}
	});

	it('Get Many has all where the server gives few entries per page', async () => {
		const keys = create(12);
		for (const largestPage of [1, 5]) {
			at.mambu.options.largestPage = largestPage;
			expectAll(idsOf(await at.run(version, 'getAll', ALL)), keys);
		}
	});

	it('Get Many of all statuses has one that is reopened meanwhile', async () => {
		const keys = create(3);
		at.mambu.complete(at.mambu.tasks[1]);
		at.mambu.fault({
			path: /tasks/,
			skip: 2,
			times: 1,
			before: () => at.mambu.reopen(at.mambu.tasks[1]),
		});
		const run = await at.run(version, 'getAll', { ...ALL, filters: { status: 'ALL' } });
		expectAll(idsOf(run), keys);
	});

	it('Get Many of all statuses has an overdue one that is reopened meanwhile', async () => {
		at.mambu.options.overdueIsOpen = false;
		const keys = create(3);
		const [, task] = at.mambu.tasks;
		task.dueDate = new Date(Date.now() - 3 * 86_400_000);
		at.mambu.complete(task);
		at.mambu.fault({ path: /tasks/, skip: 2, times: 1, before: () => at.mambu.reopen(task) });
		const run = await at.run(version, 'getAll', { ...ALL, filters: { status: 'ALL' } });
		expectAll(idsOf(run), keys);
	});

	it.each([1, 2])(
		'the trigger does not lose one whose due date is changed meanwhile and that is completed then (%i)',
		async (skip) => {
			at.mambu.options.overdueIsOpen = false;
			create(2);
			const [task] = at.mambu.tasks;
			const due = (days: number) => new Date(Date.now() + days * 86_400_000);
			task.dueDate = due(skip === 1 ? -3 : 3);
			const polling = await engine.openPolling({
				type: 'mambuTrigger',
				credential: at.credential(version),
				parameters: { events: ['completed'] },
			});
			const before = () => void (task.dueDate = due(skip === 1 ? 3 : -3));
			at.mambu.fault({ path: /tasks/, skip, times: 1, before });
			expect(await polling.poll()).toBeNull();
			at.mambu.complete(task);
			expect((await polling.poll())?.map(({ id }) => id)).toEqual([task.encodedKey]);
		},
	);

	it('a user is found by name among pages of one, and in the list', async () => {
		const others = times(30, (index) => ({
			...MAX,
			id: `u${index}`,
			username: `user${index}`,
			encodedKey: `${MAX.encodedKey.slice(0, -2)}${10 + index}`,
			apiKey: undefined,
		}));
		at.mambu.options.users = [MAX, ...others];
		at.mambu.options.largestPage = 1;
		const parameters = { ...newTask(), assignee: byName('user29') };
		const [id] = idsOf(await at.run(version, 'create', parameters));
		expect(id).not.toBe('');
		const found = await engine.searchList(
			{ type: 'mambu', credential: at.credential(version), parameters: { operation: 'create' } },
			'user2',
			'searchUsers',
		);
		expect(found).toHaveLength(11);
	});

	it('the trigger tells nothing of what it did not miss', async () => {
		create(30);
		at.mambu.options.largestPage = 10;
		const polling = await engine.openPolling({
			type: 'mambuTrigger',
			credential: at.credential(version),
			parameters: { events: ['new', 'completed'] },
		});
		expect(await polling.poll()).toBeNull();
		at.mambu.fault({
			path: /tasks/,
			skip: 1,
			times: 1,
			before: () => at.mambu.complete(at.mambu.tasks[0]),
		});
		const events = [...typesOf(await polling.poll()), ...typesOf(await polling.poll())];
		expect(events).toEqual(['completed']);
	});
});

describe('F7: Nutrient', () => {
	const at = useOpened(async () => await openNutrient());
	const create = (count: number) =>
		times(count, () => at.nutrient.createApproval().recipientTaskSid);
	const leave = (skip: number) =>
		at.nutrient.fault({
			path: /mytask\/list|instances\/mine/,
			skip,
			times: 1,
			before: () => {
				at.nutrient.workflow.complete(
					at.nutrient.tasks.find(({ state }) => state === 'Started')!,
					{},
				);
			},
		});

	it.each(['items', 'array'] as const)(
		'Get Many has all that stayed when one leaves between two pages, in %s',
		async (envelope) => {
			Object.assign(at.nutrient.options, { envelope });
			const sids = create(450);
			leave(1);
			const found = idsOf(await at.run('task:getAll', ALL));
			expect(found).toEqual(expect.arrayContaining(sids.slice(1)));
			expect(new Set(found).size).toBe(found.length);
		},
	);

	it('Get Many has all, sorted, where many are equal in what they are sorted by', async () => {
		const sids = create(250);
		at.nutrient.tasks.forEach((task, index) => (task.dueDate = `2099-01-0${1 + (index % 2)}`));
		Object.assign(at.nutrient.options, { shuffleTies: true });
		const options = { sort: 'dueDate', dir: 'DESC' };
		const run = await at.run('task:getAll', { ...ALL, options });
		expectAll(idsOf(run), sids);
		const days = run.outputs[0].map(({ json }) => String(json.dueAt));
		expect(days).toEqual([...days].sort().reverse());
		const some = await at.run('task:getAll', { limit: 150, options });
		expect(some.outputs[0].map(({ json }) => String(json.dueAt))).toEqual(days.slice(0, 150));
	});

	it('Get Many fails rather than give less, where nobody tells how many there are', async () => {
		create(250);
		Object.assign(at.nutrient.options, { shuffleTies: true, envelope: 'array' });
		const { error } = await at.run('task:getAll', ALL);
		expect(error).toMatchObject({
			message: 'Nutrient changes its list faster than it can be read: could not list my tasks',
			description: expect.stringMatching(/Try again later, or narrow the filters/) as string,
		});
	});

	it('Get Many counts tasks of one request that show nothing of their own', async () => {
		create(147);
		at.nutrient.createApproval({ recipients: [NUTRIENT_BOB] });
		const { instanceSid } = at.nutrient.tasks.at(-1)!;
		for (const task of at.nutrient.tasks.slice(0, 2)) task.instanceSid = instanceSid;
		create(2);
		Object.assign(at.nutrient.options, { ownTaskIds: false });
		for (const maxCount of [Infinity, 40, 1]) {
			for (const envelope of ['items', 'array'] as const) {
				Object.assign(at.nutrient.options, { maxCount, envelope });
				const run = await at.run('task:getAll', { ...ALL, simple: false });
				expect(run.error).toBeNull();
				expect(run.outputs[0]).toHaveLength(150);
			}
		}
	});

	it.each([
		['request:getAll', { source: 'mine' }, 'ada'],
		['request:getAll', { source: 'visible', permissionType: 'manage' }, 'ada'],
		['user:getAll', {}, 'ada'],
	])('%s %j has all where the server gives one entry per page', async (operation, more, who) => {
		create(12);
		at.nutrient.options.permissionTypes = ['manage'];
		at.nutrient.options.users.push(
			...times(9, (index) => ({ ...NUTRIENT_ADA, sid: `user-${index}`, userName: `u${index}` })),
		);
		Object.assign(at.nutrient.options, { maxCount: 1 });
		const parameters = { ...ALL, simple: false, ...more };
		const run = await at.run(operation, parameters, { credential: at.as(who) });
		expectAll(
			idsOf(run, 'sid'),
			operation === 'user:getAll'
				? at.nutrient.options.users.map(({ sid }) => sid)
				: at.nutrient.instances.map(({ sid }) => sid),
		);
	});

	it('the trigger tells one event when one of 1,000 leaves between two pages', async () => {
		create(1000);
		const polling = await engine.openPolling({
			type: 'nutrientTrigger',
			credential: at.as('bob'),
			parameters: { watch: 'tasks', events: ['new', 'statusChanged', 'completed'] },
		});
		expect(await polling.poll()).toBeNull();
		leave(2);
		const events = [...typesOf(await polling.poll()), ...typesOf(await polling.poll())];
		expect(events).toEqual(['completed']);
	});
});

describe('F7: opentaps', () => {
	const at = useOpened(async () => await openOpentaps());
	const create = (count: number) =>
		times(count, (index) => at.opentaps.createTask({ noteText: `T${index}` }).id);

	it.each([100, 1])(
		'Get Many of tasks has all where the server cuts what it is asked for, to %d',
		async (largestTaskPage) => {
			const ids = create(250);
			for (const filters of ['applied', 'ignored'] as const) {
				at.opentaps.add({ noteText: 'a note' });
				Object.assign(at.opentaps.options, { largestTaskPage, filters });
				expectAll(idsOf(await at.run('task:getAll', ALL)), ids);
				expect(idsOf(await at.run('task:getAll', { limit: 150 }))).toHaveLength(150);
			}
		},
	);

	it('Get Many of tasks fails where query parameters keep that from being made good', async () => {
		create(250);
		at.opentaps.options.largestTaskPage = 100;
		const parameters = [{ name: 'tagName', value: 'VIP' }];
		const filters = { queryParameters: { field: parameters } };
		const { error } = await at.run('task:getAll', { ...ALL, filters });
		expect(error).toMatchObject({
			message: 'opentaps CRM2 cuts its list short and has no further pages: could not list tasks',
			description: expect.stringContaining('Remove the Query Parameters') as string,
		});
	});

	it('an unchanged list of tasks costs one request again, as some are done', async () => {
		create(30);
		at.opentaps.createTask({ fields: { status: 'COMPLETED' } });
		await at.run('task:getAll', ALL);
		at.opentaps.requests.clear();
		expect(idsOf(await at.run('task:getAll', ALL))).toHaveLength(30);
		expect(at.calls()).toHaveLength(1);
	});

	it.each(['task', 'activity'])(
		'Get Many of %s ends where the server invents entries',
		async (of) => {
			create(3);
			Object.assign(at.opentaps.options, { inventive: true, order: 'ascending' });
			expect(idsOf(await at.run(`${of}:getAll`, { limit: 120 }))).toHaveLength(120);
			const { error } = await at.run(`${of}:getAll`, ALL);
			expect(error?.message).toMatch(
				/^opentaps CRM2 gives a list that does not end: could not list/,
			);
			expect(error?.description).toMatch(/in Get Many turn off Return All and set a Limit/);
		},
	);

	it.each(['inclusive', 'exclusive', 'notBelow'] as const)(
		'Get Many of activities has all where pages have one entry, startFrom %s',
		async (startFrom) => {
			const ids = create(12);
			for (const order of ['ascending', 'descending'] as const) {
				Object.assign(at.opentaps.options, { largestPage: 1, startFrom, order });
				expectAll(idsOf(await at.run('activity:getAll', ALL)), ids);
			}
		},
	);

	/** From the status that is asked for last to the first one, just before it is asked for. */
	const moveBetweenStatuses = () => {
		create(3);
		const task = at.opentaps.createTask({ fields: { status: 'STARTED' } });
		let left = false;
		at.opentaps.fault({
			path: /activities/,
			before: () => {
				if (left || at.received().at(-1)?.query.status !== 'STARTED') return;
				left = true;
				task.fields.status = 'CREATED';
			},
		});
		return { task, hasLeft: () => left };
	};

	it('Get Many of activities has one that goes from one status to another meanwhile', async () => {
		const { task, hasLeft } = moveBetweenStatuses();
		const filters = { statuses: 'CREATED, STARTED' };
		const found = idsOf(await at.run('activity:getAll', { ...ALL, filters }));
		expect(hasLeft()).toBe(true);
		expect(found).toContain(task.id);
		expect(found).toHaveLength(4);
	});

	it('the trigger does not lose one that does so and is completed then', async () => {
		const polling = await engine.openPolling({
			type: 'opentapsTrigger',
			credential: at.ida,
			parameters: {
				watch: 'activities',
				activityStatuses: 'CREATED, STARTED',
				events: ['completed'],
			},
		});
		create(1);
		const { task, hasLeft } = moveBetweenStatuses();
		expect(await polling.poll()).toBeNull();
		expect(hasLeft()).toBe(true);
		task.fields.status = 'COMPLETED';
		expect((await polling.poll())?.map(({ id }) => id)).toEqual([task.id]);
	});

	it('the trigger and From List have what the server cuts', async () => {
		const ids = create(150);
		at.opentaps.options.largestTaskPage = 100;
		const sketch = { type: 'opentaps', credential: at.ida, parameters: {} };
		expect(await engine.searchList(sketch, 'T149', 'searchTasks')).toHaveLength(1);
		expect(await engine.searchList(sketch, 'T0 ', 'searchTasks')).toHaveLength(1);
		const polling = await engine.openPolling({
			type: 'opentapsTrigger',
			credential: at.ida,
			parameters: { watch: 'tasks', events: ['new', 'completed'] },
		});
		expect(await polling.poll()).toBeNull();
		at.opentaps.find(ids[0])!.fields.status = 'COMPLETED';
		create(1);
		expect(typesOf(await polling.poll()).sort()).toEqual(['completed', 'new']);
	});
});

describe('F7: Affinitext', () => {
	const at = useOpened(
		async () => await openLibrary({ paging: 'next', envelope: 'data', pageSize: 4 }),
	);
	const follow = { followPages: true };
	const change = (before: () => void) =>
		at.library.fault({ path: /tasks/, skip: 1, times: 1, before });

	it.each(['id', 'none'] as const)(
		'Get Many has all once when one leaves or comes between two pages, by %s',
		async (identifier) => {
			Object.assign(at.library.options, { identifier });
			const tasks = times(11, (index) => at.library.add({ subject: `T${index}` }));
			const subjects = async () =>
				idsOf(await at.run('getAll', { ...ALL, options: follow }), 'subject');
			change(() => at.library.remove(tasks[10]));
			change(() => at.library.remove(tasks[0]));
			expectAll(
				await subjects(),
				times(9, (index) => `T${1 + index}`),
			);
			change(() => at.library.add({ subject: 'new' }));
			expectAll(await subjects(), ['new', ...times(9, (index) => `T${1 + index}`)]);
		},
	);

	it('Get Many has all where pages have one entry, and ends', async () => {
		at.library.options.pageSize = 1;
		times(7, (index) => at.library.add({ subject: `T${index}` }));
		const parameters = { ...ALL, options: follow };
		expect(await at.output('getAll', parameters)).toHaveLength(7);
	});

	it('the trigger tells nothing of what only moved to another page', async () => {
		const tasks = times(11, () => at.library.add());
		const polling = await engine.openPolling({
			type: 'affinitextTrigger',
			credential: at.credential,
			parameters: { events: ['changed', 'disappeared', 'new'], options: follow },
		});
		expect(await polling.poll()).toBeNull();
		change(() => at.library.add());
		expect(typesOf(await polling.poll())).toEqual(['new']);
		change(() => at.library.remove(tasks[5]));
		const events = [...typesOf(await polling.poll()), ...typesOf(await polling.poll())];
		expect(events).toEqual(['disappeared']);
	});

	it('Get Many fails where the list is another one each time', async () => {
		times(11, () => at.library.add());
		at.library.fault({ path: /tasks/, before: () => at.library.add() });
		at.library.options.pageSize = 2;
		at.library.fault({ path: /tasks/, before: () => at.library.remove(at.library.tasks[0]) });
		const { error } = await at.run('getAll', { ...ALL, options: follow });
		expect(error?.message).toBe(
			'Affinitext changes its list faster than it can be read: could not list tasks',
		);
	});
});
