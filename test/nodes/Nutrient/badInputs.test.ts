/** @jest-environment ./test/engine/environment.ts */
import type { FaultRule } from '../../../sandbox';
import { CASES, type Case } from './cases';
import { byId, useSandbox } from './sandboxed';

const used = useSandbox();
/** Empty only at run time: n8n itself refuses a field that is left empty. */
const NOTHING = "={{ ' ' }}";
// the exchange stays as it is: the credential has tests of its own
const API = /^\/(?!api\/auth\/|access\/)/;

const runCase = async ({ operation, user = 'bob', prepare }: Case, more: object = {}) => {
	const { parameters, files, request } = prepare(used);
	const credential = used.as(user);
	const run = await used.run(operation, { ...parameters, ...more }, { credential, files });
	return { ...run, request };
};

/** Writes that look at the task before. */
const READS_FIRST = /^task:(approve|reject|decide|completeDataContainer)$/;

/** An answer that means the same for every operation. */
const ANSWERS: Array<
	[name: string, rule: Partial<FaultRule>, httpCode: string | null, says: RegExp]
> = [
	['401', { status: 401, body: { status: 401, message: 'No' } }, '401', /did not accept the cred/],
	[
		'403',
		{ status: 403, body: { status: 403, message: 'Denied', description: 'Why', stack: 'at x.js' } },
		'403',
		/said: "Denied: Why"\..*acts as/,
	],
	['404', { status: 404, body: { message: 'Gone' } }, '404', /said: "Gone"\. Check the ID/],
	[
		'429 with Retry-After',
		{ status: 429, headers: { 'retry-after': '120' }, body: 'slow down' },
		'429',
		/slow down.*asks to wait 120 seconds/,
	],
	['500', { status: 500, body: { message: 'Oops' } }, '500', /Oops.*before you repeat/],
	['a web page', { status: 200, html: '<html>Log in</html>' }, null, /web page|Base URL/],
];

/** What may be over soon ends no wait: it is told in a hint, and looked at again. */
const OUTLIVED = ['429 with Retry-After', '500'];

