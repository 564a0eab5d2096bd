import { MAX } from '../../sandbox';
import {
	clientKey,
	startMambu,
	titles,
	v2Task,
	type Answer,
	type ListAnswer,
	type Started,
} from './callMambu';

const UUID = '0f8fad5b-d9cb-4d9f-a165-70867728950e';
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/;

let started: Started;
beforeEach(async () => (started = await startMambu()));
afterEach(async () => await started.sandbox.close());

const list = async (query = '') => (await started.v2.get(`/tasks${query}`)) as ListAnswer;
const create = async (body: unknown, headers = {}) =>
	(await started.v2.post('/tasks', body, { headers })) as Answer;
const patch = async (id: unknown, body: unknown) =>
	(await started.v2.patch(`/tasks/${String(id)}`, body)) as Answer;

describe('create', () => {
	it('takes a bare task and answers 201 with it', async () => {
		const answer = await create(v2Task());
		expect(answer.status).toBe(201);
		expect(answer.data).toEqual({
			encodedKey: expect.stringMatching(/^[0-9a-f]{32}$/),
			id: 1,
			title: 'Create a new client',
			dueDate: '2099-02-11',
			status: 'OPEN',
			assignedUserKey: MAX.encodedKey,
			createdByUserKey: MAX.encodedKey,
			createdByFullName: 'Max Power',
			creationDate: expect.stringMatching(STAMP),
			lastModifiedDate: expect.stringMatching(STAMP),
		});
	});

	it('opens a new task whatever status is sent', async () => {
		expect((await create(v2Task({ status: 'COMPLETED' }))).data.status).toBe('OPEN');
	});

	it.each([
		['an envelope', { task: v2Task() }],
		['no due date', v2Task({ dueDate: undefined })],
		['a due date with a time', v2Task({ dueDate: '2099-02-11T00:00:00+0000' })],
		['a day that does not exist', v2Task({ dueDate: '2099-02-31' })],
		['a month that does not exist', v2Task({ dueDate: '2099-13-01' })],
		['a title of more than 256 letters', v2Task({ title: 'x'.repeat(257) })],
		['a user name for a key', v2Task({ assignedUserKey: 'demo' })],
		['a link without a type', v2Task({ taskLinkKey: 'x' })],
		['an unknown link type', v2Task({ taskLinkKey: 'x', taskLinkType: 'PLANET' })],
	])('refuses %s', async (_, body) => {
		const answer = await create(body);
		expect(answer.status).toBe(400);
		expect(answer.data).toEqual({
			errors: [expect.objectContaining({ errorCode: expect.any(Number) })],
		});
		expect(started.mambu.tasks).toEqual([]);
	});

	it('creates once for one Idempotency-Key', async () => {
		const headers = { 'Idempotency-Key': UUID };
		const [first, again] = [await create(v2Task(), headers), await create(v2Task(), headers)];
		expect([again.status, again.data]).toEqual([201, first.data]);
		expect(started.mambu.tasks).toHaveLength(1);
	});

	it('refuses the key with another body, and a key that is no UUID', async () => {
		await create(v2Task(), { 'Idempotency-Key': UUID });
		expect((await create(v2Task({ title: 'B' }), { 'Idempotency-Key': UUID })).status).toBe(400);
		expect((await create(v2Task(), { 'Idempotency-Key': 'mine' })).status).toBe(400);
		expect(started.mambu.tasks).toHaveLength(1);
	});
});

describe('get all', () => {
	it('filters by user, client, group and status', async () => {
		const { mambu } = started;
		const taskLinkKey = clientKey(started, '16');
		mambu.createTask({ title: 'client', taskLinkKey, taskLinkType: 'CLIENT' });
		const [{ encodedKey }] = mambu.store.groups;
		mambu.createTask({ title: 'group', taskLinkKey: encodedKey, taskLinkType: 'GROUP' });
		mambu.complete(mambu.createTask({ title: 'done', assignedUserKey: undefined }));
		expect(titles(await list('?username=demo'))).toEqual(['client', 'group']);
		expect(titles(await list('?clientId=16'))).toEqual(['client']);
		expect(titles(await list('?groupId=7'))).toEqual(['group']);
		expect(titles(await list('?clientid=16'))).toEqual(['client', 'group']);
		expect(titles(await list('?status=COMPLETED'))).toEqual(['done']);
		expect((await list('?status=DONE')).status).toBe(400);
	});

	it('tells the length of the list in headers, when asked', async () => {
		for (const title of ['a', 'b', 'c']) started.mambu.createTask({ title });
		const counted = await list('?offset=1&limit=1&paginationDetails=ON&detailsLevel=FULL');
		expect(titles(counted)).toEqual(['b']);
		expect(counted.headers).toMatchObject({
			'items-limit': '1',
			'items-offset': '1',
			'items-total': '3',
		});
		expect((await list()).headers['items-total']).toBeUndefined();
		expect((await list('?paginationDetails=YES')).status).toBe(400);
		expect((await list('?detailsLevel=ALL')).status).toBe(400);
		expect((await list('?limit=1001')).data).toEqual({
			errors: [{ errorCode: 14, errorReason: 'OUT_OF_BOUNDS_PAGINATION_LIMIT_VALUE' }],
		});
	});
});

