import { UMA, type OpentapsOptions } from '../../sandbox';
import {
	failure,
	row,
	rows,
	startOpentaps,
	texts,
	type Answer,
	type Started,
} from './callOpentaps';

let started: Started;
beforeEach(async () => (started = await startOpentaps()));
afterEach(async () => await started.sandbox.close());

const set = (options: Partial<OpentapsOptions>) =>
	void Object.assign(started.opentaps.options, options);
const addThree = () => {
	for (const noteText of ['one', 'two', 'three']) started.opentaps.add({ noteText });
};

it('gives records of 2013 wrapped in note, with prefixed fields', async () => {
	set({ generation: '2013', dates: 'spaced' });
	started.opentaps.createTask({ fields: { scheduledDateTime: '2099-01-01T10:00:00+01:00' } });
	expect(rows(await started.get('/activities'))).toEqual([
		{
			note: {
				noteId: expect.stringMatching(/^[0-9a-f]{24}$/),
				noteText: 'Call the customer',
				sequenceNum: 3,
				clientDomain: 'acme.example',
				dateTimeCreated: expect.any(String),
				createdByUser: expect.objectContaining({ name: 'Ida Admin' }),
				note_field_activityType: 'TASK',
				note_field_status: 'CREATED',
				note_field_scheduledDateTime: '2099-01-01 09:00:00.000',
				note_field_assignedToContact: [UMA.contactId],
			},
		},
	]);
});

it('may leave the sequence number out, and map contacts to names', async () => {
	set({ showsSequenceNum: false, assignees: 'map' });
	started.opentaps.createTask();
	const [task] = rows(await started.get('/activities'));
	expect(task).not.toHaveProperty('sequenceNum');
	expect(task.assignedToContact).toEqual({ [UMA.contactId]: 'Uma User' });
});

it.each([
	['ascending', 'inclusive', ['two', 'three']],
	['ascending', 'exclusive', ['three']],
	['ascending', 'notBelow', ['two', 'three']],
	['descending', 'inclusive', ['two', 'one']],
	['descending', 'exclusive', ['one']],
	['descending', 'notBelow', ['three', 'two']],
] as const)('goes on %s, %s', async (order, startFrom, expected) => {
	set({ order, startFrom });
	addThree();
	expect(texts(await started.get('/activities/5/6'))).toEqual(expected);
});

it('may give smaller pages than asked for', async () => {
	set({ largestPage: 2 });
	addThree();
	expect(texts(await started.get('/activities/100'))).toEqual(['three', 'two']);
	expect(texts(await started.get('/activities'))).toHaveLength(3);
});

it('may ignore the filters, and never takes two values', async () => {
	addThree();
	expect(rows(await started.get('/activities', { activityType: 'EMAIL,NOTE' }))).toEqual([]);
	set({ filters: 'ignored' });
	expect(rows(await started.get('/activities', { activityType: 'EMAIL' }))).toHaveLength(3);
});

it('shows nothing found as an empty array, or not at all', async () => {
	expect((await started.get('/activities')).data).toEqual({ result: { resultValue: [] } });
	set({ nothingFound: 'missing' });
	expect((await started.get('/activities')).data).toEqual({ result: {} });
});

it('lists all tasks or open ones without a status', async () => {
	started.opentaps.createTask({ fields: { status: 'COMPLETED' } });
	expect(rows(await started.get('/task'))).toHaveLength(1);
	set({ tasksWithoutStatus: 'open' });
	expect(rows(await started.get('/task'))).toEqual([]);
});

it.each([
	['prefixed', false, true],
	['plain', true, false],
	['both', true, true],
] as const)('reads %s names of task fields', async (taskFieldNames, plain, prefixed) => {
	set({ taskFieldNames });
	const when = '2099-01-01T09:00:00.000Z';
	const sent = { noteText: 'x', note_field_activityType: 'TASK' };
	const a = await started.post('/activities', { ...sent, scheduledDateTime: when });
	const b = await started.post('/activities', { ...sent, note_field_scheduledDateTime: when });
	expect([row(a), row(b)].map(({ scheduledDateTime }) => scheduledDateTime === when)).toEqual([
		plain,
		prefixed,
	]);
});

it('may have POST /task', async () => {
	expect((await started.post('/task', { noteText: 'x' })).status).toBe(404);
	set({ taskPost: 'offered' });
	expect(row(await started.post('/task', { noteText: 'x' })).activityType).toBe('TASK');
});

it('takes one or the other name of the ID to update', async () => {
	set({ upsertId: 'noteId' });
	const { id, fields } = started.opentaps.add({});
	await started.post('/activities', { noteId: id, note_field_status: 'STARTED' });
	expect(fields.status).toBe('STARTED');
});

