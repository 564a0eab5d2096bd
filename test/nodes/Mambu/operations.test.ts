/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters } from 'n8n-workflow';

import { LINK_TYPES, MAX, VERA, type MambuTask } from '../../../sandbox';
import { byId, byName, newTask, picked, useMambu, VERSIONS, type Version } from './sandboxed';

const at = useMambu();

const V2 = 'application/vnd.mambu.v2+json';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const V1_NOW = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]00$/;
/** Half past nine in the evening of 16 June in Prague. */
const DUE = new Date('2099-06-16T19:30:00Z');

const page = { offset: '0', limit: '1000' };
const pageV2 = { ...page, paginationDetails: 'ON' };

const record = (task: MambuTask, version: Version, more: object = {}) => ({
	id: task.encodedKey,
	title: 'Review the loan',
	description: null,
	status: 'OPEN',
	state: 'open',
	decision: null,
	requester: { id: MAX.encodedKey, name: version === 'v2' ? 'Max Power' : null, email: null },
	assignee: { id: MAX.encodedKey, name: null, email: null },
	dueAt: version === 'v2' ? '2099-06-16' : '2099-06-16T19:30:00.000Z',
	createdAt: expect.stringMatching(ISO),
	updatedAt: expect.stringMatching(ISO),
	decidedAt: null,
	url: null,
	source: 'mambu',
	...more,
});

const seed = (more: Partial<MambuTask> = {}) =>
	at.mambu.createTask({ title: 'Review the loan', dueDate: DUE, ...more });

/** The requests as method, path, query and body. */
const sent = () =>
	at.mambu.requests.map(({ method, path, query, body }) => [
		method,
		path,
		...(Object.keys(query).length > 0 ? [query] : []),
		...(body === undefined ? [] : [body]),
	]);

async function output(
	version: Version,
	operation: string,
	parameters: INodeParameters = {},
): Promise<unknown[]> {
	const result = await at.run(version, operation, parameters);
	expect(result.error).toBeNull();
	return result.outputs[0].map(({ json }) => json);
}

describe('every call', () => {
	it.each(VERSIONS)('carries the key, and the media type of %s', async (version) => {
		const { id } = seed();
		const nr = { taskId: byId(id) };
		await output(version, 'getAll');
		await output(version, 'update', { ...nr, updateFields: { title: 'B' } });
		await output(version, 'complete', nr);
		await output(version, 'reopen', nr);
		await output(version, 'get', nr);
		await output(version, 'delete', nr);
		await output(version, 'create', newTask());
		for (const { headers } of at.mambu.requests) {
			expect(headers.apikey).toBe(MAX.apiKey);
			expect(headers.authorization).toBeUndefined();
			expect(headers.accept).toBe(version === 'v2' ? V2 : 'application/json');
		}
		expect(at.mambu.requests.length).toBeGreaterThan(7);
	});

	it('carries user name and password with Basic', async () => {
		const credential = {
			...at.credential('v2'),
			authentication: 'basic',
			username: MAX.username,
			password: MAX.password,
		};
		const result = await at.run('v2', 'getAll', {}, { credential });
		expect(result.error).toBeNull();
		const [{ headers }] = at.mambu.requests;
		expect(headers.authorization).toBe('Basic ZGVtbzpkZW1vLXBhc3N3b3Jk');
		expect(headers.apikey).toBeUndefined();
	});
});

