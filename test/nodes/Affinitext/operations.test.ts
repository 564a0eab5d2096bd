/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters } from 'n8n-workflow';

import { ANN, TAU, VIC, type AffinitextOptions } from '../../../sandbox';
import { engine } from '../../engine';
import { byId, useLibrary } from './sandboxed';

const at = useLibrary();

const DATE = new Date('2099-06-16T19:30:00Z');
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const asSent = (more: object = {}) => ({
	id: 101,
	subject: 'Review clause 4.2',
	description: 'Check the notice period',
	targetDate: '2099-06-16T19:30:00.000Z',
	status: 'Assigned',
	category: 'Review',
	priority: 'High',
	recurrence: null,
	assignee: { id: 'u-2', name: 'Ann Archer', email: 'ann@example.com' },
	verifier: null,
	creator: { id: 'u-1', name: 'Tara Underwood', email: 'tara@example.com' },
	collaborators: null,
	location: 'Book 1 / 4.2',
	createdAt: expect.stringMatching(ISO),
	updatedAt: expect.stringMatching(ISO),
	completedAt: null,
	...more,
});

const record = (more: object = {}) => ({
	id: '101',
	title: 'Review clause 4.2',
	description: 'Check the notice period',
	status: 'Assigned',
	state: 'open',
	decision: null,
	requester: { id: 'u-1', name: 'Tara Underwood', email: 'tara@example.com' },
	assignee: { id: 'u-2', name: 'Ann Archer', email: 'ann@example.com' },
	dueAt: '2099-06-16T19:30:00.000Z',
	createdAt: expect.stringMatching(ISO),
	updatedAt: expect.stringMatching(ISO),
	decidedAt: null,
	url: null,
	source: 'affinitext',
	...more,
});

const raw = (text: unknown) => {
	at.library.options.text = JSON.stringify(text);
};

it.each<[string, INodeParameters]>([
	['getAll', {}],
	['get', { taskId: byId(101) }],
])('%s reads the one address and gives the JSON as sent', async (operation, parameters) => {
	at.library.add({ targetDate: DATE });
	expect(await at.output(operation, parameters)).toEqual([asSent()]);
	expect(at.library.requests).toMatchObject([
		{
			method: 'GET',
			path: '/api/tasks',
			query: {},
			rawBody: '',
			headers: { authorization: `Bearer ${at.library.token}`, accept: 'application/json' },
		},
	]);
});

it.each<[string, INodeParameters]>([
	['getAll', { simple: true }],
	['get', { simple: true, taskId: byId('[101]') }],
])('%s gives the Task record with Simplify', async (operation, parameters) => {
	at.library.add({ targetDate: DATE });
	expect(await at.output(operation, parameters)).toEqual([record()]);
});

it('an empty list gives no items', async () => {
	expect(await at.output('getAll')).toEqual([]);
});

it('Limit and Return All', async () => {
	for (let count = 0; count < 60; count++) at.library.add();
	expect(await at.output('getAll', { limit: 2 })).toHaveLength(2);
	expect(await at.output('getAll')).toHaveLength(50);
	expect(await at.output('getAll', { returnAll: true })).toHaveLength(60);
});

