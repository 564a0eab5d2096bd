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

describe.each(CASES)('Nutrient $operation', (each) => {
	it.each(ANSWERS)('says what %s means', async (_name, rule, httpCode, says) => {
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
		const { error, request } = await runCase(each);
		if (READS_FIRST.test(each.operation) || (request.method === 'GET' && !each.isWrite)) {
			expect(error).toBeNull();
			expect(used.received().length).toBeGreaterThan(1);
			return;
		}
		expect(error?.message).toMatch(/^Nutrient could not be reached/);
		if (each.isWrite) expect(error?.description).toMatch(/check in Nutrient before repeating it/);
		expect(used.received()).toHaveLength(1);
	});

	it('takes an empty answer for what it is', async () => {
		used.nutrient.fault({ path: API, status: 200, body: '' });
		const { error, outputs } = await runCase(each);
		const isDone = error === null && outputs[0].length === 1;
		const isRefused = error?.message.includes('something that is not its API') === true;
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
			expect(unknown.error?.httpCode).toBe('404');
			expect(unknown.error?.description).toMatch(/not found/);
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
	} else {
		it('is tried three times', async () => {
			const { parameters, request, files } = each.prepare(used);
			const fault = used.nutrient.fault({
				path: API,
				status: 503,
				headers: { 'retry-after': '0' },
			});
			const credential = used.as(each.user ?? 'bob');
			const { error } = await used.run(each.operation, parameters, { credential, files });
			expect(error?.httpCode).toBe('503');
			expect(fault.hits).toBe(request.method === 'GET' ? 3 : 1);
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
		await refused('process:start', { processId: id, data: '[1]' }, /^Data is not a JSON object/);
		await refused('process:start', { processId: id, data: '{' }, /^Data is not a JSON object/);
		const options = { firstTaskId: 'a/b' };
		await refused(
			'process:start',
			{ processId: id, options },
			/^First Task ID "a\/b" is not an ID/,
		);
		await refused('task:getAll', { filters: { filters: '{"a":1}' } }, /^Raw Filters is not a list/);
		await refused('task:getAll', { limit: 0 }, /^Limit is not a whole number/);
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
			/^Form Data is not a JSON object/,
		);
		const report = { reportId: id };
		await refused(
			'report:run',
			{ ...report, dates: 'range', from: NOTHING, to: NOTHING },
			/^From is empty/,
		);
		const range = { ...report, dates: 'range', from: '2026-02-02', to: '2026-02-01' };
		await refused('report:run', range, /^From 2026-02-02 is after To 2026-02-01/);
		await refused('report:run', { ...report, dates: 'days', days: 0 }, /^Days is not a whole/);
		const reportFilters = { filter: [{ label: '', value: 'x' }] };
		await refused('report:run', { ...report, reportFilters }, /^A filter has no Label/);
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
