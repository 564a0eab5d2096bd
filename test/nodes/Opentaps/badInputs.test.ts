/** @jest-environment ./test/engine/environment.ts */
import type { FaultRule, OpentapsOptions } from '../../../sandbox';
import { CASES, type Case } from './cases';
import { byId, useSandbox } from './sandboxed';
import { withRefusingPort } from '../../refusingPort';

const used = useSandbox();
/** Empty only at run time: n8n itself refuses a field that is left empty. */
const NOTHING = "={{ ' ' }}";
const ANY = /^\//;
const TOKEN = 'permanent-of-ida';

const runCase = async ({ operation, prepare }: Case, more: object = {}) =>
	await used.run(operation, { ...prepare(used).parameters, ...more });

/** An answer that means the same for every operation. */
const ANSWERS: Array<
	[name: string, rule: Partial<FaultRule>, httpCode: string | null, says: RegExp]
> = [
	[
		'401',
		{ status: 401, body: { error: `Token ${TOKEN} is not valid` } },
		'401',
		/Auth Token and the Client Domain/,
	],
	[
		'403',
		{ status: 403, body: { errors: [`authToken=${TOKEN}`, 'denied'] } },
		'403',
		/said: "authToken=\*\*\*; denied"/,
	],
	[
		'404',
		{ status: 404, body: { errors: { id: 'gone' }, message: 'Gone' } },
		'404',
		/said: "Gone"\. (Check the ID|This server)/,
	],
	[
		'429 with Retry-After',
		{ status: 429, headers: { 'retry-after': '120' }, body: { error: 'slow down' } },
		'429',
		/slow down.*asks to wait 120 seconds/,
	],
	[
		'500',
		{ status: 500, body: { errors: { why: 'Oops' } } },
		'500',
		/said: "{"why":"Oops"}".*before you repeat/,
	],
	['an error inside a 200', { status: 200, body: { error: 'Oops' } }, '200', /refused.*Oops/],
	['a web page', { status: 200, html: '<html>Log in</html>' }, null, /web page|Base URL/],
	[
		'a redirect',
		{ status: 302, headers: { location: 'https://other.example/' }, body: '' },
		'302',
		/not followed/,
	],
];

/** A wait outlives what may pass: see `wait.test.ts`. */
const isWait = ({ operation }: Case) => operation.endsWith(':wait');

