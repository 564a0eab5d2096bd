import type { INodeParameters } from 'n8n-workflow';

import type { MambuTask } from '../../sandbox';
import { offeredOperations, openVendorStage, type VendorStage } from './vendorStage';

jest.setTimeout(120_000);

/** Keys of the sandbox: the first task, the users Max (demo) and Vera, the client 16. */
const TASK = 'c146b6ad38277b931d94d82f20703136';
const MAX = 'd6d7705392bc7af633328bea8c4c6904';
const VERA = '3d58ce20fe802793e0b221905baa60b3';
const CLIENT = 'c8b8306e5ae0c4389eb55459a8a2f04c';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/;
/** The workflow's; half an hour after 21:00 UTC it is the next day there. */
const TIME_ZONE = 'Europe/Prague';
const DUE = new Date('2099-06-16T19:30:00Z');

type Version = 'v1' | 'v2';
type Call = [method: string, path: string, sent?: object];

interface Case {
	parameters: INodeParameters;
	/** What is stored before, besides the task that every case has; that one by default open. */
	before?: Partial<MambuTask>;
	calls: Call[];
	json: object[];
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'username', value });

/** The Task record of the stored task, as this version tells it. */
const record = (version: Version, more: object = {}) => ({
	id: TASK,
	title: 'Review the loan',
	description: null,
	status: 'OPEN',
	state: 'open',
	decision: null,
	requester: { id: MAX, name: 'Max Power', email: null },
	assignee: { id: MAX, name: null, email: null },
	dueAt: version === 'v2' ? '2099-06-16' : '2099-06-16T19:30:00.000Z',
	createdAt: expect.stringMatching(SECOND),
	updatedAt: expect.stringMatching(SECOND),
	decidedAt: null,
	url: null,
	source: 'mambu',
	...more,
});

/** Version 1 tells who made a task in lists only. */
const unnamed = { requester: { id: MAX, name: null, email: null } };
const DONE = { status: 'COMPLETED', state: 'done' };
const DONE_V1 = { ...DONE, decidedAt: '2026-01-02T02:04:05.000Z' };
const COMPLETED = {
	status: 'COMPLETED',
	completionDate: new Date('2026-01-02T02:04:05Z'),
} as const;

const page = { offset: '0', limit: '1000' };
const pageV2 = { ...page, paginationDetails: 'ON' };
const whole = {
	encodedKey: TASK,
	title: 'Review the loan',
	dueDate: '2099-06-16T19:30:00+0000',
	assignedUserKey: MAX,
};
const find: Call = ['GET', '/api/tasks', { status: 'OPEN', ...page }];
const read: Call = ['GET', '/api/tasks/1'];
const patch = (...operations: object[]): Call => ['PATCH', '/api/tasks/1', operations];

const NEW = {
	title: ' Review the loan ',
	dueDate: '2099-06-16T21:30:00',
	assignee: byName('demo'),
	additionalFields: {
		description: 'For **Eve**',
		taskLinkType: 'CLIENT',
		taskLinkKey: CLIENT,
	},
};
const CHANGED = { title: 'Changed', dueDate: '2099-07-01T23:30:00', assignee: byName('vera') };
const vera = { id: VERA, name: null, email: null };

