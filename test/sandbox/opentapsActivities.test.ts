import { UMA } from '../../sandbox';
import { failure, row, rows, startOpentaps, texts, type Started } from './callOpentaps';

let started: Started;
beforeEach(async () => (started = await startOpentaps()));
afterEach(async () => await started.sandbox.close());

const addThree = () =>
	['one', 'two', 'three'].map((noteText) => started.opentaps.add({ noteText }));

describe('activities', () => {
	it('row 1: lists all without a count', async () => {
		addThree();
		const answer = await started.get('/activities');
		expect(answer.status).toBe(200);
		expect(texts(answer)).toEqual(['three', 'two', 'one']);
		expect(rows(answer)[0]).toEqual({
			_id: expect.stringMatching(/^[0-9a-f]{24}$/),
			noteText: 'three',
			sequenceNum: 9,
			clientDomain: 'acme.example',
			dateTimeCreated: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/),
			activityType: 'NOTE',
			status: 'CREATED',
			attributes: {},
		});
	});

	it('row 2: lists a page, from a sequence number', async () => {
		addThree();
		expect(texts(await started.get('/activities/2'))).toEqual(['three', 'two']);
		expect(texts(await started.get('/activities/2/6'))).toEqual(['two', 'one']);
		expect(texts(await started.get('/activities/2/3'))).toEqual(['one']);
	});

	it('row 3: filters by type and status', async () => {
		addThree();
		started.opentaps.createTask();
		started.opentaps.createTask({ noteText: 'Done', fields: { status: 'COMPLETED' } });
		const sent = { activityType: 'TASK', status: 'CREATED' };
		expect(texts(await started.get('/activities', sent))).toEqual(['Call the customer']);
	});

	it('row 5: reads no single activity', async () => {
		const [one] = addThree();
		expect(failure(await started.get(`/activities/${one.id}`))).toEqual([
			400,
			'numberOfActivities and startFrom are numbers',
		]);
	});

	it('row 6: creates, with prefixed fields', async () => {
		const answer = await started.post('/activities', {
			noteText: 'Sent an offer',
			note_field_activityType: 'email',
			note_field_referenceUrl: 'https://acme.example/1',
		});
		expect(row(answer)).toMatchObject({
			noteText: 'Sent an offer',
			activityType: 'EMAIL',
			status: 'CREATED',
			attributes: { referenceUrl: 'https://acme.example/1' },
		});
		expect(started.opentaps.activities).toHaveLength(1);
	});

	it('row 6: refuses no text, and a type the domain does not have', async () => {
		expect(failure(await started.post('/activities'))).toEqual([400, 'noteText is required']);
		const sent = { noteText: 'x', note_field_activityType: 'FOLLOWUP_EMAIL' };
		expect(failure(await started.post('/activities', sent))).toEqual([
			400,
			'Activity type FOLLOWUP_EMAIL is not valid',
		]);
		const json = await started.client.post('/activities', { noteText: 'x' });
		expect(json.status).toBe(415);
	});

	it('row 8: updates with an ID among the fields', async () => {
		const [one] = addThree();
		await started.post('/activities', { activityId: one.id, note_field_status: 'STARTED' });
		expect(one.fields.status).toBe('STARTED');
		expect(started.opentaps.activities).toHaveLength(3);
	});

	it('row 9 and 10: changes what is sent, under bare names, with partial=Yes', async () => {
		const task = started.opentaps.createTask({ fields: { referenceName: 'A-1' } });
		const answer = await started.put(`/activities/${task.id}`, {
			partial: 'Yes',
			status: 'COMPLETED',
		});
		expect(row(answer)).toMatchObject({ _id: task.id, status: 'COMPLETED' });
		expect(task.noteText).toBe('Call the customer');
		expect(task.fields).toMatchObject({ referenceName: 'A-1', activityType: 'TASK' });
	});

	it('row 9: replaces the record without partial=Yes', async () => {
		const task = started.opentaps.createTask();
		await started.put(`/activities/${task.id}`, { status: 'COMPLETED' });
		expect(task).toMatchObject({
			noteText: '',
			assignedTo: [],
			fields: { activityType: 'TASK', status: 'COMPLETED' },
		});
		expect(task.fields.scheduledDateTime).toBeUndefined();
	});

	it('row 11: deletes', async () => {
		const [one] = addThree();
		expect((await started.remove(`/activities/${one.id}`)).status).toBe(200);
		expect(started.opentaps.find(one.id)).toBeUndefined();
		expect(failure(await started.remove(`/activities/${one.id}`))).toEqual([
			404,
			'Activity not found',
		]);
	});

	it('row 11: needs no client domain to delete', async () => {
		const [one] = addThree();
		const data = new URLSearchParams({ authToken: 'permanent-of-ida' });
		expect((await started.client.delete(`/activities/${one.id}`, { data })).status).toBe(200);
	});

	it('rows 12 and 13: links a contact in a role, and unlinks it', async () => {
		const [one] = addThree();
		const sent = { activityId: one.id, contactId: UMA.contactId, role: 'reviewer' };
		expect((await started.post('/activities/contact/add', sent)).status).toBe(200);
		expect([...one.contacts]).toEqual([[UMA.contactId, 'reviewer']]);
		expect((await started.post('/activities/contact/remove', sent)).status).toBe(200);
		expect(one.contacts.size).toBe(0);
		const stranger = { ...sent, contactId: 'x' };
		expect(failure(await started.post('/activities/contact/add', stranger))).toEqual([
			404,
			'Contact not found',
		]);
		expect((await started.remove('/activities/contact/remove', sent)).status).toBe(404);
	});
});