describe.each(CASES)('Nutrient $operation', (each) => {
	const isWait = each.operation.endsWith(':wait');
	// what is not there is named by the wait itself
	const says = ANSWERS.filter(([name]) => !isWait || ![...OUTLIVED, '404'].includes(name));

	it.each(says)('says what %s means', async (_name, rule, httpCode, says) => {
		used.nutrient.fault({ path: API, ...rule });
		const { error, outputs } = await runCase(each);
		expect(outputs).toEqual([]);
		expect(error?.name).toBe('NodeApiError');
		expect(`${error?.message} ${error?.description}`).toMatch(says);
		expect(error?.message).toMatch(/^Nutrient .*: could not \w+/);
		if (httpCode) expect(error?.httpCode).toBe(httpCode);
		expect(error?.itemIndex).toBe(0);
		expect(JSON.stringify(error)).not.toMatch(/system\/key|system%2Fkey|x\.js|Bearer|eyJ/);
		// n8n itself repeats a 401 once, with a renewed token
		expect(used.received()).toHaveLength(rule.status === 401 ? 2 : 1);
	});

	it('survives a lost connection when it reads, and warns when it writes', async () => {
		used.nutrient.fault({ path: API, cut: true, times: 1 });
		const { error } = await runCase(each);
		if (READS_FIRST.test(each.operation) || !each.isWrite) {
			expect(error).toBeNull();
			expect(used.received().length).toBeGreaterThan(1);
			return;
		}
		expect(error?.message).toMatch(/^Nutrient could not be reached/);
		if (each.isWrite) expect(error?.description).toMatch(/check in Nutrient before repeating it/);
		expect(used.received()).toHaveLength(1);
	});

	it('F5: takes an empty answer for done, or for none', async () => {
		used.nutrient.fault({ path: API, status: 200, body: '' });
		const { error, outputs } = await runCase(each);
		const isDone = error === null && outputs[0].length === 1;
		const isRefused = /broke off its answer|not its API/.test(error?.message ?? '');
		if (isWait) return expect(outputs[0][0].json).toHaveProperty('wait');
		expect([isDone, isRefused]).toContain(true);
		if (!each.isWrite && !/export|download/.test(each.operation)) expect(isRefused).toBe(true);
	});

	for (const [name, label] of Object.entries(each.required ?? {})) {
		it(`needs ${name}`, async () => {
			const isLocator = name !== 'fileId' && name.endsWith('Id');
			const { error } = await runCase(each, { [name]: isLocator ? byId(NOTHING) : NOTHING });
			expect(error?.name).toBe('NodeOperationError');
			expect(error?.message).toContain(name === 'binaryPropertyName' ? '' : `${label} is empty`);
			expect(used.received()).toEqual([]);
		});
	}

	if (each.idParameter) {
		const { idParameter } = each;
		it('says that an ID is unknown, and refuses what is none', async () => {
			const asGiven = (value: string) => ({
				[idParameter]: idParameter === 'fileId' ? value : byId(value),
			});
			const unknown = await runCase(each, asGiven('00000000-0000-0000-0000-000000000000'));
			expect(unknown.error?.httpCode).toBe(isWait ? null : '404');
			const { message, description } = unknown.error!;
			expect(`${message} ${description}`).toMatch(/not found/);
			used.nutrient.requests.clear();
			for (const id of ['a/b', '../user', '..', 'a?b', 'https://evil.example/x']) {
				const { error } = await runCase(each, asGiven(id));
				expect(error?.message).toMatch(/is not an ID$/);
			}
			expect(used.nutrient.requests).toEqual([]);
		});
	}

	if (each.isWrite) {
		it('is sent once, and warns when the answer is lost', async () => {
			const { parameters, request, files } = each.prepare(used);
			const path = new RegExp(`${String(request.path).replace(/[^\w/-]/g, '.')}$`);
			for (const status of [502, 503, 504]) {
				used.nutrient.requests.clear();
				const fault = used.nutrient.fault({ path, method: request.method, status, after: true });
				const credential = used.as(each.user ?? 'bob');
				const { error } = await used.run(each.operation, parameters, { credential, files });
				expect(error?.description).toMatch(/check in Nutrient before repeating it/);
				expect(fault.hits).toBe(1);
				fault.remove();
			}
		});
	} else if (isWait) {
		it.each(ANSWERS.filter(([name]) => OUTLIVED.includes(name)))('outlives %s', async (_, rule) => {
			used.nutrient.fault({ path: API, ...rule });
			const { status, hints } = await runCase(each);
			expect([status, hints[0]]).toEqual(['waiting', expect.stringMatching(/^One look failed/)]);
		});

		it('says what is not there', async () => {
			used.nutrient.fault({ path: API, status: 404, body: { message: 'Gone' } });
			const { error } = await runCase(each);
			expect(error?.message).toMatch(/^(Task|Request) [\w-]+ was not found$/);
			expect([error?.itemIndex, used.received().length]).toEqual([0, 1]);
		});
	} else {
		it('is tried three times', async () => {
			const { parameters, files } = each.prepare(used);
			const fault = used.nutrient.fault({
				path: API,
				status: 503,
				headers: { 'retry-after': '0' },
			});
			const credential = used.as(each.user ?? 'bob');
			const { error } = await used.run(each.operation, parameters, { credential, files });
			expect(error?.httpCode).toBe('503');
			expect(fault.hits).toBe(3);
		});
	}
});

