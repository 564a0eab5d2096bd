import { ADA, startNutrient, type Started } from './callNutrient';

let started: Started;
beforeEach(async () => (started = await startNutrient()));
afterEach(async () => await started.sandbox.close());

type Rows = Array<Record<string, unknown>>;

describe('Nutrient processes', () => {
	it('are searched, and listed in every envelope', async () => {
		const { client, nutrient, ada } = started;
		const search = async (params = {}) =>
			(await client.get('/api/processes/search', { ...ada, params })).data as unknown;
		expect(await search({ search: 'holiday' })).toMatchObject({
			total: 1,
			items: [{ name: 'Holiday Request' }],
		});
		nutrient.options.envelope = 'Items';
		expect(await search()).toMatchObject({ TotalItemCnt: 2, Items: [{}, {}] });
		nutrient.options.envelope = 'wrapped';
		expect(await search()).toMatchObject([{ TotalItemCnt: 2, Items: [{}, {}] }]);
		nutrient.options.envelope = 'data';
		expect(await search()).toMatchObject({ data: [{}, {}] });
		nutrient.options.envelope = 'rows';
		expect(await search()).toMatchObject({ rows: [{}, {}] });
		nutrient.options.envelope = 'array';
		expect(await search()).toHaveLength(2);
	});

	it('are read one or many, as a list or an object, with names of either kind', async () => {
		const { client, nutrient, ada } = started;
		const [{ sid }, other] = nutrient.processes;
		expect((await client.get(`/api/processes/${sid}`, ada)).data).toMatchObject([{ sid }]);
		const both = await client.get(`/api/processes/${sid},${other.sid}`, ada);
		expect(both.data).toHaveLength(2);
		nutrient.options.processAnswer = 'object';
		nutrient.options.naming = 'pascal';
		expect((await client.get(`/api/processes/${sid}`, ada)).data).toMatchObject({ SID: sid });
		expect((await client.get('/api/processes/unknown', ada)).status).toBe(404);
	});

	it('tell their tasks, and those that begin first', async () => {
		const { client, nutrient, ada } = started;
		const path = `/api/processes/${nutrient.processes[0].sid}`;
		const names = ({ data }: { data: Rows }) => data.map(({ name }) => name);
		expect(names(await client.get(`${path}/tasks`, ada))).toEqual([
			'Request Form',
			'Manager Approval',
			'Order Number',
		]);
		const params = { taskTypes: 'approval' };
		expect(names(await client.get(`${path}/tasks`, { ...ada, params }))).toEqual([
			'Manager Approval',
		]);
		expect(names(await client.get(`${path}/firstTasks`, ada))).toEqual(['Request Form']);
	});

	it('are started, with four answers', async () => {
		const { client, nutrient, ada } = started;
		const path = `/api/instance/start/${nutrient.processes[0].sid}`;
		const start = async () =>
			(await client.post(`${path}?requestName=Laptops`, { amount: 7 }, ada)).data as unknown;
		expect(await start()).toMatchObject({
			request: { sid: nutrient.instances[0].sid, id: '1001', name: 'Laptops' },
		});
		expect(nutrient.instances[0]).toMatchObject({ initiatorSid: ADA.sid, data: { amount: 7 } });
		nutrient.options.startAnswer = 'SID';
		expect(await start()).toMatchObject({ SID: nutrient.instances[1].sid });
		nutrient.options.startAnswer = 'sid';
		expect(await start()).toMatchObject({ sid: nutrient.instances[2].sid });
		nutrient.options.startAnswer = 'string';
		expect(await start()).toBe(nutrient.instances[3].sid);
		expect((await client.post('/api/instance/start/unknown', {}, ada)).status).toBe(404);
	});

	it('are started with the data of a first task, which is then done', async () => {
		const { client, nutrient, ada } = started;
		const [{ sid, tasks }] = nutrient.processes;
		await client.post(`/api/instance/start/${sid}/${tasks[0].processTaskSid}`, { why: 'new' }, ada);
		expect(nutrient.tasks[0]).toMatchObject({ state: 'Completed', data: { why: 'new' } });
	});
});