describe('create', () => {
	const full = (more: INodeParameters = {}) => ({
		...newTask(),
		title: ' Review the loan ',
		dueDate: '2099-06-16T21:30:00',
		additionalFields: {
			description: 'For **Eve**',
			taskLinkType: 'CLIENT',
			taskLinkKey: at.clientKey('16'),
			...more,
		},
	});

	it('v2 sends a bare task with the day, and an idempotency key', async () => {
		const [json] = await output('v2', 'create', full());
		expect(sent()).toEqual([
			[
				'POST',
				'/api/tasks',
				{
					title: 'Review the loan',
					dueDate: '2099-06-16',
					description: 'For **Eve**',
					assignedUserKey: MAX.encodedKey,
					taskLinkType: 'CLIENT',
					taskLinkKey: at.clientKey('16'),
				},
			],
		]);
		expect(at.mambu.requests[0].headers['idempotency-key']).toMatch(UUID);
		expect(json).toEqual(record(at.mambu.tasks[0], 'v2', { description: 'For **Eve**' }));
	});

	it('v2 needs no assignee', async () => {
		await output('v2', 'create', { ...newTask(), assignee: picked('') });
		expect(at.mambu.requests.at(-1)?.body).not.toHaveProperty('assignedUserKey');
		expect(at.mambu.tasks[0].assignedUserKey).toBe(MAX.encodedKey);
	});

	it('v1 sends { task } with the instant in the zone of the workflow', async () => {
		const [json] = await output('v1', 'create', full());
		expect(sent()).toEqual([
			[
				'POST',
				'/api/tasks',
				{
					task: {
						title: 'Review the loan',
						dueDate: '2099-06-16T21:30:00+0200',
						status: 'OPEN',
						description: 'For **Eve**',
						assignedUserKey: MAX.encodedKey,
						taskLinkType: 'CLIENT',
						taskLinkKey: at.clientKey('16'),
					},
				},
			],
		]);
		expect(at.mambu.requests[0].headers['idempotency-key']).toBeUndefined();
		expect(json).toEqual(record(at.mambu.tasks[0], 'v1', { description: 'For **Eve**' }));
	});

	it('v1 creates a completed task, now or at a date', async () => {
		await output('v1', 'create', full({ status: 'COMPLETED' }));
		const { body } = at.mambu.requests[0] as { body: { task: object } };
		expect(body.task).toMatchObject({
			status: 'COMPLETED',
			completionDate: expect.stringMatching(V1_NOW),
		});
		const completionDate = '2026-01-02T03:04:05';
		const [json] = await output('v1', 'create', full({ status: 'COMPLETED', completionDate }));
		expect(json).toMatchObject({
			status: 'COMPLETED',
			state: 'done',
			decision: null,
			decidedAt: '2026-01-02T02:04:05.000Z',
		});
	});

	it.each(['bare', 'task'] as const)('v1 sends a form; the answer is %s', async (v1FormAnswer) => {
		at.mambu.options.v1FormAnswer = v1FormAnswer;
		const [json] = await output('v1', 'create', {
			...full({ taskLinkKey: '64' }),
			assignee: byName('demo'),
			options: { sendAs: 'form' },
		});
		const [{ headers, rawBody }] = at.mambu.requests;
		expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(rawBody).toBe(
			'title=Review+the+loan&username=demo&duedate=2099-06-16&clientid=64&description=For+**Eve**',
		);
		const dueAt = '2099-06-16T00:00:00.000Z';
		expect(json).toEqual(record(at.mambu.tasks[0], 'v1', { description: 'For **Eve**', dueAt }));
	});

	it('v1 links a form to a group', async () => {
		const link = { taskLinkType: 'GROUP', taskLinkKey: '7' };
		await output('v1', 'create', { ...full(link), options: { sendAs: 'form' } });
		expect(at.mambu.requests.at(-1)?.rawBody).toContain('&groupid=7');
	});

	it.each(LINK_TYPES)('links to a %s in both versions', async (taskLinkType) => {
		for (const version of VERSIONS) {
			await output(version, 'create', full({ taskLinkType, taskLinkKey: 'a-key' }));
		}
		expect(at.mambu.tasks).toMatchObject([
			{ taskLinkType, taskLinkKey: 'a-key' },
			{ taskLinkType, taskLinkKey: 'a-key' },
		]);
	});

	it('keeps the day of the workflow, whatever the offset of the date', async () => {
		await output('v2', 'create', { ...newTask(), dueDate: '2099-06-16T23:30:00-05:00' });
		expect(at.mambu.requests[0].body).toMatchObject({ dueDate: '2099-06-17' });
	});
});

