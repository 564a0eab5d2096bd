/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters } from 'n8n-workflow';

import { VERA } from '../../../sandbox';
import { task } from '../../../nodes/Mambu/actions/task';
import { byId, byName, newTask, picked, useMambu, VERSIONS, type Version } from './sandboxed';
import { withRefusingPort } from '../../refusingPort';

const at = useMambu();

/** Good parameters for every operation of the built description; an operation without a row fails. */
const GOOD: Record<string, () => INodeParameters> = {
	complete: () => ({ taskId: byId(1) }),
	create: newTask,
	delete: () => ({ taskId: byId(1) }),
	get: () => ({ taskId: byId(1) }),
	getAll: () => ({}),
	reopen: () => ({ taskId: byId(1) }),
	update: () => ({ taskId: byId(1), updateFields: { title: 'B' } }),
	wait: () => ({ taskId: byId(1) }),
};

const EVERY = Object.keys(task.operations);
/** A wait outlives what may pass: see `wait.test.ts`. */
const CASES = EVERY.filter((operation) => operation !== 'wait').flatMap((operation) =>
	VERSIONS.map((version) => [operation, version] as const),
);

const fail = async (version: Version, operation: string, parameters: INodeParameters = {}) => {
	const { error, tries } = await at.run(version, operation, parameters);
	expect(error).not.toBeNull();
	expect(tries).toBe(1);
	const text = JSON.stringify(error);
	for (const secret of [at.credential(version).apiKey, 'demo-password']) {
		expect(text).not.toContain(secret);
	}
	return error!;
};

it('has good parameters for every operation', () => {
	expect(Object.keys(GOOD).sort()).toEqual([...EVERY].sort());
});

describe.each(CASES)('%s in %s', (operation, version) => {
	beforeEach(() => {
		const task = at.mambu.createTask();
		if (operation === 'reopen') at.mambu.complete(task);
	});
	const run = async () => await fail(version, operation, GOOD[operation]());

	it.each([
		[401, 'did not accept the credential', 'renew'],
		[403, 'does not allow this', 'branch'],
		[404, 'does not know what was asked for', version === 'v1' ? 'Choose V2' : ''],
		[500, 'could not process the request', ''],
	])('says what %s means', async (status, message, advice) => {
		at.mambu.fault({ path: /tasks/, status, html: '<h1>Oops</h1>' });
		const error = await run();
		expect(error.httpCode).toBe(String(status));
		expect(error.message).toContain(`Mambu ${message} (HTTP ${status})`);
		expect(error.description).toContain(advice);
		expect(error.itemIndex).toBe(0);
	});

	it('names the wait that a 429 asks for', async () => {
		at.mambu.fault({ path: /tasks/, status: 429, headers: { 'retry-after': '99' } });
		expect((await run()).description).toContain('wait 99 seconds');
		expect(at.calls()).toHaveLength(1);
	});

	it('refuses a wrong key', async () => {
		const credential = { ...at.credential(version), apiKey: 'not-the-key' };
		const { error } = await at.run(version, operation, GOOD[operation](), { credential });
		expect(error).toMatchObject({ httpCode: '401' });
		expect(JSON.stringify(error)).not.toContain('not-the-key');
	});

	it('F5: does not take a page or nothing for an answer', async () => {
		at.mambu.fault({ path: /tasks/, status: 200, html: '<h1>Sign in</h1>', times: 1 });
		expect((await run()).message).toContain('not its API');
		// a deletion is answered with nothing
		if (operation === 'delete') return;
		at.mambu.fault({ path: /tasks/, status: 200, body: '' });
		const error = await run();
		expect(`${error.message} ${error.description}`).toMatch(/not its API|broke off its answer/);
	});

	it('says so when the connection is cut', async () => {
		at.mambu.fault({ path: /tasks/, cut: true });
		const error = await run();
		expect(error.message).toContain('could not be reached');
	});

	it('takes a return code in a 200 for the failure it is', async () => {
		const body = { returnCode: 15, returnStatus: 'INVALID_PERMISSIONS' };
		at.mambu.fault({ path: /tasks/, status: 200, body });
		const error = await run();
		expect(error.message).toContain('refused the request (HTTP 200)');
		expect(error.description).toContain('INVALID_PERMISSIONS, code 15');
	});

	it('gives an error item with the error output', async () => {
		at.mambu.fault({ path: /tasks/, status: 403, body: {} });
		const node = { onError: 'continueErrorOutput' as const };
		const { outputs, tries } = await at.run(version, operation, GOOD[operation](), { node });
		const [item] = outputs.flat();
		expect(item).toMatchObject({ pairedItem: { item: 0 } });
		expect(JSON.stringify(item)).toContain('does not allow this');
		expect(tries).toBe(1);
	});
});