describe('Nutrient bad fields', () => {
	const refused = async (operation: string, parameters: object, says: RegExp) => {
		const { error } = await used.run(operation, { ...parameters });
		expect(`${error?.message}`).toMatch(says);
		expect(used.received()).toEqual([]);
	};

	it('are named before anything is sent', async () => {
		const id = byId('x');
		await refused(
			'process:start',
			{ processId: id, data: '[1]' },
			/^Data "\[1\]" is not a JSON object/,
		);
		await refused('process:start', { processId: id, data: '{' }, /^Data "{" is not a JSON object/);
		const options = { firstTaskId: 'a/b' };
		await refused(
			'process:start',
			{ processId: id, options },
			/^First Task ID "a\/b" is not an ID/,
		);
		await refused(
			'task:getAll',
			{ filters: { filters: '{"a":1}' } },
			/^Raw Filters "{"a":1}" is not a list of filters$/,
		);
		await refused('task:getAll', { limit: 0 }, /^Limit "0" is not a whole number above 0$/);
		await refused(
			'task:getAll',
			{ source: 'process', processId: byId(NOTHING) },
			/^Process is empty/,
		);
		await refused(
			'request:getAll',
			{ source: 'visible', permissionType: NOTHING },
			/^Permission Type is empty/,
		);
		const filters = { submittedFrom: 'soon' };
		await refused('request:getAll', { filters }, /^Submitted From "soon" is not a date/);
		const data = { a: { b: 1 } };
		await refused('task:completeDataContainer', { taskId: id, data }, /no plain value in "a"/);
		await refused(
			'task:completeForm',
			{ taskId: id, data: '3' },
			/^Form Data "3" is not a JSON object/,
		);
		const report = { reportId: id };
		await refused(
			'report:run',
			{ ...report, dates: 'range', from: NOTHING, to: NOTHING },
			/^From is empty/,
		);
		const range = { ...report, dates: 'range', from: '2026-02-02', to: '2026-02-01' };
		await refused('report:run', range, /^From 2026-02-02 is after To 2026-02-01/);
		await refused(
			'report:run',
			{ ...report, dates: 'days', days: 0 },
			/^Days "0" is not a whole number above 0$/,
		);
		const reportFilters = { filter: [{ label: '', value: 'x' }] };
		await refused('report:run', { ...report, reportFilters }, /^Label is empty/);
		await refused('user:create', { userData: '{}' }, /^User Data is empty/);
		await refused('file:upload', {}, /binary/i);
	});

	it('of any item stop all writes', async () => {
		const { recipientTaskSid } = used.nutrient.createApproval();
		const { error } = await used.run(
			'task:approve',
			{ taskId: '={{ $json.id }}' },
			{ items: [{ id: recipientTaskSid }, { id: '' }] },
		);
		expect([error?.message, error?.itemIndex]).toEqual(['Task is empty', 1]);
		expect(used.received()).toEqual([]);
	});

	it('leave by the error output with Continue On Fail, the others go on', async () => {
		const { recipientTaskSid } = used.nutrient.createApproval();
		const { outputs, tries } = await used.run(
			'task:approve',
			{ taskId: '={{ $json.id }}' },
			{
				items: [{ id: 'unknown' }, { id: recipientTaskSid }],
				node: { onError: 'continueRegularOutput', retryOnFail: true, maxTries: 3 },
			},
		);
		expect(tries).toBe(1);
		expect(outputs[0].map(({ error, pairedItem }) => [error?.httpCode, pairedItem])).toEqual([
			['404', { item: 0 }],
			[undefined, { item: 1 }],
		]);
	});

	it('do not hide data that the service would drop', async () => {
		const task = used.nutrient.createDataContainer();
		const parameters = { taskId: task.recipientTaskSid, data: { orderNo: 1 } };
		const { error } = await used.run('task:completeDataContainer', parameters);
		expect(error?.message).toContain('has no key "orderNo"; nothing was sent');
		expect(error?.description).toContain('"orderNumber", "amount", "orderedAt"');
		expect(task.state).toBe('Started');
		const options = { checkKeys: false, saveOnly: true };
		await used.run('task:completeDataContainer', { ...parameters, options });
		expect(used.received().at(-1)).toMatchObject({ method: 'POST', query: { saveOnly: 'true' } });
	});

	it('answered `false` or an exception with 200 are refusals', async () => {
		const { recipientTaskSid: taskId } = used.nutrient.createApproval();
		const path = /approval/;
		for (const body of [false, { status: 403, message: 'Denied', stack: 'at x.js' }]) {
			used.nutrient.fault({ path, method: 'POST', status: 200, body, times: 1 });
			const { error } = await used.run('task:approve', { taskId });
			expect(error?.message).toMatch(/^Nutrient refused the request/);
			expect(JSON.stringify(error)).not.toContain('x.js');
		}
	});
});

/** What an expression may give. */
const NULL = '={{ null }}';
const OBJECT = '={{ ({ a: 1 }) }}';
const LIST = '={{ ["a"] }}';