describe.each(CASES.filter((one) => !isWait(one)))('opentaps $operation', (each) => {
	it.each(ANSWERS)('says what %s means', async (name, rule, httpCode, says) => {
		const isDelete = each.operation.endsWith(':delete');
		used.opentaps.fault({ path: ANY, ...rule });
		const { error, outputs } = await runCase(each);
		if (isDelete && name === '404') {
			expect(outputs[0].map(({ json }) => json)).toEqual([{ deleted: true }]);
			return;
		}
		expect(outputs).toEqual([]);
		expect(error?.name).toBe('NodeApiError');
		expect(`${error?.message} ${error?.description}`).toMatch(says);
		expect(error?.message).toMatch(/^opentaps CRM2 .*: could not \w+/);
		if (httpCode) expect(error?.httpCode).toBe(httpCode);
		expect(error?.itemIndex).toBe(0);
		expect(JSON.stringify(error)).not.toContain(TOKEN);
		// a delete goes on to the query when its login was refused
		const isRefused = ['401', '403'].includes(name);
		expect(used.received()).toHaveLength(isDelete && isRefused ? 2 : 1);
	});

	it('survives a lost connection when it reads, and warns when it writes', async () => {
		used.opentaps.fault({ path: ANY, cut: true, times: 1 });
		const { error } = await runCase(each);
		if (each.isWrite) {
			expect(used.received()).toHaveLength(1);
			expect(error?.description).toMatch(/check in opentaps CRM2 before repeating it/);
		} else {
			expect(error).toBeNull();
			expect(used.received().length).toBeGreaterThan(1);
		}
	});

	it('F5: takes an empty answer for done, or for none', async () => {
		used.opentaps.fault({ path: ANY, status: 200, body: '' });
		const { error, outputs } = await runCase(each);
		if (each.isWrite) expect([error, outputs[0].length]).toEqual([null, 1]);
		else expect(error?.message).toContain('broke off its answer');
	});

	if (!each.isWrite) {
		it('is tried three times, and refuses a list that is none', async () => {
			const fault = used.opentaps.fault({
				path: ANY,
				status: 503,
				headers: { 'retry-after': '0' },
			});
			expect((await runCase(each)).error?.httpCode).toBe('503');
			expect(fault.hits).toBe(3);
			fault.remove();
			for (const body of [[1, 2], { result: { resultValue: 'x' } }, { a: 1 }]) {
				const odd = used.opentaps.fault({ path: ANY, status: 200, body });
				const { error } = await runCase(each);
				expect(error?.message).toContain('something that is not its API');
				odd.remove();
			}
		});
	} else {
		it('is sent once, and warns when the answer is lost', async () => {
			for (const status of [502, 503, 504]) {
				const fault = used.opentaps.fault({ path: ANY, status, after: true });
				const { error } = await runCase(each);
				expect(error?.description).toMatch(/check in opentaps CRM2 before repeating it/);
				expect(fault.hits).toBe(1);
				fault.remove();
			}
		});
	}

	for (const [name, label] of Object.entries(each.required ?? {})) {
		it(`needs ${name}`, async () => {
			const isPlain = ['noteText', 'tagName'].includes(name);
			const { error } = await runCase(each, { [name]: isPlain ? NOTHING : byId(NOTHING) });
			expect([error?.name, error?.message]).toEqual(['NodeOperationError', `${label} is empty`]);
			expect(used.received()).toEqual([]);
		});
	}

	if (each.idParameter) {
		const { idParameter } = each;
		it.each([404, 400, 'ok'] as const)('says that an ID is unknown: %s', async (unknownId) => {
			used.opentaps.options.unknownId = unknownId;
			const { error } = await runCase(each, { [idParameter]: byId('0'.repeat(24)) });
			expect(error?.message).toMatch(/^opentaps CRM2 .*: could not/);
			expect(error?.description).toMatch(/not found/);
		});

		it('takes nothing for an ID that is none', async () => {
			for (const id of ['a/b', '../tag', '..', 'a?b', 'a b', '%2e', 'https://evil.example/x']) {
				const { error } = await runCase(each, { [idParameter]: byId(id) });
				expect(error?.message).toMatch(/" is not an ID$/);
			}
			expect(used.received()).toEqual([]);
		});
	}

	it.each([401, 403, 'ok'] as const)('says that the login is wrong: %s', async (refusedToken) => {
		used.opentaps.options.refusedToken = refusedToken;
		const { parameters } = each.prepare(used);
		for (const [name, value] of [
			['authToken', 'wrong-token'],
			['clientDomain', 'other.example'],
		]) {
			const credential = { ...used.ida, [name]: value };
			const { error } = await used.run(each.operation, parameters, { credential });
			expect(error?.description).toMatch(/Authentication token is not valid/);
			expect(error?.description).toMatch(/Auth Token and the Client Domain/);
			expect(JSON.stringify(error)).not.toContain('wrong-token');
		}
	});
});

it('a wait takes nothing for an ID that is none', async () => {
	for (const [id, says] of [
		[NOTHING, /^Task is empty$/],
		['../tag', /" is not an ID$/],
		['a b', /" is not an ID$/],
	] as const) {
		const { error } = await runCase(CASES.find(isWait)!, { taskId: byId(id) });
		expect([error?.message, error?.itemIndex]).toEqual([expect.stringMatching(says), 0]);
	}
	expect(used.received()).toEqual([]);
});

describe('failures in every shape', () => {
	it.each(['error', 'errors', 'errorsAndMessage'] as const)('%s', async (errorBody) => {
		used.opentaps.options.errorBody = errorBody as OpentapsOptions['errorBody'];
		const credential = { ...used.ida, authToken: 'permanent-of-leo' };
		const { error } = await used.run('activity:create', { noteText: 'x' }, { credential });
		expect(error).toMatchObject({
			httpCode: '403',
			description: expect.stringContaining('said: "Permission ACTIVITY_UPDATE is missing"'),
		});
	});
});

describe('bad fields', () => {
	const refused = async (operation: string, parameters: object, says: string) => {
		const { error } = await used.run(operation, { ...parameters });
		expect([error?.name, error?.message]).toEqual(['NodeOperationError', says]);
		expect(used.received()).toEqual([]);
	};
	const pairs = (name: string) => ({ field: [{ name, value: 'x' }] });

	it.each(['authToken', 'note_field_clientDomain', 'partial', '_id'])(
		'%s is no custom field, nor a query parameter',
		async (name) => {
			const says = `cannot set "${name.replace('note_field_', '')}"`;
			const additionalFields = { customFields: pairs(name) };
			const noteText = 'x';
			await refused('task:create', { noteText, additionalFields }, `Custom Fields ${says}`);
			const updateFields = { customFields: pairs(name) };
			const taskId = byId('x');
			await refused('task:update', { taskId, updateFields }, `Custom Fields ${says}`);
			const filters = { queryParameters: pairs(name) };
			await refused('activity:getAll', { filters }, `Query Parameters ${says}`);
		},
	);

	it('are named before anything is sent', async () => {
		const taskId = byId('x');
		await refused(
			'task:create',
			{ noteText: 'x', scheduledDateTime: "={{ 'soon' }}" },
			'Scheduled For "soon" is not a date',
		);
		await refused('task:update', { taskId }, 'There is nothing to update');
		await refused('activity:update', { activityId: taskId }, 'There is nothing to update');
		await refused('tag:update', { tagId: taskId }, 'There is nothing to update');
		for (const [field, label] of [
			['status', 'Status'],
			['noteText', 'Text'],
		]) {
			const updateFields = { [field]: ' ' };
			await refused('task:update', { taskId, updateFields }, `${label} is empty`);
		}
		const updateFields = { scheduledDateTime: '' };
		await refused('task:update', { taskId, updateFields }, 'Scheduled For is empty');
		const noName = { tagId: taskId, updateFields: { tagName: ' ' } };
		await refused('tag:update', noName, 'Name is empty');
		const nameless = { noteText: 'x', additionalFields: { customFields: pairs('') } };
		await refused('activity:create', nameless, 'Custom Fields has a field without a name');
		await refused('user:getAll', { limit: 0.5 }, 'Limit "0.5" is not a whole number above 0');
		const startFrom = { filters: { startFrom: -1 } };
		await refused('activity:getAll', startFrom, 'Start From "-1" is not a sequence number');
		const before = { filters: { scheduledBefore: 'soon' } };
		await refused('task:getAll', before, 'Scheduled Before "soon" is not a date');
	});

	const each = '={{ $json.x }}';
	const located = { __rl: true, mode: 'id', value: each };
	const NO_CHANGE = 'There is nothing to update';
	const changed = (updateFields: object) => ({ taskId: byId('x'), updateFields });

	it.each<[string, string, object, Record<string, string | null>]>([
		[
			'a text',
			'task:create',
			{ noteText: each },
			{
				null: 'Text is empty',
				'{}': 'Text (an object) is not a text',
				'[1]': 'Text (a list) is not a text',
			},
		],
		[
			'an ID',
			'tag:delete',
			{ tagId: located },
			{
				null: 'Tag is empty',
				'{}': 'Tag (an object) is not an ID',
				'"a/b"': 'Tag "a/b" is not an ID',
			},
		],
		[
			'a contact',
			'task:update',
			changed({ assignedToContact: located }),
			{ null: NO_CHANGE, '{}': 'Assigned To (an object) is not a text' },
		],
		[
			'a count',
			'user:getAll',
			{ limit: each },
			{
				null: 'Limit is empty',
				'{}': 'Limit (an object) is not a whole number above 0',
				'"abc"': 'Limit "abc" is not a whole number above 0',
				'2.5': 'Limit "2.5" is not a whole number above 0',
				'"3"': null,
			},
		],
		[
			'a switch',
			'task:getAll',
			{ filters: { unassigned: each } },
			{
				null: null,
				'"true"': null,
				'1': null,
				'2.5': 'Unassigned Only "2.5" is not true or false',
			},
		],
		[
			'a sequence number',
			'activity:getAll',
			{ filters: { startFrom: each } },
			{
				null: null,
				'0': null,
				'{}': 'Start From (an object) is not a sequence number',
				'"abc"': 'Start From "abc" is not a sequence number',
				'2.5': 'Start From "2.5" is not a sequence number',
			},
		],
		[
			'a time',
			'task:update',
			changed({ scheduledDateTime: each }),
			{
				null: NO_CHANGE,
				'{}': 'Scheduled For (an object) is not a date',
				'2.5': 'Scheduled For "2.5" is not a date',
			},
		],
		[
			'words',
			'task:getAll',
			{ statuses: each },
			{ null: null, '["STARTED"]': null, '{}': 'Statuses (an object) is not a list of words' },
		],
		[
			'a word',
			'task:update',
			changed({ status: each }),
			{ null: NO_CHANGE, undefined: NO_CHANGE, '{}': 'Status (an object) is not a text' },
		],
		[
			'a choice',
			'task:create',
			{ noteText: 'x', options: { endpoint: each } },
			{
				null: null,
				'{}': 'Endpoint (an object) is not one of its choices',
				'"/tag"': 'Endpoint "/tag" is not one of its choices',
			},
		],
		[
			'a custom field',
			'task:update',
			changed({ customFields: { field: [{ name: 'a', value: each }] } }),
			{ '{}': 'Value (an object) is not a text' },
		],
		[
			'a name of a tag',
			'tag:update',
			{ tagId: byId('x'), updateFields: { tagName: each, tagUrl: each } },
			{ null: NO_CHANGE, '""': 'Name is empty', '{}': 'Name (an object) is not a text' },
		],
	])('%s, from an expression', async (_kind, operation, parameters, says) => {
		for (const [value, message] of Object.entries(says)) {
			const items = [{ x: value === 'undefined' ? undefined : JSON.parse(value) }];
			const { error } = await used.run(operation, { ...parameters }, { items });
			expect([value, error?.message ?? null]).toEqual([value, message]);
			if (message !== null) expect(used.received()).toEqual([]);
			for (const { rawBody, query } of used.received()) {
				expect(`${rawBody}${JSON.stringify(query)}`).not.toMatch(/null|object/);
			}
			used.opentaps.requests.length = 0;
		}
	});

	it('of any item stop all writes', async () => {
		const { id } = used.opentaps.createTask();
		const { error } = await used.run(
			'task:complete',
			{ taskId: '={{ $json.id }}' },
			{ items: [{ id }, { id: '' }] },
		);
		expect([error?.message, error?.itemIndex]).toEqual(['Task is empty', 1]);
		expect(used.received()).toEqual([]);
	});

	it('of one item leave the others alone when the node continues', async () => {
		const { id } = used.opentaps.createTask();
		const { outputs } = await used.run(
			'task:complete',
			{ taskId: '={{ $json.id }}' },
			{ items: [{ id: '' }, { id }], node: { onError: 'continueRegularOutput' } },
		);
		expect(outputs[0].map(({ error, json }) => error?.message ?? json.status)).toEqual([
			'Task is empty',
			'COMPLETED',
		]);
	});

	it('a base URL without TLS is refused before the token leaves', async () => {
		const credential = { ...used.ida, baseUrl: 'http://crm2.example.com' };
		const { error } = await used.run('user:getAll', {}, { credential });
		expect(error?.message).toMatch(/must start with https/);
	});

	it('a server that is down says so', async () => {
		const { error } = await withRefusingPort(async (port) => {
			const credential = { ...used.ida, baseUrl: `http://127.0.0.1:${port}` };
			return await used.run('task:create', { noteText: 'x' }, { credential });
		});
		expect(error?.message).toMatch(/could not be reached/);
		expect(JSON.stringify(error)).not.toContain(TOKEN);
	});
});
