import type { INodeParameters } from 'n8n-workflow';

import type { MambuTask } from '../../sandbox';
import { offeredOperations, openVendorStage, type VendorStage } from './vendorStage';
import { byId, CASES, MAX, NEW, TASK, type Version } from './vendors/mambuCases';

jest.setTimeout(120_000);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** The workflow's: two hours ahead of UTC in summer. */
const TIME_ZONE = 'Europe/Prague';
const DUE = new Date('2099-06-16T19:30:00Z');

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