describe('Nutrient fields filled by expressions', () => {
	const start = { processId: byId('x') };
	const report = { reportId: byId('x') };
	const task = { taskId: byId('x') };
	const range = { ...report, dates: 'range', from: '2026-02-01', to: '2026-02-02' };
	const withFilter = (more: object) => ({ ...report, reportFilters: { filter: [more] } });

	const REFUSED: Array<[operation: string, parameters: object, says: string]> = [
		['process:get', { processId: byId(OBJECT) }, 'Process (an object) is not an ID'],
		['process:get', { processId: NULL }, 'Process is empty'],
		['process:getAll', { limit: '={{ 2.5 }}' }, 'Limit "2.5" is not a whole number above 0'],
		['report:getAll', { limit: 'abc' }, 'Limit "abc" is not a whole number above 0'],
		['user:getAll', { limit: NULL }, 'Limit is empty'],
		['user:getAll', { returnAll: 'abc' }, 'Return All "abc" is not true or false'],
		['user:getAll', { filters: { search: OBJECT } }, 'Search (an object) is not a text'],
		[
			'user:getAll',
			{ filters: { filters: OBJECT } },
			'Raw Filters (an object) is not a list of filters',
		],
		['user:getAll', { options: { sort: LIST } }, 'Sort By (a list) is not a text'],
		['user:getAll', { options: { dir: 'up' } }, 'Sort Direction "up" is not one of its choices'],
		[
			'user:get',
			{ userId: byId('x'), options: { full: OBJECT } },
			'Full Profile (an object) is not true or false',
		],
		[
			'user:getCurrent',
			{ options: { includePermissions: 'abc' } },
			'Include Permissions "abc" is not true or false',
		],
		['user:create', { userData: LIST }, 'User Data (a list) is not a JSON object'],
		['user:update', { userId: byId('x'), userData: NULL }, 'User Data is empty'],
		['process:start', { ...start, data: '={{ 2.5 }}' }, 'Data "2.5" is not a JSON object'],
		['process:start', { ...start, requestName: OBJECT }, 'Request Name (an object) is not a text'],
		[
			'process:start',
			{ ...start, options: { clientSid: OBJECT } },
			'On Behalf of User ID (an object) is not an ID',
		],
		[
			'process:getTasks',
			{ ...start, onlyFirst: 'abc' },
			'Only First Tasks "abc" is not true or false',
		],
		[
			'process:getTasks',
			{ ...start, options: { taskTypes: OBJECT } },
			'Task Types (an object) is not a text',
		],
		['request:get', { requestId: byId('a b') }, 'Request "a b" is not an ID'],
		[
			'request:get',
			{ requestId: byId('x'), simple: OBJECT },
			'Simplify (an object) is not true or false',
		],
		['request:getAll', { source: 'all' }, 'Which Requests "all" is not one of its choices'],
		[
			'request:getAll',
			{ filters: { status: 'ended' } },
			'Status "ended" is not one of its choices',
		],
		[
			'request:getAll',
			{ filters: { numberFrom: 'abc' } },
			'Number From "abc" is not a whole number',
		],
		[
			'request:getAll',
			{ filters: { numberTo: '={{ 2.5 }}' } },
			'Number To "2.5" is not a whole number',
		],
		[
			'request:getAll',
			{ filters: { submittedTo: OBJECT } },
			'Submitted To (an object) is not a date',
		],
		['task:approve', { ...task, comments: OBJECT }, 'Comments (an object) is not a text'],
		[
			'task:reject',
			{ ...task, options: { optionLabel: OBJECT } },
			'Option Label (an object) is not a text',
		],
		['task:decide', { ...task, optionLabel: NULL }, 'Option Label is empty'],
		[
			'task:decide',
			{ ...task, optionLabel: 'x', options: { contract: 'v9' } },
			'API Contract "v9" is not one of its choices',
		],
		[
			'task:approve',
			{ ...task, options: { additionalBody: LIST } },
			'Additional Body Fields (a list) is not a JSON object',
		],
		['task:completeForm', { ...task, data: NULL }, 'Form Data is empty'],
		[
			'task:completeForm',
			{ ...task, data: {}, options: { isDraft: 'abc' } },
			'Save as Draft "abc" is not true or false',
		],
		['task:completeDataContainer', { ...task, data: NULL }, 'Data is empty'],
		['task:reassign', { ...task, userId: byId(OBJECT) }, 'User (an object) is not an ID'],
		['report:run', { ...range, to: 'abc' }, 'To "abc" is not a date'],
		[
			'report:run',
			{ ...report, dates: 'days', days: '={{ 2.5 }}' },
			'Days "2.5" is not a whole number above 0',
		],
		['report:run', { ...report, dates: 'week' }, 'Dates "week" is not one of its choices'],
		['report:run', withFilter({ label: OBJECT, value: 'x' }), 'Label (an object) is not a text'],
		[
			'report:run',
			withFilter({ label: 'x', value: OBJECT }),
			'Value (an object) is not a text or a list of texts',
		],
		[
			'report:export',
			{ ...report, options: { start: '={{ -1 }}' } },
			'Start Row "-1" is not a whole number',
		],
		[
			'report:export',
			{ ...report, options: { count: '={{ 0 }}' } },
			'Row Count "0" is not a whole number above 0',
		],
		['report:export', { ...report, exportType: OBJECT }, 'Export Type (an object) is not an ID'],
		['file:download', { fileId: OBJECT }, 'File ID (an object) is not an ID'],
		[
			'file:download',
			{ downloadBy: 'link', downloadLink: OBJECT },
			'Download Link (an object) is not a text',
		],
		[
			'file:download',
			{ fileId: 'x', options: { context: { values: { ownerSid: OBJECT } } } },
			'Owner SID (an object) is not a text',
		],
		[
			'file:upload',
			{ binaryPropertyName: OBJECT },
			'Input Data Field Name (an object) is not a text',
		],
	];

	it.each(REFUSED)('%s %j is refused before anything is sent', async (operation, more, says) => {
		const { error } = await used.run(operation, { ...more });
		expect([error?.name, error?.message]).toEqual(['NodeOperationError', says]);
		expect(error?.itemIndex).toBe(0);
		expect(used.nutrient.requests).toEqual([]);
	});

	const sent = async (operation: string, parameters: object, user = 'ada') => {
		const { error } = await used.run(operation, { ...parameters }, { credential: used.as(user) });
		expect(error).toBeNull();
		const { query, body } = used.received().at(-1)!;
		return { query, body };
	};

	it('are not given where the expression finds nothing', async () => {
		const { nutrient } = used;
		const page = { start: '0', count: '100' };
		const options = { sort: NULL, dir: NULL, processFieldName: NULL };
		const filters = { search: NULL, filters: NULL };
		expect((await sent('task:getAll', { filters, options })).query).toEqual(page);
		expect((await sent('user:getAll', { filters })).query).toEqual(page);
		const none = { name: NULL, status: NULL, processId: NULL, submittedFrom: NULL, numberTo: NULL };
		const mine = { filters: { ...none, numberFrom: 0, lastMilestone: '={{ undefined }}' } };
		expect((await sent('request:getAll', mine)).query).toEqual(page);
		const processId = byId(nutrient.processes[0].sid);
		const ofProcess = await sent('task:getAll', { source: 'process', processId, options });
		expect(ofProcess.query.filters).toContain('"field":"processSid"');
		const empty = { firstTaskId: NULL, clientSid: NULL, parentSid: NULL };
		const start = { processId, requestName: NULL, data: NULL, options: empty };
		expect(await sent('process:start', start)).toEqual({ query: {} });
		const { recipientTaskSid: taskId } = nutrient.createApproval();
		const more = { optionLabel: NULL, contract: NULL, additionalBody: NULL };
		expect(await sent('task:approve', { taskId, comments: NULL, options: more }, 'bob')).toEqual({
			query: { legacy: 'true' },
			body: { Approval: 'Approve', Comments: '' },
		});
		const reportId = byId(nutrient.reports[0].sid);
		const rows = { filters: NULL, start: NULL, count: NULL };
		expect((await sent('report:export', { reportId, options: rows })).query).toEqual({});
	});

	it('are understood as text, and numbers as text', async () => {
		const { nutrient } = used;
		const { recipientTaskSid: taskId } = nutrient.createApproval();
		const reportId = byId(nutrient.reports[0].sid);
		const days = { reportId, returnAll: 1, dates: 'days', days: '7' };
		const ran = await sent('report:run', days);
		expect(ran).toEqual({ query: {}, body: [{ label: 'ExposeDateFilter', value: '7' }] });
		const current = { options: { includePermissions: 'true' } };
		expect((await sent('user:getCurrent', current)).query).toEqual({ includePermissions: 'true' });
		const { body } = await sent('task:approve', { taskId, comments: '={{ 7 }}' }, 'bob');
		expect(body).toEqual({ Approval: 'Approve', Comments: '7' });
		const raw = await used.run(
			'request:getAll',
			{ simple: 'false' },
			{ credential: used.as('ada') },
		);
		expect(raw.outputs[0][0].json).not.toHaveProperty('source');
	});

	it('of a report go as a text or a list', async () => {
		const reportId = byId(used.nutrient.reports[0].sid);
		const filter = [{ label: 'Department', value: '={{ ["IT", "HR"] }}' }];
		const { body } = await sent('report:run', { reportId, reportFilters: { filter } });
		expect(body).toEqual([{ label: 'Department', value: ['IT', 'HR'] }]);
	});
});