/** What each operation does, in each version. */
const CASES: Record<string, Record<Version, Case>> = {
	'task:create': {
		v1: {
			parameters: NEW,
			calls: [
				['GET', '/api/users/demo'],
				[
					'POST',
					'/api/tasks',
					{
						task: {
							title: 'Review the loan',
							dueDate: '2099-06-16T21:30:00+0200',
							status: 'OPEN',
							description: 'For **Eve**',
							assignedUserKey: MAX,
							taskLinkType: 'CLIENT',
							taskLinkKey: CLIENT,
						},
					},
				],
			],
			json: [
				record('v1', {
					id: 'befa05fad0cdd5fb319d437f20d71bd9',
					...unnamed,
					description: 'For **Eve**',
				}),
			],
		},
		v2: {
			parameters: NEW,
			calls: [
				['GET', '/api/users', pageV2],
				[
					'POST',
					'/api/tasks',
					{
						title: 'Review the loan',
						dueDate: '2099-06-16',
						description: 'For **Eve**',
						assignedUserKey: MAX,
						taskLinkType: 'CLIENT',
						taskLinkKey: CLIENT,
					},
				],
			],
			json: [record('v2', { id: 'befa05fad0cdd5fb319d437f20d71bd9', description: 'For **Eve**' })],
		},
	},
	'task:get': {
		v1: { parameters: { taskId: byId(TASK) }, calls: [find], json: [record('v1')] },
		v2: { parameters: { taskId: byId('1') }, calls: [read], json: [record('v2')] },
	},
	'task:getAll': {
		v1: {
			parameters: { limit: 1, filters: { assignee: byName('demo') } },
			calls: [['GET', '/api/tasks', { username: 'demo', status: 'OPEN', offset: '0', limit: '1' }]],
			json: [record('v1')],
		},
		v2: {
			parameters: { returnAll: true, filters: { status: 'ALL' } },
			calls: [
				['GET', '/api/tasks', { status: 'OPEN', ...pageV2 }],
				['GET', '/api/tasks', { status: 'OVERDUE', ...pageV2 }],
				['GET', '/api/tasks', { status: 'COMPLETED', ...pageV2 }],
			],
			json: [record('v2')],
		},
	},
	'task:update': {
		v1: {
			parameters: { taskId: byId('1'), updateFields: CHANGED },
			calls: [
				['GET', '/api/users/vera'],
				find,
				[
					'POST',
					'/api/tasks',
					{
						task: {
							encodedKey: TASK,
							title: 'Changed',
							dueDate: '2099-07-01T23:30:00+0200',
							assignedUserKey: VERA,
							status: 'OPEN',
						},
					},
				],
			],
			json: [
				record('v1', {
					...unnamed,
					title: 'Changed',
					dueAt: '2099-07-01T21:30:00.000Z',
					assignee: vera,
				}),
			],
		},
		v2: {
			parameters: { taskId: byId('1'), updateFields: CHANGED },
			calls: [
				['GET', '/api/users', pageV2],
				read,
				patch(
					{ op: 'REPLACE', path: '/title', value: 'Changed' },
					{ op: 'REPLACE', path: '/dueDate', value: '2099-07-01' },
					{ op: 'REPLACE', path: '/assignedUserKey', value: VERA },
				),
				read,
			],
			json: [record('v2', { title: 'Changed', dueAt: '2099-07-01', assignee: vera })],
		},
	},
	'task:complete': {
		v1: {
			parameters: { taskId: byId('1'), options: { completionDate: '2026-01-02T03:04:05' } },
			calls: [
				find,
				[
					'POST',
					'/api/tasks',
					{ task: { ...whole, status: 'COMPLETED', completionDate: '2026-01-02T03:04:05+0100' } },
				],
			],
			json: [record('v1', { ...unnamed, ...DONE_V1 })],
		},
		v2: {
			parameters: { taskId: byId('1') },
			calls: [patch({ op: 'REPLACE', path: '/status', value: 'COMPLETED' }), read],
			json: [record('v2', DONE)],
		},
	},
	'task:reopen': {
		v1: {
			parameters: { taskId: byId('1') },
			before: COMPLETED,
			calls: [
				find,
				['GET', '/api/tasks', { status: 'OVERDUE', ...page }],
				['GET', '/api/tasks', { status: 'COMPLETED', ...page }],
				['POST', '/api/tasks', { task: { ...whole, status: 'OPEN' } }],
			],
			json: [record('v1', unnamed)],
		},
		v2: {
			parameters: { taskId: byId('1') },
			before: COMPLETED,
			calls: [patch({ op: 'REPLACE', path: '/status', value: 'OPEN' }), read],
			json: [record('v2')],
		},
	},
	'task:delete': {
		v1: {
			parameters: { taskId: byId('1') },
			calls: [['DELETE', '/api/tasks/1']],
			json: [{ deleted: true }],
		},
		v2: {
			parameters: { taskId: byId('1') },
			calls: [['DELETE', '/api/tasks/1']],
			json: [{ deleted: true }],
		},
	},
};

let stage: VendorStage<'mambu'>;