describe('assignees', () => {
	it('v1 looks a user name up for its key', async () => {
		await output('v1', 'create', { ...newTask(), assignee: byName('vera') });
		expect(at.calls()).toEqual(['GET /api/users/vera', 'POST /api/tasks']);
		expect(at.mambu.tasks[0].assignedUserKey).toBe(VERA.encodedKey);
	});

	it('v2 searches the list for it, once for all items', async () => {
		const parameters = { ...newTask(), assignee: byName('vera') };
		const items = [{ n: 1 }, { n: 2 }];
		const operation = { resource: 'task', operation: 'create', ...parameters };
		const result = await at.run('v2', 'create', operation, { items });
		expect(result.error).toBeNull();
		expect(at.calls()).toEqual([
			'GET /api/users?offset=0&limit=1000&paginationDetails=ON',
			'POST /api/tasks',
			'POST /api/tasks',
		]);
		expect(at.mambu.tasks.map((task) => task.assignedUserKey)).toEqual([
			VERA.encodedKey,
			VERA.encodedKey,
		]);
	});

	it('v1 looks a key up for the user name that a form wants', async () => {
		await output('v1', 'create', { ...newTask(), options: { sendAs: 'form' } });
		expect(at.calls()).toEqual([`GET /api/users/${MAX.encodedKey}`, 'POST /api/tasks']);
		expect(at.mambu.requests[1].rawBody).toContain('username=demo');
	});
});

describe('get', () => {
	it('v2 reads one task by number or key', async () => {
		const task = seed();
		for (const name of [task.id, task.encodedKey]) {
			at.mambu.requests.clear();
			expect(await output('v2', 'get', { taskId: byId(name) })).toEqual([record(task, 'v2')]);
			expect(sent()).toEqual([['GET', `/api/tasks/${name}`]]);
		}
	});

	it('v1 searches the lists', async () => {
		seed();
		const task = seed();
		at.mambu.complete(task);
		expect(await output('v1', 'get', { taskId: byId(task.id) })).toEqual([
			record(task, 'v1', {
				status: 'COMPLETED',
				state: 'done',
				requester: { id: MAX.encodedKey, name: 'Max Power', email: null },
				decidedAt: expect.stringMatching(ISO),
			}),
		]);
		const statuses = at.mambu.requests.map(({ query }) => query.status);
		expect([...new Set(statuses)]).toEqual(['OPEN', 'OVERDUE', 'COMPLETED']);
	});

	it.each(VERSIONS)('%s gives the untouched JSON without Simplify', async (version) => {
		const task = seed();
		const [json] = await output(version, 'get', { taskId: byId(task.encodedKey), simple: false });
		const answered = at.mambu.requests[0].responseBody;
		expect(json).toEqual(version === 'v1' ? (answered as unknown[])[0] : answered);
	});
});

describe('update', () => {
	const updateFields = () => ({
		title: 'Changed',
		description: 'New',
		dueDate: '2099-07-01T08:00:00',
		assignee: byName('vera'),
		taskLinkType: 'CLIENT',
		taskLinkKey: at.clientKey('16'),
	});

	it('v2 patches: what is there is replaced, what is missing is added', async () => {
		const task = seed();
		const changed = await output('v2', 'update', {
			taskId: byId(task.id),
			updateFields: updateFields(),
		});
		expect(sent().slice(-3)).toEqual([
			['GET', '/api/tasks/1'],
			[
				'PATCH',
				'/api/tasks/1',
				[
					{ op: 'REPLACE', path: '/title', value: 'Changed' },
					{ op: 'ADD', path: '/description', value: 'New' },
					{ op: 'REPLACE', path: '/dueDate', value: '2099-07-01' },
					{ op: 'REPLACE', path: '/assignedUserKey', value: VERA.encodedKey },
					{ op: 'ADD', path: '/taskLinkType', value: 'CLIENT' },
					{ op: 'ADD', path: '/taskLinkKey', value: at.clientKey('16') },
				],
			],
			['GET', '/api/tasks/1'],
		]);
		expect(changed).toEqual([
			record(task, 'v2', {
				title: 'Changed',
				description: 'New',
				dueAt: '2099-07-01',
				assignee: { id: VERA.encodedKey, name: null, email: null },
			}),
		]);
	});

	it('v2 removes an emptied description, and reads nothing before a plain change', async () => {
		const task = seed({ description: 'Old' });
		const taskId = byId(task.id);
		await output('v2', 'update', { taskId, updateFields: { description: '' } });
		expect(at.mambu.requests[1].body).toEqual([{ op: 'REMOVE', path: '/description' }]);
		at.mambu.requests.clear();
		await output('v2', 'update', { taskId, updateFields: { title: 'B' } });
		expect(at.calls()).toEqual(['PATCH /api/tasks/1', 'GET /api/tasks/1']);
		at.mambu.requests.clear();
		await output('v2', 'update', { taskId, updateFields: { description: '' } });
		expect(at.writes()).toEqual([]);
	});

	it.each(['keep', 'clear'] as const)(
		'v1 sends the whole task again, where Mambu would %s what is left out',
		async (omitted) => {
			at.mambu.options.omitted = omitted;
			const taskLinkKey = at.clientKey('16');
			const task = seed({ description: 'Old', taskLinkKey, taskLinkType: 'CLIENT' });
			const [json] = await output('v1', 'update', {
				taskId: byId(task.id),
				updateFields: { title: 'Changed' },
			});
			expect(at.mambu.requests.at(-1)).toMatchObject({
				method: 'POST',
				path: '/api/tasks',
				body: {
					task: {
						encodedKey: task.encodedKey,
						title: 'Changed',
						description: 'Old',
						dueDate: '2099-06-16T19:30:00+0000',
						assignedUserKey: MAX.encodedKey,
						status: 'OPEN',
						taskLinkKey,
						taskLinkType: 'CLIENT',
					},
				},
			});
			expect(json).toEqual(record(task, 'v1', { title: 'Changed', description: 'Old' }));
		},
	);

	it('v1 keeps a completed task completed, and sends OPEN for OVERDUE', async () => {
		const done = seed();
		at.mambu.complete(done);
		await output('v1', 'update', { taskId: byId(done.id), updateFields: { title: 'B' } });
		expect(done).toMatchObject({ title: 'B', status: 'COMPLETED' });
		const late = seed({ dueDate: new Date('2020-01-01') });
		await output('v1', 'update', { taskId: byId(late.id), updateFields: { title: 'B' } });
		expect(at.mambu.requests.at(-1)?.body).toMatchObject({ task: { status: 'OPEN' } });
	});
});