describe('Nutrient requests', () => {
	it('of the login are listed newest first, 15 by default', async () => {
		const { client, nutrient, ada, bob } = started;
		for (let n = 0; n < 17; n++) nutrient.startRequest(`Request ${n}`);
		const { data } = await client.get('/instances/mine', ada);
		expect(data).toMatchObject({ total: 17 });
		expect((data as { items: Rows }).items).toHaveLength(15);
		expect((data as { items: Rows }).items[0]).toMatchObject({
			r: 17,
			name: 'Request 16',
			state: 'Started',
			last_milestone: 'Started',
			process_name: 'Purchase Request',
		});
		const params = { start: 15, count: 5 };
		const next = await client.get('/instances/mine', { ...ada, params });
		expect((next.data as { items: Rows }).items).toHaveLength(2);
		expect((await client.get('/instances/mine', bob)).data).toEqual({ total: 0, items: [] });
	});

	it('are filtered', async () => {
		const { client, nutrient, ada } = started;
		const first = nutrient.startRequest('First');
		nutrient.workflow.cancel(first);
		nutrient.startRequest('Second');
		const names = async (params: object) => {
			const { data } = await client.get('/instances/mine', { ...ada, params });
			return (data as { items?: Rows }).items?.map(({ name }) => name);
		};
		expect(await names({ status: 'open' })).toEqual(['Second']);
		expect(await names({ status: 'completed' })).toEqual(['First']);
		expect(await names({ last_milestone: 'Cancelled' })).toEqual(['First']);
		expect(await names({ instance_name: 'Sec' })).toEqual(['Second']);
		expect(await names({ process_sid: nutrient.processes[1].sid })).toEqual([]);
		expect(await names({ id_range_start: 1002, id_range_end: 1002 })).toEqual(['Second']);
		expect(await names({ submitted_range_end: '2001-01-01' })).toEqual([]);
		expect(await names({ submitted_range_start: '2001-01-01' })).toEqual(['Second', 'First']);
		for (const params of [
			{ status: 'Open' },
			{ submitted_range_start: '1/1/2001' },
			{ count: 0 },
			{ start: -1 },
		]) {
			expect((await client.get('/instances/mine', { ...ada, params })).status).toBe(400);
		}
	});

	it('visible to the login need a permission type that is known', async () => {
		const { client, nutrient, ada } = started;
		nutrient.startRequest();
		const list = async (type: string) => await client.get(`/api/instance/list/${type}`, ada);
		expect((await list('view')).data).toMatchObject({ total: 1 });
		expect((await list('all')).status).toBe(400);
		expect((await client.get('/api/instance/list/', ada)).status).toBe(404);
	});

	it('are read, with their files and tasks', async () => {
		const { client, nutrient, ada, carol } = started;
		const { instanceSid, recipientTaskSid } = nutrient.createApproval();
		const file = nutrient.addFile(instanceSid, 'offer.pdf', Buffer.from([1, 255]));
		const path = `/api/instance/${instanceSid}`;
		expect((await client.get(path, ada)).data).toMatchObject({ sid: instanceSid });
		const params = { includeInstanceFiles: true };
		expect((await client.get(path, { ...ada, params })).data).toMatchObject({
			instanceFiles: [{ fileName: 'offer.pdf' }],
		});
		const files = await client.get(`${path}/files`, ada);
		expect(files.data).toEqual([
			{
				fileName: 'offer.pdf',
				createdDate: file.createdDate,
				downloadLink: `/api/files/${file.sid}/download?ownerType=instance`,
			},
		]);
		nutrient.options.downloadLink = 'absolute';
		const [absolute] = (await client.get(`${path}/files`, ada)).data as Rows;
		expect(String(absolute.downloadLink).startsWith(nutrient.url)).toBe(true);
		nutrient.options.downloadLink = 'foreign';
		const [foreign] = (await client.get(`${path}/files`, ada)).data as Rows;
		expect(String(foreign.downloadLink)).toMatch(/^https:\/\/files.elsewhere.example/);
		const tasks = await client.get(`${path}/recipientTask/list/data`, ada);
		expect(tasks.data).toMatchObject([
			{ taskState: 'Completed' },
			{ recipientTaskSid, taskState: 'Started' },
		]);
		const refused = await client.get(path, carol);
		expect(refused.data).toMatchObject({
			status: 403,
			message: 'Permission denied',
			description: 'You may not see this request',
		});
		expect((await client.get('/api/instance/unknown', ada)).status).toBe(404);
	});

	it('are cancelled by a GET, with four answers', async () => {
		const { client, nutrient, ada, bob } = started;
		const answers: unknown[] = [];
		for (const shape of ['object', 'true', 'text', 'empty'] as const) {
			nutrient.options.actionAnswer = shape;
			const { instanceSid } = nutrient.createApproval();
			const path = `/api/instance/${instanceSid}/cancel`;
			expect((await client.get(path, bob)).status).toBe(403);
			answers.push((await client.get(path, ada)).data);
			expect(nutrient.tasks.at(-1)?.state).toBe('Cancelled');
			expect((await client.get(path, ada)).status).toBe(400);
		}
		const [first] = nutrient.instances;
		expect(answers).toEqual([{ sid: first.sid, state: 'Cancelled' }, true, 'OK', '']);
	});

	it('answer errors as text when told so', async () => {
		const { client, nutrient, ada } = started;
		nutrient.options.errorShape = 'text';
		const { status, data } = await client.get('/api/instance/unknown', ada);
		expect([status, data]).toEqual([404, 'Instance not found']);
	});
});