/** A tenant with one task. */
async function open(version: Version, more: Partial<MambuTask> = {}): Promise<void> {
	stage = await openVendorStage('mambu', ({ url }) => ({
		tenant: url,
		authentication: 'apiKey',
		apiKey: 'sandbox-api-key-of-demo',
		apiVersion: version,
	}));
	stage.service.createTask({ title: 'Review the loan', dueDate: DUE, ...more });
}
afterEach(async () => await stage?.close());

const run = async (operation: string, parameters: INodeParameters = {}) =>
	await stage.run({ resource: 'task', operation, ...parameters }, { timezone: TIME_ZONE });

/** The requests received, with the query or the body; a write is told by its body. */
const calls = () =>
	stage.service.requests.map(({ method, path, query, body }) => {
		const sent = body ?? (Object.keys(query).length > 0 ? query : undefined);
		return sent === undefined ? [method, path] : [method, path, sent];
	});

it('E1: the table has a row for every operation n8n offers', async () => {
	await open('v2');
	expect(Object.keys(CASES).sort()).toEqual(await offeredOperations(stage.n8n.rest, 'mambu'));
});

describe.each(['v1', 'v2'] as const)('in %s', (version) => {
	it.each(Object.keys(CASES))('E1: %s', async (name) => {
		const { parameters, before, calls: expected, json } = CASES[name][version];
		await open(version, before);
		const ran = await run(name.split(':')[1], parameters);
		expect(ran.error).toBeUndefined();
		expect(calls()).toEqual(expected);
		expect(ran.json).toEqual(json);
		for (const { method, headers } of stage.service.requests) {
			expect(headers.apikey).toBe('sandbox-api-key-of-demo');
			expect(headers.authorization).toBeUndefined();
			expect(headers.accept).toBe(
				version === 'v2' ? 'application/vnd.mambu.v2+json' : 'application/json',
			);
			const key = headers['idempotency-key'];
			if (version === 'v2' && method === 'POST') expect(key).toMatch(UUID);
			else expect(key).toBeUndefined();
		}
		const stored = JSON.stringify(ran.execution.raw);
		expect(stored).not.toContain('sandbox-api-key-of-demo');
	});

	it('E3: task:get gives the untouched JSON without Simplify', async () => {
		await open(version);
		const { json } = await run('get', { taskId: byId(TASK), simple: false });
		const answer = stage.service.requests[0].responseBody;
		expect(json).toEqual(version === 'v1' ? answer : [answer]);
		expect(json[0]).toMatchObject({ encodedKey: TASK, id: 1, createdByFullName: 'Max Power' });
	});
});

it('v1 creates from a form', async () => {
	await open('v1');
	const additionalFields = { taskLinkType: 'CLIENT', taskLinkKey: '16' };
	const ran = await run('create', { ...NEW, additionalFields, options: { sendAs: 'form' } });
	expect(stage.service.requests.map(({ path, rawBody }) => [path, rawBody])).toEqual([
		['/api/tasks', 'title=Review+the+loan&username=demo&duedate=2099-06-16&clientid=16'],
	]);
	expect(ran.json).toMatchObject([{ dueAt: '2099-06-16T00:00:00.000Z', assignee: { id: MAX } }]);
});

it('v2 stored, then answered 500: with Retry On Fail it is one task', async () => {
	await open('v2');
	stage.service.tasks.length = 0;
	stage.service.fault({ method: 'POST', path: /tasks$/, status: 500, after: true, times: 1 });
	const parameters = { resource: 'task', operation: 'create', ...NEW };
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
	const ran = await stage.run(parameters, { settings });
	expect(ran.error).toBeUndefined();
	const posts = stage.service.requests.filter(({ method }) => method === 'POST');
	expect(posts.map(({ status }) => status)).toEqual([500, 201]);
	const [first, second] = posts.map(({ headers }) => headers['idempotency-key']);
	expect(first).toMatch(UUID);
	expect(second).toBe(first);
	expect(stage.service.tasks).toHaveLength(1);
	expect(ran.json).toMatchObject([{ id: 'befa05fad0cdd5fb319d437f20d71bd9', status: 'OPEN' }]);
});

it('v1 refused by the tenant points to V2', async () => {
	await open('v1');
	stage.service.options.v1Retired = 'notAvailable';
	const { error } = await run('getAll');
	expect(error?.message).toBe('Mambu does not allow this (HTTP 403): could not list tasks');
	expect(error?.description).toContain('Choose V2 as API Version');
});
