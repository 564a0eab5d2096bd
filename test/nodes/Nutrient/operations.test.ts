/** @jest-environment ./test/engine/environment.ts */
import { engine } from '../../engine';
import { operationsOf } from '../../operationsOf';
import { CASES } from './cases';
import { useSandbox } from './sandboxed';

const used = useSandbox();

describe('Nutrient operations', () => {
	it.each(CASES)('$operation sends what the API takes and gives its record', async (each) => {
		const { parameters, request, output, files } = each.prepare(used);
		const credential = used.as(each.user ?? 'bob');
		const { outputs, error } = await used.run(each.operation, parameters, { credential, files });
		expect(error).toBeNull();
		const last = used.received().at(-1);
		expect(last).toMatchObject(request);
		expect(last?.query).toEqual(request.query);
		if ('body' in request) expect(last?.body).toEqual(request.body);
		expect(String(last?.headers.authorization)).toMatch(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/);
		// a wait has more than one output
		const items = outputs.flat();
		expect(items.map(({ json }) => json)).toEqual(output);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(output.map(() => ({ item: 0 })));
		expect(used.exchanges()).toBe(1);
	});

	it('are all in the cases', async () => {
		expect(await operationsOf('nutrient')).toEqual(CASES.map(({ operation }) => operation).sort());
	});

	it('give the JSON untouched with Simplify off', async () => {
		const { recipientTaskSid, instanceSid } = used.nutrient.createApproval();
		const { outputs } = await used.run('task:getAll', { simple: false });
		expect(outputs[0][0].json).toMatchObject({
			recipientTaskSid,
			instanceSid,
			taskState: 'Started',
		});
		const options = await used.run('task:getApprovalOptions', {
			taskId: recipientTaskSid,
			simple: false,
		});
		expect(options.outputs[0][0].json).toMatchObject({
			allowComments: true,
			options: [{}, {}, {}],
		});
	});
});

