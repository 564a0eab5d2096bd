import { isMambuTask, toTask } from '../../../nodes/Mambu/task';
import { tenantUrl } from '../../../nodes/Mambu/tenantUrl';

/** 32 hexadecimal digits, as Mambu writes keys. */
const KEY = 'abcd'.repeat(8);

/** The sample of the 2018 document, with the link fields of the later schema. */
const V1 = {
	encodedKey: KEY,
	id: 1,
	creationDate: '2014-02-10T15:36:34+0000',
	lastModifiedDate: '2014-02-10T16:36:34+0100',
	dueDate: '2014-02-11T15:36:34+0000',
	title: 'Create a new client',
	description: 'Create a new client named John Smith',
	createdByUserKey: 'max',
	status: 'OPEN',
	daysUntilDue: -7,
	createdByFullName: 'Max Power',
	assignedUserKey: 'eve',
	taskLinkKey: 'client',
	taskLinkType: 'CLIENT',
};

describe('the status table', () => {
	// the filter of the 2018 document; version 2's schema knows the first two
	it.each([
		['OPEN', 'open'],
		['COMPLETED', 'done'],
		['OVERDUE', 'open'],
		['ON_HOLD', 'open'],
		['constructor', 'open'],
	])('%s is %s, and never a decision', (status, state) => {
		expect(toTask({ ...V1, status })).toMatchObject({ status, state, decision: null });
	});
});

describe('a task', () => {
	it('becomes the Task record', () => {
		expect(toTask(V1)).toEqual({
			id: KEY,
			title: 'Create a new client',
			description: 'Create a new client named John Smith',
			status: 'OPEN',
			state: 'open',
			decision: null,
			requester: { id: 'max', name: 'Max Power', email: null },
			assignee: { id: 'eve', name: null, email: null },
			dueAt: '2014-02-11T15:36:34.000Z',
			createdAt: '2014-02-10T15:36:34.000Z',
			updatedAt: '2014-02-10T15:36:34.000Z',
			decidedAt: null,
			url: null,
			source: 'mambu',
		});
	});

	it('keeps a day a day, and reads offsets with a colon', () => {
		const task = { ...V1, dueDate: '2016-09-06', creationDate: '2016-09-06T13:37:50+03:00' };
		expect(toTask(task)).toMatchObject({
			dueAt: '2016-09-06',
			createdAt: '2016-09-06T10:37:50.000Z',
		});
	});

	it('tells when it was completed', () => {
		const task = { ...V1, status: 'COMPLETED', completionDate: '2014-02-12T00:00:00+0000' };
		expect(toTask(task).decidedAt).toBe('2014-02-12T00:00:00.000Z');
	});

	it('goes by its number where it has no key, and has null for what is absent', () => {
		expect(toTask({ id: 7 })).toEqual({
			id: '7',
			title: null,
			description: null,
			status: null,
			state: 'open',
			decision: null,
			requester: null,
			assignee: null,
			dueAt: null,
			createdAt: null,
			updatedAt: null,
			decidedAt: null,
			url: null,
			source: 'mambu',
		});
	});

	it.each([null, 'task', [], {}, { returnCode: 0 }])('is not %j', (value) => {
		expect(isMambuTask(value)).toBe(false);
	});
});

describe('the tenant', () => {
	it.each([
		['acme', 'https://acme.mambu.com'],
		[' acme.sandbox ', 'https://acme.sandbox.mambu.com'],
		['acme.mambu.com/', 'https://acme.mambu.com'],
		['https://acme.mambu.com/api/', 'https://acme.mambu.com'],
		['https://acme.mambu.com/#dashboard', 'https://acme.mambu.com'],
		['http://127.0.0.1:9/api', 'http://127.0.0.1:9'],
		['bank.example.com', 'https://bank.example.com'],
	])('%j is %s', (tenant, url) => {
		expect(tenantUrl(tenant)).toBe(url);
	});

	it('must not be empty', () => {
		expect(() => tenantUrl(' ')).toThrow('The Tenant is empty');
	});
});
