import type { INodeParameters } from 'n8n-workflow';

import { VIC, type AffinitextOptions } from '../../sandbox';
import { offeredOperations, openVendorStage, type VendorStage } from './vendorStage';

jest.setTimeout(120_000);

const TARGET = new Date('2099-06-16T19:30:00Z');
const CREATED = new Date('2026-01-02T03:04:05Z');

let stage: VendorStage<'affinitext'>;

/** A library with two tasks, 101 and 102; the second has a verifier and is completed. */
async function open(options: Partial<AffinitextOptions> = {}): Promise<void> {
	stage = await openVendorStage(
		'affinitext',
		({ url, token }) => ({ library: 'acme', accessToken: token, baseUrl: url }),
		{ affinitext: options },
	);
	const { service } = stage;
	const times = { targetDate: TARGET, createdAt: CREATED, updatedAt: CREATED };
	service.add(times);
	service.add({ ...times, subject: 'Pay the rent', verifier: VIC });
	Object.assign(service.tasks[1], { state: 'Awaiting Verification', completedAt: CREATED });
}
afterEach(async () => await stage?.close());

const person = (id: string, name: string, email: string) => ({ id, name, email });
const ann = person('u-2', 'Ann Archer', 'ann@example.com');
const tara = person('u-1', 'Tara Underwood', 'tara@example.com');
const vic = person('u-3', 'Vic Verney', 'vic@example.com');

/** A task as the library sends it, and as the Task record. */
const raw = (more: object = {}) => ({
	id: 101,
	subject: 'Review clause 4.2',
	description: 'Check the notice period',
	targetDate: '2099-06-16T19:30:00.000Z',
	status: 'Assigned',
	category: 'Review',
	priority: 'High',
	recurrence: null,
	assignee: ann,
	verifier: null,
	creator: tara,
	collaborators: null,
	location: 'Book 1 / 4.2',
	createdAt: '2026-01-02T03:04:05.000Z',
	updatedAt: '2026-01-02T03:04:05.000Z',
	completedAt: null,
	...more,
});
const second = {
	...{ id: 102, subject: 'Pay the rent', status: 'Awaiting Verification', verifier: vic },
	completedAt: '2026-01-02T03:04:05.000Z',
};
const record = (more: object = {}) => ({
	id: '101',
	title: 'Review clause 4.2',
	description: 'Check the notice period',
	status: 'Assigned',
	state: 'open',
	decision: null,
	requester: tara,
	assignee: ann,
	dueAt: '2099-06-16T19:30:00.000Z',
	createdAt: '2026-01-02T03:04:05.000Z',
	updatedAt: '2026-01-02T03:04:05.000Z',
	decidedAt: null,
	url: null,
	source: 'affinitext',
	...more,
});

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Parameters and the items they give; every operation reads the list, once. */
const CASES: Record<string, Array<[what: string, parameters: INodeParameters, json: object[]]>> = {
	'task:get': [
		['as it was sent', { taskId: byId('101') }, [raw()]],
		['as the Task record', { taskId: byId('101'), simple: true }, [record()]],
	],
	'task:wait': [
		[
			'one that is verified',
			{ taskId: byId('102') },
			[
				{
					...{ approved: false, outcome: 'done', decidedBy: null },
					...record({ id: '102', title: 'Pay the rent', status: 'Verified', state: 'done' }),
					updatedAt: expect.any(String),
				},
			],
		],
	],
	'task:getAll': [
		['as they were sent', {}, [raw(), raw(second)]],
		[
			'as Task records, filtered',
			{ returnAll: true, simple: true, filters: { verifier: 'vic' } },
			[
				record({
					...{ id: '102', title: 'Pay the rent', status: 'Awaiting Verification' },
					decidedAt: '2026-01-02T03:04:05.000Z',
				}),
			],
		],
		['up to a limit', { limit: 1 }, [raw()]],
		['whole', { options: { fullResponse: true } }, [{ data: [raw(), raw(second)] }]],
	],
};

const run = async (name: string, parameters: INodeParameters) => {
	const [resource, operation] = name.split(':');
	return await stage.run({ resource, operation, ...parameters }, { timezone: 'Europe/Prague' });
};

it('E1: the table has a row for every operation n8n offers', async () => {
	await open();
	expect(Object.keys(CASES).sort()).toEqual(await offeredOperations(stage.n8n.rest, 'affinitext'));
});

it.each(Object.entries(CASES))('E1: %s', async (name, cases) => {
	await open();
	if (name === 'task:wait') stage.service.verify(stage.service.tasks[1]);
	for (const [what, parameters, json] of cases) {
		const ran = await run(name, parameters);
		expect([what, ran.error]).toEqual([what, undefined]);
		const requests = stage.service.requests.map(({ method, path, query, body, headers }) => {
			const { authorization, accept } = headers;
			return { method, path, query, body, authorization, accept };
		});
		const authorization = `Bearer ${stage.service.token}`;
		const sent = { method: 'GET', path: '/api/tasks', query: {}, body: undefined };
		expect(requests).toEqual([{ ...sent, authorization, accept: 'application/json' }]);
		expect([what, ran.json]).toEqual([what, json]);
		expect(JSON.stringify(ran.execution.raw)).not.toContain(stage.service.token);
	}
});

it('task:getAll sends the query parameters it is given, and follows pages', async () => {
	await open({ paging: 'links', envelope: 'nested', pageSize: 1 });
	const query = { parameters: [{ name: 'view', value: 'all' }] };
	const ran = await run('task:getAll', { options: { followPages: true, query } });
	// two readings that agree: a task that leaves the first page would let another slip past
	const pages = [{ view: 'all' }, { page: '2' }];
	expect(stage.service.requests.map(({ query: sent }) => sent)).toEqual([...pages, ...pages]);
	expect(ran.json).toEqual([raw(), raw(second)]);
});

it.each<[string, Partial<AffinitextOptions>, string]>([
	['the login page', { unauthenticated: 'loginPage' }, 'Probably the login page'],
	['a redirect to the login page', { unauthenticated: 'redirect' }, 'It was not followed'],
	['a redirect to another host', { unauthenticated: 'foreignRedirect' }, 'It was not followed'],
	['401', { unauthenticated: 'status401' }, 'request a new token under My Profile'],
])('fails clearly on %s, and the token leaves the host for none', async (_name, options, hint) => {
	await open(options);
	const credentialId = await stage.credential({ accessToken: 'aft-of-yesterday' });
	const parameters = { resource: 'task', operation: 'getAll' };
	const { error, execution } = await stage.run(parameters, { credentialId });
	expect(error?.message).toMatch(/^Affinitext .*: could not list tasks$/);
	expect(error?.description).toContain(hint);
	// after a 401, n8n itself asks once more
	expect(new Set(stage.service.requests.map(({ path }) => path))).toEqual(new Set(['/api/tasks']));
	expect(JSON.stringify(execution.raw)).not.toContain('aft-of-yesterday');
});

it('any JSON gives items, with the keys as they came', async () => {
	await open({ naming: 'foreign', identifier: 'none', envelope: 'foreign' });
	const ran = await run('task:getAll', {});
	expect(ran.json).toHaveLength(1);
	expect(ran.json[0]).toMatchObject({ total: 2, zeilen: [{ betreff: 'Review clause 4.2' }, {}] });
	const found = await run('task:getAll', { options: { itemsPath: 'zeilen' } });
	expect(found.json.map(({ betreff }) => betreff)).toEqual(['Review clause 4.2', 'Pay the rent']);
});