describe('a task nobody knows', () => {
	it.each(
		['complete', 'get', 'reopen', 'update', 'wait'].flatMap((operation) =>
			VERSIONS.flatMap((version) =>
				[404, 400].map((status) => [operation, version, status] as const),
			),
		),
	)('%s in %s, unknown is %s', async (operation, version, unknownTaskStatus) => {
		at.mambu.options.unknownTaskStatus = unknownTaskStatus as 404;
		const error = await fail(version, operation, GOOD[operation]());
		expect(`${error.message} ${error.description}`).toMatch(/task 1/i);
		expect(error.description).toMatch(
			/A task of a branch the login may not see|that the login of the credential may see it/,
		);
	});

	it.each(['complete', 'delete', 'get', 'reopen', 'update', 'wait'])(
		'%s without an ID',
		async (operation) => {
			const parameters = { ...GOOD[operation](), taskId: byId(' ') };
			expect((await fail('v2', operation, parameters)).message).toBe('Task is empty');
			expect(at.calls()).toEqual([]);
		},
	);

	it.each(['.', '..', '../users'])('never leaves the path of the tasks: %s', async (id) => {
		const { message } = await fail('v2', 'delete', { taskId: byId(id) });
		expect(message).toBe(`Task "${id}" is not an ID`);
		expect(at.calls()).toEqual([]);
	});
});

describe('failures in the words of each version', () => {
	it('are quoted, with number and source', async () => {
		at.mambu.createTask();
		const updateFields = { taskLinkType: 'CLIENT', taskLinkKey: 'x' };
		at.mambu.options.patchable = [];
		const { description } = await fail('v2', 'update', { taskId: byId(1), updateFields });
		expect(description).toMatch(/INVALID_TASK_FIELD_CHANGE, code \d+, taskLinkType/);
		const assignee = picked('nobody');
		const v1 = await fail('v1', 'create', { ...newTask(), assignee });
		expect(v1.description).toContain('INVALID_USER_ID, code 701, assignedUserKey');
		at.mambu.options.v1ErrorStatus = 'ok';
		const inside = await fail('v1', 'create', { ...newTask(), assignee });
		expect(inside.message).toContain('refused the request (HTTP 200)');
	});

	it('mix: a body of version 1 on a call of version 2', async () => {
		const body = { returnCode: 4, returnStatus: 'INVALID_PARAMETERS', errorSource: 'dueDate' };
		at.mambu.fault({ path: /tasks/, status: 400, body });
		const { description } = await fail('v2', 'create', newTask());
		expect(description).toContain('INVALID_PARAMETERS, code 4, dueDate');
	});

	it.each(['invalidOperation', 'notImplemented', 'notAvailable', 'notFound'] as const)(
		'point to V2 when V1 is switched off: %s',
		async (v1Retired) => {
			at.mambu.createTask();
			at.mambu.options.v1Retired = v1Retired;
			for (const operation of EVERY) {
				const { description } = await fail('v1', operation, GOOD[operation]());
				expect(description).toContain('Choose V2 as API Version');
			}
			const named = await fail('v1', 'create', { ...newTask(), assignee: byName('vera') });
			expect(named.description).toContain('Choose V2 as API Version');
			expect(at.mambu.tasks).toHaveLength(1);
		},
	);

	it('name branch and IP address on 403', async () => {
		at.mambu.options.blockIp = true;
		for (const version of VERSIONS) {
			const { description } = await fail(version, 'getAll');
			expect(description).toMatch(/INVALID_IP_ADDRESS.*branch.*IP addresses/);
		}
	});

	it('tell how to assign without the right to read users', async () => {
		const credential = { ...at.credential('v2'), apiKey: String(VERA.apiKey) };
		const parameters = { ...newTask(), assignee: byName('demo') };
		const { error } = await at.run('v2', 'create', parameters, { credential });
		expect(error?.description).toContain('may not read users');
	});

	it('say that a change was made when only reading it back failed', async () => {
		const task = at.mambu.createTask();
		at.mambu.fault({ method: 'GET', path: /tasks/, status: 500 });
		const error = await fail('v2', 'complete', { taskId: byId(1) });
		expect(error.message).toBe('Task 1 was changed, but could not be read afterwards');
		expect(error.description).toMatch(/\. The change is made: do not repeat it\.$/);
		expect(task.status).toBe('COMPLETED');
	});
});