describe('any shape', () => {
	it.each<AffinitextOptions['envelope']>([
		'bare',
		'data',
		'tasks',
		'items',
		'results',
		'records',
		'value',
		'nested',
	])('%s gives the tasks', async (envelope) => {
		at.library.options.envelope = envelope;
		at.library.add({ targetDate: DATE });
		at.library.add({ targetDate: DATE });
		expect(await at.output('getAll')).toEqual([asSent(), asSent({ id: 102 })]);
		const { hints } = await at.run('getAll');
		expect(hints.join()).toContain(envelope === 'bare' ? '' : 'Affinitext sent: total');
	});

	it('single gives the one task', async () => {
		at.library.options.envelope = 'single';
		at.library.add({ targetDate: DATE });
		expect(await at.output('getAll')).toEqual([asSent()]);
	});

	it('foreign gives the whole answer, or what is at Items Path', async () => {
		at.library.options.envelope = 'foreign';
		at.library.add({ targetDate: DATE });
		expect(await at.output('getAll')).toEqual([{ zeilen: [asSent()], total: 1 }]);
		expect(await at.output('getAll', { options: { itemsPath: 'zeilen' } })).toEqual([asSent()]);
	});

	it.each<[unknown, unknown[]]>([
		[
			[1, null, ['a'], { b: 2 }],
			[{ value: 1 }, { value: null }, { value: ['a'] }, { b: 2 }],
		],
		[{}, [{}]],
		[{ data: [], tasks: [{ a: 1 }] }, [{ a: 1 }]],
		[{ data: [1, 2] }, [{ data: [1, 2] }]],
		[{ d: { results: [{ a: 1 }] } }, [{ a: 1 }]],
		[{ Tasks: [{ 'A.b': 1, __x: null }] }, [{ 'A.b': 1, __x: null }]],
		[{ tasks: [] }, []],
	])('%j', async (text, items) => {
		raw(text);
		expect(await at.output('getAll')).toEqual(items);
	});

	it('JSON announced as a page, and after a byte order mark', async () => {
		at.library.options.contentType = 'html';
		at.library.options.text = '\uFEFF[{"a":1}]';
		expect(await at.output('getAll')).toEqual([{ a: 1 }]);
	});

	it('Full Response gives what is beside the tasks', async () => {
		raw({ tasks: [{ a: 1 }], total: 1 });
		const options = { fullResponse: true };
		expect(await at.output('getAll', { options })).toEqual([{ tasks: [{ a: 1 }], total: 1 }]);
		raw([{ a: 1 }]);
		expect(await at.output('getAll', { options })).toEqual([{ data: [{ a: 1 }] }]);
	});
});

describe('the record is filled', () => {
	it.each<Partial<AffinitextOptions>>([
		{ naming: 'pascal', identifier: 'taskNo' },
		{ naming: 'snake', identifier: 'taskNo' },
		{ dates: 'epoch' },
		{ dates: 'dotNet' },
	])('%j', async (options) => {
		Object.assign(at.library.options, options);
		at.library.add({ targetDate: DATE });
		expect(await at.output('getAll', { simple: true })).toEqual([record()]);
	});

	it.each(['day', 'british'] as const)('with dates: %s', async (dates) => {
		at.library.options.dates = dates;
		at.library.add({ targetDate: DATE });
		const [task] = await at.output('getAll', { simple: true });
		expect(task).toMatchObject({ dueAt: '2099-06-16' });
	});

	it('with names for people, codes for states, no times', async () => {
		Object.assign(at.library.options, { people: 'string', states: 'codes', times: false });
		at.library.add({ targetDate: DATE });
		const person = (name: string) => ({ id: null, name, email: null });
		expect(await at.output('getAll', { simple: true })).toEqual([
			record({
				status: '1',
				assignee: person(ANN.name),
				requester: person(TAU.name),
				createdAt: null,
				updatedAt: null,
			}),
		]);
	});

	it('with nulls where no key is known', async () => {
		at.library.options.naming = 'foreign';
		at.library.add();
		const [task] = await at.output('getAll', { simple: true, options: { idField: 'zeile' } });
		expect(task).toMatchObject({ id: '101', title: null, state: 'open', decision: null });
	});
});