describe('Nutrient lists', () => {
	it('are in every envelope and either spelling', async () => {
		const { recipientTaskSid } = used.nutrient.createApproval({ name: 'Laptops' });
		for (const envelope of ['items', 'Items', 'wrapped', 'array', 'data', 'rows'] as const) {
			for (const naming of ['camel', 'pascal'] as const) {
				Object.assign(used.nutrient.options, { envelope, naming });
				const { outputs } = await used.run('task:getAll', { returnAll: true });
				expect(outputs[0].map(({ json }) => json)).toEqual([
					expect.objectContaining({
						id: recipientTaskSid,
						title: 'Manager Approval',
						description: 'Laptops',
						status: 'Started',
						assignee: { id: null, name: 'Bob Baker', email: 'bob@example.com' },
					}),
				]);
			}
		}
	});

	it('may be empty in every envelope', async () => {
		for (const envelope of ['items', 'Items', 'wrapped', 'array', 'data', 'rows'] as const) {
			Object.assign(used.nutrient.options, { envelope });
			const { outputs, error } = await used.run('task:getAll', { returnAll: true });
			expect([error, outputs.flat()]).toEqual([null, []]);
		}
	});

	it.each([Infinity, 40])('are read whole where pages hold %d at most', async (maxCount) => {
		for (let n = 0; n < 230; n++) used.nutrient.createApproval();
		used.nutrient.options.maxCount = maxCount;
		const { outputs } = await used.run('task:getAll', { returnAll: true });
		expect(new Set(outputs[0].map(({ json }) => json.id)).size).toBe(230);
		expect(outputs[0]).toHaveLength(230);
		const pages = used.received().length;
		const limited = await used.run('task:getAll', { returnAll: false, limit: 3 });
		expect(limited.outputs[0]).toHaveLength(3);
		expect(used.received()).toHaveLength(pages + 1);
	});

	it.each(['items', 'array'] as const)(
		'F7: are read whole where the server gives every page the same, in %s',
		async (envelope) => {
			for (let n = 0; n < 120; n++) used.nutrient.createApproval();
			Object.assign(used.nutrient.options, { envelope, ignoreStart: true });
			const { outputs } = await used.run('task:getAll', { returnAll: true });
			expect(outputs[0]).toHaveLength(120);
			expect(used.received()).toHaveLength(4);
			used.nutrient.options.maxCount = 100;
			const { error } = await used.run('task:getAll', { returnAll: true });
			expect(error).toMatchObject({
				message: 'Nutrient gives the same page whichever is asked for: could not list my tasks',
			});
		},
	);

	it('of other kinds take their own parameters', async () => {
		const { nutrient } = used;
		const { instanceSid } = nutrient.createApproval();
		const [{ sid }] = nutrient.processes;
		const credential = used.as('ada');
		const more = { credential };
		const ofProcess = await used.run('task:getAll', { source: 'process', processId: sid }, more);
		expect(ofProcess.outputs[0]).toHaveLength(2);
		expect(used.received().at(-1)?.query.filters).toBe(
			`[{"field":"processSid","data":{"comparison":"eq","value":"${sid}"}}]`,
		);
		const visible = { source: 'visible', permissionType: 'view' };
		const requests = await used.run('request:getAll', visible, more);
		expect(requests.outputs[0].map(({ json }) => json.id)).toEqual([instanceSid]);
		expect(used.calls().at(-1)).toBe('GET /api/instance/list/view');
		const [{ sid: reportId }] = nutrient.reports;
		for (const reportRows of ['array', 'items', 'Items', 'data', 'rows', 'wrapped'] as const) {
			nutrient.options.reportRows = reportRows;
			const report = await used.run('report:run', { reportId, limit: 2 }, more);
			expect(report.outputs[0].map(({ json }) => json.request)).toEqual([1001, 1002]);
		}
		expect(used.received().at(-1)).toMatchObject({ method: 'GET', query: { limit: '2' } });
		await used.run('report:run', { reportId, returnAll: true, dates: 'days', days: 7 }, more);
		expect(used.received().at(-1)?.body).toEqual([{ label: 'ExposeDateFilter', value: '7' }]);
	});

	it('fill From List', async () => {
		const { nutrient } = used;
		const { instanceSid, recipientTaskSid } = nutrient.createApproval({ name: 'Laptops' });
		const sketch = { type: 'nutrient', parameters: {}, credential: used.as('bob') };
		const search = async (method: string, filter?: string, user = 'bob') =>
			await engine.searchList({ ...sketch, credential: used.as(user) }, filter, method);
		expect(await search('searchProcesses', 'holi')).toEqual([
			{ name: 'Holiday Request', value: nutrient.processes[1].sid },
		]);
		expect(await search('searchReports')).toHaveLength(2);
		expect(await search('searchTasks')).toEqual([
			{ name: 'Manager Approval: Laptops', value: recipientTaskSid },
		]);
		expect(await search('searchRequests', undefined, 'ada')).toEqual([
			{ name: 'Laptops (1001, Started)', value: instanceSid },
		]);
		expect(await search('searchUsers', 'bob')).toEqual([
			{ name: 'Bob Baker (bob)', value: nutrient.options.users[1].sid },
		]);
	});
});

describe('Nutrient answers nobody documents', () => {
	it('to a start are all read, or given as they are', async () => {
		const { nutrient } = used;
		const processId = nutrient.processes[0].sid;
		for (const startAnswer of ['request', 'SID', 'sid', 'string'] as const) {
			nutrient.options.startAnswer = startAnswer;
			const { outputs } = await used.run('process:start', { processId });
			expect(outputs[0][0].json.id).toBe(nutrient.instances.at(-1)?.sid);
		}
	});

	it('to actions come out as response', async () => {
		const seen: unknown[] = [];
		for (const actionAnswer of ['true', 'text', 'empty'] as const) {
			used.nutrient.options.actionAnswer = actionAnswer;
			const { recipientTaskSid } = used.nutrient.createApproval();
			const { outputs, error } = await used.run('task:approve', { taskId: recipientTaskSid });
			expect(error).toBeNull();
			seen.push(outputs[0][0].json.response);
		}
		expect(seen).toEqual([true, 'OK', null]);
	});

	it('to writing users and files are read', async () => {
		const { nutrient } = used;
		const credential = used.as('ada');
		nutrient.options.userAnswer = 'bare';
		const created = await used.run(
			'user:create',
			{ userData: { userName: 'eve' } },
			{ credential },
		);
		const sid = nutrient.options.users.at(-1)!.sid;
		expect(created.outputs[0][0].json).toEqual({ sid });
		const userData = { lastName: 'Evans' };
		const updated = await used.run('user:update', { userId: sid, userData }, { credential });
		expect(updated.outputs[0][0].json).toEqual({ sid, response: true });
		nutrient.options.processAnswer = 'object';
		const processId = nutrient.processes[0].sid;
		const process = await used.run('process:get', { processId });
		expect(process.outputs[0][0].json.sid).toBe(processId);
	});
});
