import { MAX } from '../../sandbox';
import {
	clientKey,
	FORM,
	startMambu,
	titles,
	v1Task,
	type Answer,
	type Json,
	type ListAnswer,
	type Started,
} from './callMambu';

const YESTERDAY = new Date(Date.now() - 24 * 3_600_000);
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/;

let started: Started;
beforeEach(async () => (started = await startMambu()));
afterEach(async () => await started.sandbox.close());

const list = async (query = '') => (await started.v1.get(`/tasks${query}`)) as ListAnswer;
const post = async (body: unknown) => (await started.v1.post('/tasks', body)) as Answer;
const postForm = async (form: string, path = '/tasks/') =>
	(await started.v1.post(path, form, { headers: FORM })) as Answer;

describe('GET tasks', () => {
	it('gives a bare array in the shape of the 2018 sample', async () => {
		started.mambu.createTask({ title: 'Disburse', description: 'A $200 loan' });
		const answer = await list('?offset=0&limit=100');
		expect(answer.status).toBe(200);
		expect(answer.data).toEqual([
			{
				encodedKey: expect.stringMatching(/^[0-9a-f]{32}$/),
				id: 1,
				creationDate: expect.stringMatching(STAMP),
				lastModifiedDate: expect.stringMatching(STAMP),
				dueDate: expect.stringMatching(STAMP),
				title: 'Disburse',
				description: 'A $200 loan',
				createdByUserKey: MAX.encodedKey,
				status: 'OPEN',
				daysUntilDue: 7,
				createdByFullName: 'Max Power',
				assignedUserKey: MAX.encodedKey,
			},
		]);
	});

	it('gives [] when nothing matches', async () => {
		expect((await list()).data).toEqual([]);
	});

	it('lists open tasks only, unless a status is asked for', async () => {
		const { mambu } = started;
		mambu.createTask({ title: 'open' });
		mambu.complete(mambu.createTask({ title: 'done' }));
		mambu.createTask({ title: 'late', dueDate: YESTERDAY });
		expect(titles(await list())).toEqual(['open', 'late']);
		expect(titles(await list('?status=COMPLETED'))).toEqual(['done']);
		const late = await list('?status=OVERDUE');
		expect(late.data).toMatchObject([{ title: 'late', status: 'OPEN', daysUntilDue: -1 }]);
	});

	it('filters by client, group and user', async () => {
		const { mambu } = started;
		const [group] = mambu.store.groups;
		const client = clientKey(started, '16');
		mambu.createTask({ title: 'client', taskLinkKey: client, taskLinkType: 'CLIENT' });
		mambu.createTask({ title: 'group', taskLinkKey: group.encodedKey, taskLinkType: 'GROUP' });
		mambu.createTask({ title: 'nobody', assignedUserKey: undefined });
		expect(titles(await list('?clientid=16'))).toEqual(['client']);
		expect(titles(await list(`?clientid=${client}`))).toEqual(['client']);
		expect(titles(await list('?groupid=7'))).toEqual(['group']);
		expect(titles(await list('?username=demo'))).toEqual(['client', 'group']);
		expect(titles(await list(`?username=${MAX.encodedKey}`))).toEqual(['client', 'group']);
		expect(titles(await list('?username=nobody'))).toEqual([]);
	});

	it('forgets about the client when a user is named, and refuses client and group together', async () => {
		started.mambu.createTask({ title: 'a' });
		expect(titles(await list('?username=demo&clientid=16'))).toEqual(['a']);
		expect((await list('?clientid=16&groupid=7')).status).toBe(400);
	});

	it('pages by offset and limit: 50 by default, 1000 at most', async () => {
		for (let n = 0; n < 60; n++) started.mambu.createTask({ title: String(n) });
		expect((await list()).data).toHaveLength(50);
		expect(titles(await list('?offset=58&limit=1000'))).toEqual(['58', '59']);
		expect((await list('?limit=1001')).data).toMatchObject({
			returnCode: 14,
			returnStatus: 'OUT_OF_BOUNDS_PAGINATION_LIMIT_VALUE',
		});
		expect((await list('?limit=x')).data).toMatchObject({ returnCode: 13 });
		expect((await list('?offset=-1')).data).toMatchObject({ returnCode: 12 });
		expect((await list('?offset=x')).data).toMatchObject({ returnCode: 11 });
	});

	it('tells no total', async () => {
		const { headers } = await list('?paginationDetails=ON');
		expect(headers['items-total']).toBeUndefined();
	});
});