describe('tasks', () => {
	it('row 4: lists by status, as many as asked for', async () => {
		const { opentaps } = started;
		opentaps.add({ noteText: 'no task' });
		opentaps.createTask({ noteText: 'a' });
		opentaps.createTask({ noteText: 'b', fields: { status: 'STARTED' } });
		opentaps.createTask({ noteText: 'c', fields: { status: 'COMPLETED' } });
		const open = { status: 'STARTED,CREATED', per_page: '9999' };
		expect(texts(await started.get('/task', open))).toEqual(['b', 'a']);
		expect(texts(await started.get('/task', { ...open, per_page: '1' }))).toEqual(['b']);
		const [task] = rows(await started.get('/task', { status: 'CREATED' }));
		expect(task).toMatchObject({
			activityType: 'TASK',
			assignedToContact: [UMA.contactId],
			scheduledDateTime: expect.any(String),
		});
	});

	it('row 7: creates a task like any activity', async () => {
		const answer = await started.post('/activities', {
			noteText: 'Call back',
			note_field_activityType: 'TASK',
			note_field_scheduledDateTime: '2099-01-01T09:00:00.000Z',
			note_field_assignedToContact: UMA.contactId,
			note_field_responsibleContactId: UMA.contactId,
		});
		expect(row(answer)).toMatchObject({
			activityType: 'TASK',
			scheduledDateTime: '2099-01-01T09:00:00.000Z',
			assignedToContact: [UMA.contactId],
			responsibleContactId: UMA.contactId,
		});
		const bad = { noteText: 'x', note_field_scheduledDateTime: 'soon' };
		expect(failure(await started.post('/activities', bad))).toEqual([
			400,
			'scheduledDateTime is not a date',
		]);
	});
});

describe('tags', () => {
	it('rows 16 to 18: creates, finds, updates and deletes', async () => {
		const sent = { tagName: 'Sales::EU', tagUrl: 'https://acme.example', tagKeywords: 'eu' };
		const { data } = await started.post('/tag', sent);
		expect(data).toEqual({ tagId: expect.any(String) });
		const tagId = String(data.tagId);
		expect(failure(await started.post('/tag', { tagName: 'sales::eu' }))[0]).toBe(400);
		expect((await started.get('/tag', { tagName: 'LES' })).data).toEqual([{ tagId, ...sent }]);
		expect((await started.get('/tag', { tagName: 'x' })).data).toEqual([]);
		await started.put('/tag', { tagId, tagName: 'Sales' });
		expect(started.opentaps.tags).toEqual([{ tagId, ...sent, tagName: 'Sales' }]);
		expect((await started.remove('/tag', { tagId })).status).toBe(200);
		expect(failure(await started.remove('/tag', { tagId }))).toEqual([404, 'Tag not found']);
	});

	it('rows 19 and 20: lists what a tag is on, and tags on create', async () => {
		const { opentaps } = started;
		const kept = opentaps.addTag({ tagName: 'VIP', tagUrl: 'a', tagKeywords: '' });
		const sent = { noteText: 'x', tagName: 'vip', tagUrl: 'b', tagKeywords: 'c' };
		await started.post('/activities', sent);
		expect(opentaps.tags).toEqual([kept]);
		expect(texts(await started.get('/tagActivities', { tagId: kept.tagId }))).toEqual(['x']);
	});
});

describe('people and types', () => {
	it('rows 14 and 15: lists users and their logins as bare arrays', async () => {
		const { data } = await started.get('/contacts-users');
		expect(data).toEqual([
			{ _id: expect.any(String), fullName: 'Ida Admin', emails: [{ email: 'ida@acme.example' }] },
			{
				_id: UMA.contactId,
				fullName: 'Uma User',
				emails: [{ email: 'uma@acme.example' }, { email: 'uma@home.example' }],
			},
			{ _id: expect.any(String), fullName: 'Leo Looker' },
		]);
		const logins = await started.get(`/contact-users/${UMA.contactId}`);
		expect(logins.data).toEqual([
			{ userId: 'uma', userIdType: 'INTERNAL' },
			{ userId: 'uma@gmail.example', userIdType: 'GOOGLE_APPS' },
		]);
	});

	it('row 21: lists, adds and removes activity types in upper case', async () => {
		await started.post('/admin/activity-type', { activityType: 'followup_email' });
		const types = await started.get('/admin/activity-type');
		expect(row(types)).toContain('FOLLOWUP_EMAIL');
		await started.remove('/admin/activity-type', { activityType: 'FOLLOWUP_EMAIL' });
		expect(row(await started.get('/admin/activity-type'))).not.toContain('FOLLOWUP_EMAIL');
	});
});