describe('filters', () => {
	beforeEach(() => {
		at.library.add({ subject: 'a', targetDate: DATE, assignee: VIC, category: 'Pay' });
		at.library.add({ subject: 'b', targetDate: new Date(0), priority: 'Low', verifier: VIC });
		at.library.add({ subject: 'c', targetDate: null, state: 'Completed', location: 'Book 2' });
	});

	it.each<[INodeParameters, string]>([
		[{ assignee: 'vic' }, 'a'],
		[{ assignee: 'u-2' }, 'bc'],
		[{ verifier: 'vic@example.com' }, 'b'],
		[{ category: 'pay' }, 'a'],
		[{ priority: 'LOW' }, 'b'],
		[{ status: 'completed' }, 'c'],
		[{ overdue: true }, 'b'],
		[{ targetDateAfter: '2026-01-01' }, 'a'],
		[{ targetDateBefore: '2026-01-01' }, 'b'],
		[{ field: 'location', fieldValue: 'book 2' }, 'c'],
		[{ field: 'assignee.email', fieldValue: 'ann@' }, 'bc'],
		[{ field: 'targetDate', fieldValue: '' }, 'c'],
	])('%j', async (filters, subjects) => {
		const found = (await at.output('getAll', { filters })) as Array<{ subject: string }>;
		expect(found.map(({ subject }) => subject).join('')).toBe(subjects);
	});

	it('keep a task whose target date cannot be read', async () => {
		raw([{ targetDate: 'end of May' }, { targetDate: '02/05/2026' }, { targetDate: '01/06/2026' }]);
		const filters = { targetDateBefore: '2026-05-15' };
		expect(await at.output('getAll', { filters })).toHaveLength(2);
	});

	it('say so when no task has the field', async () => {
		raw([{ betreff: 'a' }]);
		const { error } = await at.run('getAll', { filters: { status: 'open' } });
		expect(error?.message).toBe('No task has a field that looks like its status');
		expect(error?.description).toContain('The first task has: betreff.');
	});
});

describe('pages', () => {
	beforeEach(() => {
		at.library.options.envelope = 'tasks';
		for (let count = 0; count < 5; count++) at.library.add();
	});

	it.each(['next', 'links', 'odata'] as const)('%s: followed only when asked', async (paging) => {
		at.library.options.paging = paging;
		const { outputs, hints } = await at.run('getAll');
		expect(outputs[0]).toHaveLength(2);
		expect(hints.join()).toContain('Follow Pages');
		const options = { followPages: true };
		expect(await at.output('getAll', { returnAll: true, options })).toHaveLength(5);
	});

	it('never lead the token to another host', async () => {
		at.library.options.paging = 'foreignNext';
		const { error } = await at.run('getAll', { options: { followPages: true } });
		expect(error?.description).toContain('elsewhere.example.com; the token is not sent there');
	});

	it('end, even when the library names them for ever', async () => {
		at.library.options.paging = 'endless';
		const { error } = await at.run('getAll', { options: { followPages: true } });
		expect(error?.description).toContain('The pages do not end');
		expect(at.calls().length).toBeLessThan(4);
	});
});

it('sends query parameters as they are', async () => {
	const query = { parameters: [{ name: 'since', value: '1 May' }] };
	await at.output('getAll', { options: { query } });
	expect(at.library.requests[0].query).toEqual({ since: '1 May' });
});

describe('Get', () => {
	it('reads one list for all items', async () => {
		at.library.add();
		at.library.add();
		const parameters = { taskId: byId('={{ $json.id }}') };
		const items = [{ id: 102 }, { id: 101 }];
		const { outputs } = await at.run('get', parameters, { items });
		expect(outputs[0].map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[102, { item: 0 }],
			[101, { item: 1 }],
		]);
		expect(at.calls()).toEqual(['GET /api/tasks']);
	});

	it('finds a task by the number in its mails', async () => {
		raw([
			{ id: 'f3', taskNo: 17 },
			{ id: 'f4', taskNo: 18 },
		]);
		expect(await at.output('get', { taskId: byId('[18]') })).toEqual([{ id: 'f4', taskNo: 18 }]);
	});
});

it('From List shows number and title, and filters', async () => {
	at.library.add({ subject: 'Pay the fee' });
	at.library.add({ subject: 'Renew' });
	const sketch = { type: 'affinitext', credential: at.credential, parameters: {} };
	expect(await engine.searchList(sketch)).toHaveLength(2);
	expect(await engine.searchList(sketch, 'FEE')).toEqual([
		{ name: '101 Pay the fee', value: '101' },
	]);
});