describe('POST tasks, URL-encoded', () => {
	const FIELDS = 'title=Review+Loan&duedate=2099-06-16&username=demo';

	it('creates an open task and answers it bare', async () => {
		const answer = await postForm(`${FIELDS}&clientid=64&description=Please%20check`);
		expect(answer.status).toBe(201);
		expect(answer.data).toMatchObject({
			title: 'Review Loan',
			description: 'Please check',
			status: 'OPEN',
			dueDate: '2099-06-16T00:00:00+0000',
			assignedUserKey: MAX.encodedKey,
			taskLinkKey: clientKey(started, '64'),
			taskLinkType: 'CLIENT',
		});
	});

	it('takes the spellings of the table, a group, and the path without a slash', async () => {
		const answer = await postForm(`${FIELDS}&groupID=7`, '/tasks');
		expect(answer.data).toMatchObject({ taskLinkType: 'GROUP' });
	});

	it('names a user, client or group it does not know, and a title that is too long', async () => {
		for (const [form, code] of [
			[FIELDS.replace('demo', 'nobody'), 700],
			[`${FIELDS}&clientid=999`, 301],
			[`${FIELDS}&groupid=999`, 201],
			[FIELDS.replace('Review+Loan', 'x'.repeat(257)), 984],
		] as const) {
			expect((await postForm(form)).data.returnCode).toBe(code);
		}
	});

	it('refuses a date with a time, a missing field, and an unknown user, client or group', async () => {
		for (const form of [
			FIELDS.replace('2099-06-16', '2099-06-16T10:00:00%2B0000'),
			FIELDS.replace('&username=demo', ''),
			FIELDS.replace('demo', 'nobody'),
			`${FIELDS}&clientid=999`,
			`${FIELDS}&groupid=999`,
			`${FIELDS}&clientid=16&groupid=7`,
			'',
		]) {
			expect((await postForm(form)).status).toBe(400);
		}
		expect(started.mambu.tasks).toEqual([]);
	});
});

describe('POST tasks, JSON', () => {
	it('creates with 201 and answers { task }', async () => {
		const answer = await post(v1Task());
		expect(answer.status).toBe(201);
		expect(Object.keys(answer.data)).toEqual(['task']);
		expect(answer.data.task).toMatchObject({
			id: 1,
			title: 'Create a new client',
			dueDate: '2099-02-11T15:36:34+0000',
			status: 'OPEN',
		});
		expect(answer.data.task).not.toHaveProperty('createdByFullName');
	});

	it('updates with 201 when there is an encodedKey, also with the key in the path', async () => {
		const { encodedKey } = started.mambu.createTask();
		const answer = await post(v1Task({ encodedKey, title: 'Changed' }));
		expect([answer.status, (answer.data.task as Json).title]).toEqual([201, 'Changed']);
		const other = await started.v1.post(`/tasks/${encodedKey}`, v1Task({ encodedKey, title: 'B' }));
		expect(other.status).toBe(201);
		expect(started.mambu.tasks).toMatchObject([{ title: 'B' }]);
	});

	it('completes and reopens through the same update', async () => {
		const { encodedKey } = started.mambu.createTask();
		const status = 'COMPLETED';
		const done = await post(v1Task({ encodedKey, status, completionDate: '2099-01-01' }));
		expect(done.data.task).toMatchObject({ status, completionDate: '2099-01-01T00:00:00+0000' });
		const open = await post(v1Task({ encodedKey }));
		expect(open.data.task).toMatchObject({ status: 'OPEN' });
		expect(open.data.task).not.toHaveProperty('completionDate');
	});

	it('unlinks with an explicit null', async () => {
		const taskLinkKey = clientKey(started, '16');
		const { encodedKey } = started.mambu.createTask({ taskLinkKey, taskLinkType: 'CLIENT' });
		const unlink = { encodedKey, taskLinkKey: null, taskLinkType: null };
		expect((await post(v1Task(unlink))).data.task).not.toHaveProperty('taskLinkKey');
	});

	it.each([
		['no envelope', v1Task().task],
		['no title', v1Task({ title: undefined })],
		['no due date', v1Task({ dueDate: undefined })],
		['no assignee', v1Task({ assignedUserKey: undefined })],
		['a user name for a key', v1Task({ assignedUserKey: 'demo' })],
		['the typo of the document', v1Task({ status: 'COMPLEDED' })],
		['the status that is only read', v1Task({ status: 'OVERDUE' })],
		['an empty ID', v1Task({ id: '' })],
		['an empty link', v1Task({ taskLinkKey: '', taskLinkType: 'CLIENT' })],
		['a link without a type', v1Task({ taskLinkKey: 'x' })],
		['an unknown link type', v1Task({ taskLinkKey: 'x', taskLinkType: 'PLANET' })],
		['milliseconds', v1Task({ dueDate: '2099-02-11T15:36:34.000Z' })],
		['a title of more than 256 letters', v1Task({ title: 'x'.repeat(257) })],
		['completed without a date', v1Task({ status: 'COMPLETED' })],
		['open with a completion date', v1Task({ completionDate: '2099-01-01' })],
	])('refuses %s', async (_, body) => {
		const answer = await post(body);
		expect([answer.status, answer.data.returnCode]).toEqual([400, expect.any(Number)]);
		expect(started.mambu.tasks).toEqual([]);
	});

	// MambuApiResponseCode in github.com/mambu-gmbh/Mambu-APIs-Java, models 9.6
	it.each([
		[984, { title: 'x'.repeat(257) }],
		[102, { dueDate: '2099-02-11T15:36:34.000Z' }],
		[983, { status: 'OVERDUE' }],
		[981, { status: 'COMPLETED' }],
		[701, { assignedUserKey: 'demo' }],
	])('refuses with code %s', async (code, more) => {
		expect((await post(v1Task(more))).data.returnCode).toBe(code);
	});

	it.each(['15:36:34+0000', '15:36:34Z', '15:36:34+00:00', '15:36:34', '17:36:34+02:00'])(
		'takes a date at %s',
		async (time) => {
			const { data } = await post(v1Task({ dueDate: `2099-02-11T${time}` }));
			expect(data.task).toMatchObject({ dueDate: '2099-02-11T15:36:34+0000' });
		},
	);

	it('takes a status in any case, and a title of 256 letters', async () => {
		const { data } = await post(v1Task({ status: 'open', title: 'x'.repeat(256) }));
		expect(data.task).toMatchObject({ status: 'OPEN' });
	});

	it('does not know a foreign key', async () => {
		const answer = await post(v1Task({ encodedKey: 'unknown' }));
		expect([answer.status, answer.data.returnStatus]).toEqual([404, 'INVALID_TASK_ID']);
	});
});