describe('complete and reopen', () => {
	it('v2 patches the status, then reads the task', async () => {
		const task = seed();
		const taskId = byId(task.id);
		expect(await output('v2', 'complete', { taskId })).toEqual([
			record(task, 'v2', { status: 'COMPLETED', state: 'done' }),
		]);
		expect(await output('v2', 'reopen', { taskId })).toEqual([record(task, 'v2')]);
		expect(sent()).toEqual([
			['PATCH', '/api/tasks/1', [{ op: 'REPLACE', path: '/status', value: 'COMPLETED' }]],
			['GET', '/api/tasks/1'],
			['PATCH', '/api/tasks/1', [{ op: 'REPLACE', path: '/status', value: 'OPEN' }]],
			['GET', '/api/tasks/1'],
		]);
	});

	it('v1 reads first and sends all of it, with a completion date or without', async () => {
		const task = seed({ description: 'Old' });
		const taskId = byId(task.encodedKey);
		const [done] = await output('v1', 'complete', { taskId });
		const whole = {
			encodedKey: task.encodedKey,
			title: 'Review the loan',
			description: 'Old',
			dueDate: '2099-06-16T19:30:00+0000',
			assignedUserKey: MAX.encodedKey,
		};
		expect(at.mambu.requests.at(-1)?.body).toEqual({
			task: { ...whole, status: 'COMPLETED', completionDate: expect.stringMatching(V1_NOW) },
		});
		expect(done).toMatchObject({
			status: 'COMPLETED',
			decision: null,
			decidedAt: expect.stringMatching(ISO),
		});
		const [open] = await output('v1', 'reopen', { taskId });
		expect(at.mambu.requests.at(-1)?.body).toEqual({ task: { ...whole, status: 'OPEN' } });
		expect(open).toMatchObject({ status: 'OPEN', decidedAt: null });
	});

	it('v1 takes a completion date, and moves none that is there', async () => {
		const task = seed();
		const taskId = byId(task.id);
		await output('v1', 'complete', { taskId, options: { completionDate: '2026-01-02T03:04:05' } });
		expect(task.completionDate?.toISOString()).toBe('2026-01-02T02:04:05.000Z');
		await output('v1', 'complete', { taskId });
		expect(at.writes()).toHaveLength(1);
		at.mambu.reopen(task);
		await output('v1', 'reopen', { taskId });
		expect(at.writes()).toHaveLength(1);
	});
});