describe('get by ID', () => {
	it('takes a number or a key', async () => {
		const { id, encodedKey } = started.mambu.createTask();
		for (const name of [id, encodedKey]) {
			expect(((await started.v2.get(`/tasks/${name}`)) as Answer).data.id).toBe(1);
		}
		const unknown = (await started.v2.get('/tasks/9')) as Answer;
		expect([unknown.status, unknown.data]).toMatchObject([
			404,
			{ errors: [{ errorReason: 'INVALID_TASK_ID' }] },
		]);
	});
});

describe('update', () => {
	it('replaces the task and answers it', async () => {
		const { id } = started.mambu.createTask();
		const put = async (body: unknown) => (await started.v2.put(`/tasks/${id}`, body)) as Answer;
		const answer = await put(v2Task({ status: 'COMPLETED' }));
		expect([answer.status, answer.data.status]).toEqual([200, 'COMPLETED']);
		expect((await put({ title: 'x' })).status).toBe(400);
		expect((await started.v2.put('/tasks/9', v2Task())).status).toBe(404);
	});
});

describe('patch', () => {
	it('replaces, adds, removes and moves, and answers 204 without a body', async () => {
		const task = started.mambu.createTask();
		const answer = await patch(task.id, [
			{ op: 'REPLACE', path: '/status', value: 'COMPLETED' },
			{ op: 'ADD', path: '/description', value: 'New' },
			{ op: 'replace', path: '/dueDate', value: '2099-03-01' },
		]);
		expect([answer.status, answer.data]).toEqual([204, '']);
		expect(task).toMatchObject({ status: 'COMPLETED', description: 'New' });
		expect(task.dueDate.toISOString()).toBe('2099-03-01T00:00:00.000Z');
		await patch(task.id, [{ op: 'MOVE', from: '/description', path: '/title' }]);
		expect(task).toMatchObject({ title: 'New' });
		expect(task).not.toHaveProperty('description');
		await patch(task.id, [{ op: 'ADD', path: '/description', value: 'Gone soon' }]);
		await patch(task.id, [{ op: 'REMOVE', path: '/description' }]);
		expect(task).not.toHaveProperty('description');
	});

	it('reopens', async () => {
		const task = started.mambu.createTask();
		started.mambu.complete(task);
		await patch(task.encodedKey, [{ op: 'REPLACE', path: '/status', value: 'OPEN' }]);
		expect(task.status).toBe('OPEN');
	});

	it.each([
		['an object', { op: 'REPLACE', path: '/title', value: 'x' }],
		['an empty list', []],
		['an unknown operation', [{ op: 'TEST', path: '/title', value: 'x' }]],
		['a path without a slash', [{ op: 'REPLACE', path: 'title', value: 'x' }]],
		['a field of the server', [{ op: 'REPLACE', path: '/createdByUserKey', value: 'x' }]],
		['a replacement of what is not there', [{ op: 'REPLACE', path: '/description', value: 'x' }]],
		['a value that is missing', [{ op: 'REPLACE', path: '/title' }]],
		['a link without a type', [{ op: 'ADD', path: '/taskLinkKey', value: 'x' }]],
		['no assignee', [{ op: 'REMOVE', path: '/assignedUserKey' }]],
		[
			'a title of more than 256 letters',
			[{ op: 'REPLACE', path: '/title', value: 'x'.repeat(257) }],
		],
		['a status that is only read', [{ op: 'REPLACE', path: '/status', value: 'OVERDUE' }]],
	])('refuses %s', async (_, body) => {
		const task = started.mambu.createTask();
		const before = { ...task };
		expect((await patch(task.id, body)).status).toBe(400);
		expect(task).toEqual(before);
	});

	it('does not know a foreign key', async () => {
		expect((await patch('9', [{ op: 'REPLACE', path: '/title', value: 'x' }])).status).toBe(404);
	});
});

describe('delete', () => {
	it('answers 204 without a body, then 404', async () => {
		const { id } = started.mambu.createTask();
		const answer = (await started.v2.delete(`/tasks/${id}`)) as Answer;
		expect([answer.status, answer.data]).toEqual([204, '']);
		expect((await started.v2.delete(`/tasks/${id}`)).status).toBe(404);
	});
});

describe('users', () => {
	it('are listed with a total, and found by ID or key but not by user name', async () => {
		const all = (await started.v2.get('/users?limit=1&paginationDetails=ON')) as ListAnswer;
		expect([all.data.length, all.headers['items-total']]).toEqual([1, '2']);
		for (const name of ['1', MAX.encodedKey]) {
			expect(((await started.v2.get(`/users/${name}`)) as Answer).data.username).toBe('demo');
		}
		expect((await started.v2.get('/users/demo')).status).toBe(404);
	});
});