describe('what version 1 lacks', () => {
	it('is one task by ID, PUT and PATCH', async () => {
		const { id } = started.mambu.createTask();
		for (const method of ['get', 'put', 'patch'] as const) {
			const answer = (await started.v1.request({
				method,
				url: `/tasks/${id}`,
				data: {},
			})) as Answer;
			expect([answer.status, answer.data.returnStatus]).toEqual([404, 'INVALID_API_OPERATION']);
		}
	});
});

describe('DELETE tasks', () => {
	it('takes a number or a key and answers a return code', async () => {
		const first = started.mambu.createTask();
		const second = started.mambu.createTask();
		for (const name of [first.id, second.encodedKey]) {
			const answer = (await started.v1.delete(`/tasks/${name}`)) as Answer;
			expect(answer.status).toBe(200);
			expect(answer.data).toEqual({ returnCode: 0, returnStatus: 'SUCCESS' });
		}
		expect(started.mambu.tasks).toEqual([]);
		expect((await started.v1.delete('/tasks/1')).status).toBe(404);
	});
});

describe('users', () => {
	it('are listed, and found by user name, ID or key', async () => {
		const all = (await started.v1.get('/users?offset=0&limit=1')) as ListAnswer;
		expect(all.data).toEqual([
			{
				encodedKey: MAX.encodedKey,
				id: '1',
				username: 'demo',
				firstName: 'Max',
				lastName: 'Power',
				email: 'max@example.com',
			},
		]);
		for (const name of ['demo', '1', MAX.encodedKey]) {
			const one = (await started.v1.get(`/users/${name}?fullDetails=true`)) as Answer;
			expect(one.data.username).toBe('demo');
		}
		expect((await started.v1.get('/users/nobody')).status).toBe(404);
	});
});

it('compares the names of parameters without their case', async () => {
	const taskLinkKey = clientKey(started, '16');
	started.mambu.createTask({ title: 'other' });
	started.mambu.createTask({ title: 'linked', taskLinkKey, taskLinkType: 'CLIENT' });
	for (const query of ['?clientid=16', '?clientId=16', '?CLIENTID=16&STATUS=OPEN&Limit=1']) {
		const answer = (await started.v1.get(`/tasks${query}`)) as ListAnswer;
		expect(titles(answer)).toEqual(['linked']);
	}
});