describe('parameters', () => {
	const create = (more: INodeParameters) => ({ ...newTask(), ...more });
	const fields = (additionalFields: INodeParameters, more: INodeParameters = {}) =>
		create({ additionalFields, ...more });
	const form = { options: { sendAs: 'form' } };

	it.each<[string, Version, string, () => INodeParameters]>([
		['Title is empty', 'v2', 'create', () => create({ title: ' ' })],
		['Title is empty', 'v1', 'create', () => create({ title: "={{ '' }}" })],
		...VERSIONS.flatMap((version): Array<[string, Version, string, () => INodeParameters]> => [
			['Title has 257 characters', version, 'create', () => create({ title: 'x'.repeat(257) })],
			[
				'Title has 300 characters',
				version,
				'update',
				() => ({ taskId: byId(1), updateFields: { title: 'é'.repeat(300) } }),
			],
		]),
		[
			'Title has 258 characters',
			'v1',
			'create',
			() => create({ ...form, title: String.fromCodePoint(0x10348).repeat(129) }),
		],
		['Due Date is empty', 'v2', 'create', () => create({ dueDate: "={{ '' }}" })],
		['Due Date "soon" is not a date', 'v1', 'create', () => create({ dueDate: 'soon' })],
		['Due Date is empty', 'v1', 'create', () => create({ ...form, dueDate: "={{ '' }}" })],
		['Assignee is empty', 'v1', 'create', () => create({ assignee: picked('') })],
		['Assignee is empty', 'v1', 'create', () => create({ ...form, assignee: picked('') })],
		['Mambu has no user "x"', 'v1', 'create', () => create({ assignee: byName('x') })],
		['Mambu has no user "x"', 'v2', 'create', () => create({ assignee: byName('x') })],
		['Mambu has no user "x"', 'v1', 'create', () => create({ ...form, assignee: picked('x') })],
		['Link Key is missing', 'v2', 'create', () => fields({ taskLinkType: 'CLIENT' })],
		['Link Type is missing', 'v1', 'create', () => fields({ taskLinkKey: 'x' })],
		[
			'Link Type "X" is not one of its choices',
			'v2',
			'create',
			() => fields({ taskLinkType: 'X', taskLinkKey: 'x' }),
		],
		['Send As Form exists only in API V1', 'v2', 'create', () => create(form)],
		[
			'Creating a completed task exists only in API V1',
			'v2',
			'create',
			() => fields({ status: 'COMPLETED' }),
		],
		[
			'Completion Date exists only in API V1',
			'v2',
			'create',
			() => fields({ completionDate: '2026-01-01' }),
		],
		[
			'An open task has no Completion Date',
			'v1',
			'create',
			() => fields({ completionDate: '2026-01-01' }),
		],
		['A form creates open tasks only', 'v1', 'create', () => fields({ status: 'COMPLETED' }, form)],
		[
			'A form links to clients and groups only',
			'v1',
			'create',
			() => fields({ taskLinkType: 'BRANCH', taskLinkKey: '1' }, form),
		],
		['There is nothing to update', 'v2', 'update', () => ({ taskId: byId(1) })],
		[
			'Title is empty',
			'v1',
			'update',
			() => ({ taskId: byId(1), updateFields: { title: ' ', description: 'x' } }),
		],
		[
			'Due Date "x" is not a date',
			'v2',
			'update',
			() => ({ taskId: byId(1), updateFields: { dueDate: 'x' } }),
		],
		[
			'Completion Date exists only in API V1',
			'v2',
			'complete',
			() => ({ taskId: byId(1), options: { completionDate: '2026-01-01' } }),
		],
		[
			'Completion Date "x" is not a date',
			'v1',
			'complete',
			() => ({ taskId: byId(1), options: { completionDate: 'x' } }),
		],
		[
			'Client ID and Group ID cannot be used together',
			'v2',
			'getAll',
			() => ({ filters: { clientId: '1', groupId: '2' } }),
		],
		[
			'Client ID and Group ID cannot be used together',
			'v1',
			'getAll',
			() => ({ filters: { clientId: '1', groupId: '2' } }),
		],
		[
			'Status "DONE" is not one of its choices',
			'v1',
			'getAll',
			() => ({ filters: { status: 'DONE' } }),
		],
		['Limit "0" is not a whole number above 0', 'v2', 'getAll', () => ({ limit: 0 })],
		[
			'Details Level exists only in API V2',
			'v1',
			'getAll',
			() => ({ options: { detailsLevel: 'FULL' } }),
		],
		[
			'Items in Parallel "21" is not a whole number from 1 to 20',
			'v2',
			'getAll',
			() => ({ options: { itemsInParallel: 21 } }),
		],
	])('%s (%s, %s)', async (message, version, operation, parameters) => {
		at.mambu.createTask();
		const error = await fail(version, operation, parameters());
		expect(error.message).toBe(message);
		expect(at.writes()).toEqual([]);
	});

	const each = '={{ $json.x }}';
	const task = { taskId: byId(1) };
	const NO_CHANGE = 'There is nothing to update';

	it.each<[string, Version, string, INodeParameters, Record<string, string | null>]>([
		[
			'a text',
			'v2',
			'create',
			create({ title: each }),
			{
				null: 'Title is empty',
				'{}': 'Title (an object) is not a text',
				'[1]': 'Title (a list) is not a text',
			},
		],
		[
			'an ID',
			'v2',
			'get',
			{ taskId: { __rl: true, mode: 'id', value: each } },
			{
				null: 'Task is empty',
				'{}': 'Task (an object) is not an ID',
				'"a b"': 'Task "a b" is not an ID',
			},
		],
		[
			'a count',
			'v2',
			'getAll',
			{ limit: each },
			{
				null: 'Limit is empty',
				'{}': 'Limit (an object) is not a whole number above 0',
				'"abc"': 'Limit "abc" is not a whole number above 0',
				'2.5': 'Limit "2.5" is not a whole number above 0',
				true: 'Limit "true" is not a whole number above 0',
				'"3"': null,
			},
		],
		[
			'a switch',
			'v2',
			'getAll',
			{ simple: each },
			{
				null: null,
				'"true"': null,
				'1': null,
				'{}': 'Simplify (an object) is not true or false',
				'2.5': 'Simplify "2.5" is not true or false',
			},
		],
		[
			'a date of V1',
			'v1',
			'complete',
			{ ...task, options: { completionDate: each } },
			{
				null: null,
				'{}': 'Completion Date (an object) is not a date',
				'2.5': 'Completion Date "2.5" is not a date',
			},
		],
		[
			'a day of V2',
			'v2',
			'update',
			{ ...task, updateFields: { dueDate: each } },
			{
				null: NO_CHANGE,
				'""': 'Due Date is empty',
				'{}': 'Due Date (an object) is not a date',
				'2.5': 'Due Date "2.5" is not a date',
			},
		],
		[
			'a text that may be emptied',
			'v2',
			'update',
			{ ...task, updateFields: { description: each } },
			{
				null: NO_CHANGE,
				undefined: NO_CHANGE,
				'""': null,
				'{}': 'Description (an object) is not a text',
				'2.5': null,
			},
		],
		[
			'a user',
			'v2',
			'update',
			{ ...task, updateFields: { assignee: { __rl: true, mode: 'list', value: each } } },
			{ null: NO_CHANGE, '{}': 'Assignee (an object) is not a text' },
		],
		[
			'a choice',
			'v2',
			'getAll',
			{ filters: { status: each } },
			{
				null: null,
				'""': null,
				'{}': 'Status (an object) is not one of its choices',
				'"open"': 'Status "open" is not one of its choices',
			},
		],
		[
			'a filter',
			'v2',
			'getAll',
			{ filters: { clientId: each } },
			{ null: null, '2': null, '{}': 'Client ID (an object) is not a text' },
		],
	])('%s, from an expression', async (_kind, version, operation, parameters, says) => {
		for (const [value, message] of Object.entries(says)) {
			at.mambu.createTask();
			const items = [{ x: value === 'undefined' ? undefined : JSON.parse(value) }];
			const { error } = await at.run(version, operation, parameters, { items });
			expect([value, error?.message ?? null]).toEqual([value, message]);
			if (message !== null) expect(at.writes()).toEqual([]);
			expect(JSON.stringify(at.calls())).not.toMatch(/null|object/);
			at.mambu.requests.length = 0;
		}
	});

	it('of every item are checked before the first is written', async () => {
		const parameters = { ...newTask(), title: '={{ $json.title }}' };
		const items = [{ title: 'good' }, { title: '' }];
		const { error } = await at.run('v2', 'create', parameters, { items });
		expect(error).toMatchObject({ message: 'Title is empty', itemIndex: 1 });
		expect(at.writes()).toEqual([]);
	});
});

describe('the tenant', () => {
	it.each([
		['', 'The Tenant is empty'],
		['http://acme.mambu.com', 'The Tenant must start with https:// (http:// only on this machine)'],
		['https://a:b@acme.mambu.com', 'The Tenant must not contain a user name or password'],
	])('%j: %s', async (tenant, message) => {
		const credential = { ...at.credential('v2'), tenant };
		const { error } = await at.run('v2', 'getAll', {}, { credential });
		expect(error?.message).toBe(message);
	});

	it('that is not there', async () => {
		const { error } = await withRefusingPort(async (port) => {
			const credential = { ...at.credential('v2'), tenant: `http://127.0.0.1:${port}` };
			return await at.run('v2', 'getAll', {}, { credential });
		});
		expect(error?.description).toContain('Check the Tenant in the credential');
	});
});