describe('delete', () => {
	it.each(VERSIONS)('%s deletes, and a task that is gone is deleted', async (version) => {
		const { id } = seed();
		for (const unknownTaskStatus of [404, 404, 400] as const) {
			at.mambu.options.unknownTaskStatus = unknownTaskStatus;
			expect(await output(version, 'delete', { taskId: byId(id) })).toEqual([{ deleted: true }]);
		}
		expect(sent()[0]).toEqual(['DELETE', '/api/tasks/1']);
		expect(at.mambu.tasks).toEqual([]);
	});
});

describe('get many', () => {
	it('v2 asks for open tasks and reads the total', async () => {
		const task = seed();
		expect(await output('v2', 'getAll', { returnAll: true })).toEqual([record(task, 'v2')]);
		expect(sent()).toEqual([['GET', '/api/tasks', { status: 'OPEN', ...pageV2 }]]);
	});

	it('v1 asks for open tasks by page', async () => {
		seed();
		expect(await output('v1', 'getAll', { returnAll: true })).toHaveLength(1);
		expect(sent()[0]).toEqual(['GET', '/api/tasks', { status: 'OPEN', ...page }]);
	});

	it('asks only for as many as wanted', async () => {
		seed();
		seed();
		expect(await output('v2', 'getAll', { limit: 1 })).toHaveLength(1);
		expect(sent()).toEqual([['GET', '/api/tasks', { status: 'OPEN', ...pageV2, limit: '1' }]]);
	});

	it('names client and group as each version does', async () => {
		for (const filters of [{ clientId: '16' }, { groupId: ' 7 ' }]) {
			await output('v1', 'getAll', { filters, limit: 5 });
			await output('v2', 'getAll', { filters, limit: 5, options: { detailsLevel: 'FULL' } });
		}
		const five = { offset: '0', limit: '5' };
		const fiveV2 = { ...five, paginationDetails: 'ON', detailsLevel: 'FULL' };
		expect(at.mambu.requests.map(({ query }) => query)).toEqual([
			{ clientid: '16', status: 'OPEN', ...five },
			{ clientId: '16', status: 'OPEN', ...fiveV2 },
			{ groupid: '7', status: 'OPEN', ...five },
			{ groupId: '7', status: 'OPEN', ...fiveV2 },
		]);
	});

	it.each(VERSIONS)('%s asks for a user by name, also when it was picked', async (version) => {
		for (const assignee of [byName('demo'), picked(MAX.encodedKey)]) {
			at.mambu.requests.clear();
			await output(version, 'getAll', { filters: { assignee }, limit: 5 });
			expect(at.mambu.requests.at(-1)?.query).toMatchObject({ username: 'demo' });
		}
		expect(at.calls()[0]).toBe(`GET /api/users/${MAX.encodedKey}`);
	});

	it.each(VERSIONS)('%s picks the tasks of a user among those of a client', async (version) => {
		at.mambu.options.v2UserBeatsClient = true;
		const link = { taskLinkKey: at.clientKey('16'), taskLinkType: 'CLIENT' as const };
		seed({ ...link, title: 'both' });
		seed({ ...link, title: 'client', assignedUserKey: VERA.encodedKey });
		seed({ title: 'user' });
		const filters = { clientId: '16', assignee: byName('demo') };
		const found = await output(version, 'getAll', { filters });
		expect(found).toMatchObject([{ title: 'both' }]);
		expect(at.mambu.requests.at(-1)?.query.username).toBeUndefined();
	});

	it.each(VERSIONS)('%s reads 2,345 tasks page by page', async (version) => {
		for (let n = 0; n < 2345; n++) seed({ title: String(n) });
		const all = (await output(version, 'getAll', { returnAll: true })) as Array<{ title: string }>;
		expect(all.map(({ title }) => title)).toEqual(
			Array.from({ length: 2345 }, (_, n) => String(n)),
		);
		// version 2 tells the total; version 1 ends with an empty page
		expect(at.calls()).toHaveLength(version === 'v2' ? 3 : 5);
	});

	describe.each(VERSIONS)('by status in %s', (version) => {
		const titlesFor = async (status: string) =>
			((await output(version, 'getAll', { filters: { status } })) as Array<{ title: string }>)
				.map(({ title }) => title)
				.sort();

		it.each([
			{},
			{ overdueIsOpen: false },
			{ v2OverdueFilter: 'refused' as const },
			{ v2OverdueFilter: 'ignored' as const },
			{ v2OverdueFilter: 'ignored' as const, v2DefaultStatus: 'ALL' as const },
			{ order: 'newestFirst' as const, v1OverdueWord: 'OVERDUE' as const },
		])('with %j', async (options) => {
			Object.assign(at.mambu.options, options);
			seed({ title: 'open' });
			seed({ title: 'late', dueDate: new Date('2020-01-01') });
			at.mambu.complete(seed({ title: 'done' }));
			const open = options.overdueIsOpen === false ? ['open'] : ['late', 'open'];
			expect(await titlesFor('OPEN')).toEqual(open);
			expect(await titlesFor('COMPLETED')).toEqual(['done']);
			expect(await titlesFor('OVERDUE')).toEqual(['late']);
			expect(await titlesFor('ALL')).toEqual(['done', 'late', 'open']);
		});
	});
});

