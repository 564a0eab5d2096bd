import { attributesOf, idOf, sequenceOf, toTask } from '../../../nodes/Opentaps/task';

describe('the Opentaps status table', () => {
	it.each([
		['CREATED', 'open'],
		['STARTED', 'open'],
		['COMPLETED', 'done'],
		['CANCELLED', 'open'],
		['constructor', 'open'],
	])('%s is %s, and never a decision', (status, state) => {
		expect(toTask({ _id: 'a', status }, null)).toMatchObject({ status, state, decision: null });
	});

	it('has no word where the record has none', () => {
		expect(toTask({ _id: 'a' }, null)).toMatchObject({ status: null, state: 'open' });
	});
});

describe('a record', () => {
	// W-act 7364, the wiki's sample of 2013
	const in2013 = {
		note: {
			noteId: '4f0d7a2ce4b0c5a1b2c3d4e5',
			noteText: 'Hello',
			sequenceNum: 12,
			dateTimeCreated: '2013-04-19 20:12:00.123',
			createdByUser: { id: 'u', name: 'Ada', photo: '', userType: 'INTERNAL', userInfoUrl: '' },
			note_field_activityType: 'PINNED',
			note_field_status: 'CREATED',
		},
	};

	it('of 2013 is read out of its wrapping', () => {
		expect(toTask(in2013, 'https://crm.example/')).toMatchObject({
			id: '4f0d7a2ce4b0c5a1b2c3d4e5',
			title: 'Hello',
			status: 'CREATED',
			requester: { id: 'u', name: 'Ada', email: null },
			createdAt: '2013-04-19T20:12:00.123Z',
			url: 'https://crm.example/#/tasks?taskId=4f0d7a2ce4b0c5a1b2c3d4e5',
		});
		expect(sequenceOf(in2013)).toBe(12);
		expect(attributesOf(in2013).activityType).toBe('PINNED');
	});

	it('keeps a field of its own before a prefixed one or an attribute of the same name', () => {
		const raw = { status: 'STARTED', note_field_status: 'CREATED', attributes: { status: 'x' } };
		expect(attributesOf(raw).status).toBe('STARTED');
		expect(attributesOf({ note_field_a: '1', attributes: { a: '2', b: '3' } })).toMatchObject({
			a: '1',
			b: '3',
		});
	});

	it.each([
		[{ _id: 'a', noteId: 'b' }, 'a'],
		[{ noteId: 'b', activityId: 'c' }, 'b'],
		[{ activityId: 7 }, '7'],
		[{ _id: { $oid: 'd' } }, 'd'],
		[{ noteText: 'x' }, ''],
	])('has its ID under many names: %j', (raw, id) => {
		expect(idOf(raw)).toBe(id);
	});

	it.each([
		[{ assignedToContact: ['a'] }, { id: 'a', name: null, email: null }],
		[{ assignedToContact: { a: 'Ada' } }, { id: 'a', name: 'Ada', email: null }],
		[{ assignedToContact: ['a', 'b'] }, null],
		[{ assignedToContact: 'a' }, { id: 'a', name: null, email: null }],
		[
			{ assignedToContact: { a: 'Ada', b: 'Bob' }, responsibleContactId: 'b' },
			{ id: 'b', name: 'Bob', email: null },
		],
		[
			{ assignedToContact: ['a'], responsibleContactId: '' },
			{ id: 'a', name: null, email: null },
		],
		[{}, null],
	])('%j is assigned', (raw, assignee) => {
		expect(toTask(raw, null).assignee).toEqual(assignee);
	});

	it.each([
		['2099-01-01T10:00:00+01:00', '2099-01-01T09:00:00.000Z'],
		// Ruby's DateTime.parse in processFollowUp.rb takes a time without a zone as UTC
		['2099-01-01 10:00:00.000', '2099-01-01T10:00:00.000Z'],
		['2099-01-01T10:00:00', '2099-01-01T10:00:00.000Z'],
		['Thu, 01 Jan 2099 10:00:00 GMT', '2099-01-01T10:00:00.000Z'],
		['2099-01-01', '2099-01-01'],
		[4_070_908_800_000, '2099-01-01T00:00:00.000Z'],
		[{ $date: '2099-01-01T10:00:00Z' }, '2099-01-01T10:00:00.000Z'],
		['soon', null],
		['', null],
	])('scheduled for %j is due %s', (scheduledDateTime, dueAt) => {
		expect(toTask({ scheduledDateTime }, null).dueAt).toBe(dueAt);
	});
});