it('answers to a create in four ways', async () => {
	const create = async (createAnswer: OpentapsOptions['createAnswer']) => {
		set({ createAnswer });
		return (await started.post('/activities', { noteText: 'x' })).data;
	};
	const record = expect.objectContaining({ _id: expect.any(String), noteText: 'x' });
	expect(await create('record')).toEqual({ result: { resultValue: record } });
	expect(await create('topLevel')).toEqual(record);
	expect(await create('id')).toEqual({
		result: { resultValue: { activityId: expect.any(String) } },
	});
	expect(await create('empty')).toEqual({});
	expect(started.opentaps.activities).toHaveLength(4);
});

it('answers to an update in three ways', async () => {
	const { id } = started.opentaps.add({});
	const update = async (updateAnswer: OpentapsOptions['updateAnswer']) => {
		set({ updateAnswer });
		return (await started.put(`/activities/${id}`, { partial: 'Yes', status: 'S' })).data;
	};
	expect(await update('record')).toMatchObject({ result: { resultValue: { _id: id } } });
	expect(await update('acknowledged')).toEqual({ result: { resultValue: 'OK' } });
	expect(await update('empty')).toEqual({});
});

it('answers to a delete in three ways', async () => {
	const remove = async (doneAnswer: OpentapsOptions['doneAnswer']) => {
		set({ doneAnswer });
		const { status, data } = await started.remove(`/activities/${started.opentaps.add({}).id}`);
		return [status, data];
	};
	expect(await remove('acknowledged')).toEqual([200, { result: { resultValue: 'OK' } }]);
	expect(await remove('empty')).toEqual([200, {}]);
	expect(await remove('noContent')).toEqual([204, '']);
});

it('may keep what a PUT leaves out', async () => {
	set({ withoutPartial: 'kept' });
	const task = started.opentaps.createTask();
	await started.put(`/activities/${task.id}`, { status: 'COMPLETED' });
	expect(task.noteText).toBe('Call the customer');
});

it.each([
	['body', [200, 401]],
	['query', [401, 200]],
	['either', [200, 200]],
] as const)('reads the parameters of a DELETE in the %s', async (deleteParameters, expected) => {
	set({ deleteParameters });
	const login = { authToken: 'permanent-of-ida', clientDomain: 'acme.example' };
	const path = () => `/activities/${started.opentaps.add({}).id}`;
	const inBody = await started.remove(path());
	const inQuery = await started.client.delete(path(), { params: login });
	expect([inBody.status, inQuery.status]).toEqual(expected);
});

it('gives tags at the top or in the envelope, and may want a name', async () => {
	set({ tagAnswer: 'enveloped' });
	const created = await started.post('/tag', { tagName: 'VIP' });
	expect(row(created)).toEqual({ tagId: expect.any(String) });
	expect(rows(await started.get('/tag', { tagName: '' }))).toHaveLength(1);
	set({ emptyTagName: 'refused' });
	expect(failure(await started.get('/tag', { tagName: '' }))).toEqual([400, 'tagName is required']);
});

it('tells failures in three shapes', async () => {
	const fail = async (errorBody: OpentapsOptions['errorBody']) => {
		set({ errorBody });
		return (await started.remove('/activities/x')).data;
	};
	expect(await fail('error')).toEqual({ error: 'Activity not found' });
	expect(await fail('errors')).toEqual({ errors: ['Activity not found'] });
	expect(await fail('errorsAndMessage')).toEqual({
		errors: [{ code: 1, text: 'Activity not found' }],
		message: 'Activity not found',
	});
});

it.each([404, 400, 'ok'] as const)('refuses an unknown ID with %s', async (unknownId) => {
	set({ unknownId });
	expect(failure(await started.remove('/activities/x'))).toEqual([
		unknownId === 'ok' ? 200 : unknownId,
		'Activity not found',
	]);
});

describe('the parameters of a GET', () => {
	// automation/daily_activities_email.py sends them like this
	const asBody = async (path: string, sent: Record<string, string> = {}) =>
		(await started.client.request({
			method: 'GET',
			url: path,
			data: new URLSearchParams({
				authToken: 'permanent-of-ida',
				clientDomain: 'acme.example',
				...sent,
			}).toString(),
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
		})) as Answer;

	it('may come in a form', async () => {
		started.opentaps.createTask();
		started.opentaps.add({ noteText: 'Note' });
		expect(rows(await asBody('/activities'))).toHaveLength(2);
		expect(rows(await asBody('/activities', { activityType: 'TASK' }))).toHaveLength(1);
		expect(rows(await asBody('/task', { status: 'COMPLETED' }))).toEqual([]);
		expect((await asBody('/contacts-users')).status).toBe(200);
	});

	it('or in the query only', async () => {
		set({ getParameters: 'query' });
		expect((await asBody('/task')).status).toBe(401);
		expect((await started.get('/task')).status).toBe(200);
	});
});