describe('the same create again', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('v2 is one task when it was stored and then answered 500, with Retry On Fail', async () => {
		at.mambu.fault({ method: 'POST', path: /tasks$/, status: 500, after: true, times: 1 });
		const result = await at.run('v2', 'create', newTask(), { node: retry });
		expect([result.error, result.tries, result.outputs[0]]).toMatchObject([null, 2, [{}]]);
		expect(at.mambu.tasks).toHaveLength(1);
		const keys = at.mambu.requests.map(({ headers }) => headers['idempotency-key']);
		expect(new Set(keys).size).toBe(1);
	});

	it('v2 does not create the good items twice when Retry On Fail runs all of them again', async () => {
		const parameters = { ...newTask(), title: '={{ $json.title }}' };
		const items = [{ title: 'a' }, { title: 'b' }];
		at.mambu.fault({ method: 'POST', path: /tasks$/, status: 500, skip: 1, times: 1 });
		const result = await at.run('v2', 'create', parameters, { items, node: retry });
		expect([result.error, result.tries]).toEqual([null, 2]);
		expect(result.outputs[0].map(({ json }) => json.title)).toEqual(['a', 'b']);
		expect(at.mambu.tasks.map(({ title }) => title)).toEqual(['a', 'b']);
	});

	it('v2 is repeated at once on a cut connection, a 503 and a 429', async () => {
		for (const failure of [{ cut: true }, { status: 503 }, { status: 429 }]) {
			at.mambu.tasks.length = 0;
			at.mambu.fault({ method: 'POST', path: /tasks$/, ...failure, after: true, times: 1 });
			const executionId = JSON.stringify(failure);
			const result = await at.run('v2', 'create', newTask(), { executionId });
			expect([result.error, at.mambu.tasks.length]).toEqual([null, 1]);
		}
	});

	it('v2 is another task for another item, body or execution', async () => {
		const one = { workflowId: 'w', executionId: '7' };
		await at.run('v2', 'create', newTask(), { ...one, items: [{ n: 1 }, { n: 2 }] });
		await at.run('v2', 'create', newTask(), { ...one, executionId: '8' });
		await at.run('v2', 'create', { ...newTask(), title: 'B' }, one);
		await at.run('v2', 'create', newTask(), one);
		// the last one repeats item 0 of the first
		expect(at.mambu.tasks).toHaveLength(4);
		const keys = at.mambu.requests.map(({ headers }) => headers['idempotency-key']);
		expect(new Set(keys).size).toBe(4);
	});

	it('E1: v2 is tried again with an error output after a lost answer, as its key makes it safe', async () => {
		at.mambu.fault({ method: 'POST', path: /tasks$/, cut: true, after: true, times: 3 });
		const node = { ...retry, onError: 'continueErrorOutput' as const };
		const result = await at.run('v2', 'create', newTask(), { node });
		expect([result.tries, result.outputs.map((output) => output.length)]).toEqual([2, [1, 0]]);
		expect(at.mambu.tasks).toHaveLength(1);
	});

	it('v1 is never repeated by itself', async () => {
		at.mambu.fault({ method: 'POST', path: /tasks$/, status: 503, times: 1 });
		const result = await at.run('v1', 'create', newTask());
		expect(result.error).toMatchObject({ httpCode: '503' });
		expect(at.calls()).toHaveLength(1);
	});
});
