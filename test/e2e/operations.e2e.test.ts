import { ADA, BOB, type Flavour } from '../../sandbox';
import { openStage, sent, type Stage } from './appmixerStage';

jest.setTimeout(120_000);

const PREFIX = { plugin: '/plugins/appmixer/utils/tasks', legacy: '/people-task' };
const VERSION_CALL = { method: 'GET', path: `${PREFIX.plugin}/`, auth: 'Bearer', query: {} };
const DUE = '2099-01-02T03:04:05.000Z';
const person = (email: string) => ({ id: null, name: null, email });

/** What the server serves, API Path in the credential, the path that is used, and what the version call is answered. */
const SERVERS: Array<[string, Flavour[], string, Flavour, number?]> = [
	['a plugin server and API Path Auto', ['plugin'], 'auto', 'plugin', 200],
	['a legacy server and API Path Auto', ['legacy'], 'auto', 'legacy', 404],
	['a server with both and API Path Plugin', ['plugin', 'legacy'], 'plugin', 'plugin'],
	['a server with both and API Path Legacy', ['plugin', 'legacy'], 'legacy', 'legacy'],
];

describe.each(SERVERS)('on %s', (_name, flavours, apiPath, flavour, versionStatus) => {
	let stage: Stage;
	const idKey = flavour === 'plugin' ? 'taskId' : 'id';

	beforeAll(async () => {
		const dashboardUrl = 'https://tasks.example.com/dashboard';
		stage = await openStage({ flavours, dashboardUrl }, { apiPath });
	});
	afterAll(async () => await stage?.close());

	const newTask = (title = 'Purchase of 3 laptops (new)') =>
		stage.sandbox.appmixer.createTask({
			title,
			description: '**4,500 EUR**',
			decisionBy: new Date(DUE),
		});
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });

	/** The record of a stored task; `decided` says what has been decided. */
	const record = (taskId: string, decided: Record<string, unknown> = {}) => {
		const stored = stage.sandbox.appmixer.tasks.find((task) => task.taskId === taskId);
		return {
			...{ id: taskId, title: 'Purchase of 3 laptops (new)', description: '**4,500 EUR**' },
			...{ status: 'pending', state: 'open', decision: null },
			...{ requester: person('ada@example.com'), assignee: person('bob@example.com') },
			dueAt: DUE,
			createdAt: stored?.created.toISOString(),
			updatedAt: stored?.mtime.toISOString(),
			decidedAt: stored?.decisionMade?.toISOString() ?? null,
			...{ url: null, source: 'appmixer' },
			...decided,
		};
	};

	/** Asserts all requests of the last run: the version call, on Auto only and once, then these. */
	function expectCalls(...calls: Array<[string, string, { query?: object; body?: object }?]>) {
		const expected = calls.map(([method, path, { query = {}, body } = {}]) => {
			return { method, path: `${PREFIX[flavour]}${path}`, query, body, auth: 'Bearer' };
		});
		const probe = versionStatus === undefined ? [] : [{ ...VERSION_CALL, body: undefined }];
		expect(stage.sandbox.requests.map(sent)).toEqual([...probe, ...expected]);
		if (versionStatus) expect(stage.sandbox.requests[0].status).toBe(versionStatus);
	}

	it('task:create creates the task', async () => {
		const fields = {
			...{ title: 'Purchase of 3 laptops (new)', description: '**4,500 EUR**', decisionBy: DUE },
			...{ requester: ADA.email, approver: BOB.email },
		};
		const ran = await stage.run({ resource: 'task', operation: 'create', ...fields });
		expectCalls([
			'POST',
			'/tasks',
			{
				body: {
					title: 'Purchase of 3 laptops (new)',
					description: '**4,500 EUR**',
					requester: 'ada@example.com',
					approver: 'bob@example.com',
					decisionBy: '2099-01-02T03:04:05.000Z',
				},
			},
		]);
		const { taskId } = stage.sandbox.appmixer.tasks.at(-1)!;
		expect(ran.json).toEqual([record(taskId)]);
	});

	it('task:get reads the task', async () => {
		const { taskId } = newTask();
		const ran = await stage.run({ resource: 'task', operation: 'get', taskId: byId(taskId) });
		if (flavour === 'legacy') expectCalls(['GET', `/tasks/${taskId}`]);
		else expectCalls(['GET', '/tasks', { query: { filter: `taskId:${taskId}`, limit: '1' } }]);
		if (flavour === 'plugin') {
			expect(ran.json).toEqual([record(taskId)]);
			return;
		}
		// the legacy endpoint is for the approver, or with a secret; Ada is the requester
		expect(ran.error?.message).toBe(
			`Appmixer could not process the request (HTTP 500): could not read task ${taskId}`,
		);
		expect(ran.error?.description).toContain('Enter the Approver Secret');
	});

	it('task:get reads the task with the Approver Secret', async () => {
		const { taskId, approverSecret: secret } = newTask();
		const options = { secret };
		const parameters = { resource: 'task', operation: 'get', taskId: byId(taskId), options };
		const ran = await stage.run(parameters);
		const query = { filter: `taskId:${taskId}`, limit: '1', secret };
		if (flavour === 'legacy') expectCalls(['GET', `/tasks/${taskId}`, { query: { secret } }]);
		else expectCalls(['GET', '/tasks', { query }]);
		expect(ran.json).toEqual([record(taskId)]);
	});

	it('task:getAll lists the newest tasks up to Limit', async () => {
		const [older, newer] = [newTask(), newTask()];
		older.created = new Date('2098-01-01T00:00:00.000Z');
		newer.created = new Date('2098-01-02T00:00:00.000Z');
		const ran = await stage.run({ resource: 'task', operation: 'getAll', limit: 2 });
		expectCalls(['GET', '/tasks', { query: { sort: 'created:-1', limit: '100', offset: '0' } }]);
		expect(ran.json).toEqual([record(newer.taskId), record(older.taskId)]);
	});

	it('task:count counts with filters', async () => {
		newTask('100% of (all) desks?');
		const filters = { role: 'requester', status: 'pending', titleContains: 'OF (ALL)' };
		const ran = await stage.run({ resource: 'task', operation: 'count', filters });
		const query = { role: 'requester', filter: 'status:pending', pattern: 'OF \\(ALL\\)' };
		expectCalls(['GET', '/tasks-count', { query }]);
		expect(ran.json).toEqual([{ count: 1 }]);
	});

	it('task:update changes the given fields with the Approver Secret', async () => {
		const { taskId, approverSecret: secret } = newTask();
		const updateFields = { title: 'Two laptops', decisionBy: '2099-06-01T00:00:00Z' };
		const ran = await stage.run({
			...{ resource: 'task', operation: 'update', taskId: byId(taskId) },
			...{ updateFields, options: { secret } },
		});
		const body = { title: 'Two laptops', decisionBy: '2099-06-01T00:00:00.000Z' };
		expectCalls(['PUT', `/tasks/${taskId}`, { query: { secret }, body }]);
		const changed = { title: 'Two laptops', dueAt: '2099-06-01T00:00:00.000Z' };
		expect(ran.json).toEqual([record(taskId, changed)]);
	});

	it('task:approve approves with the Approver Secret', async () => {
		const { taskId, approverSecret: secret } = newTask();
		const parameters = { resource: 'task', taskId: byId(taskId), options: { secret } };
		const ran = await stage.run({ operation: 'approve', ...parameters });
		expectCalls(['PUT', `/tasks/${taskId}/approve`, { body: { secret } }]);
		const decided = { status: 'approved', state: 'done', decision: 'approved' };
		expect(ran.json).toEqual([record(taskId, decided)]);
		expect(ran.json[0].decidedAt).toEqual(expect.any(String));
	});

	it("task:reject rejects with the approver's own login", async () => {
		const { taskId } = newTask();
		const accessToken = stage.sandbox.appmixer.issueToken(BOB.email);
		const parameters = { resource: 'task', operation: 'reject', taskId: byId(taskId) };
		const credentialId = await stage.credential({ accessToken });
		const ran = await stage.run(parameters, { credentialId });
		expectCalls(['PUT', `/tasks/${taskId}/reject`]);
		const decided = { status: 'rejected', state: 'done', decision: 'rejected' };
		expect(ran.json).toEqual([record(taskId, decided)]);
	});

	it('webhook:create registers a URL, webhook:delete removes it', async () => {
		const { taskId } = newTask();
		const url = 'https://example.com/decided';
		const parameters = { resource: 'webhook', operation: 'create', taskId: byId(taskId), url };
		const [made] = (await stage.run(parameters)).json;
		expectCalls(['POST', '/webhooks', { body: { taskId, url } }]);
		const [{ webhookId, created, mtime }] = stage.sandbox.appmixer.webhooks;
		const times = { created: created.toISOString(), mtime: mtime.toISOString() };
		const stored = { id: webhookId, taskId, url, status: 'pending', ...times };
		expect(made).toEqual(flavour === 'plugin' ? { ...stored, webhookId } : stored);

		const ran = await stage.run({ resource: 'webhook', operation: 'delete', webhookId });
		const path = `/webhooks/${webhookId}`;
		if (flavour === 'plugin') expectCalls(['DELETE', path]);
		else expectCalls(['DELETE', path], ['GET', path]);
		expect(ran.json).toEqual([{ deleted: true }]);
		expect(stage.sandbox.appmixer.webhooks).toEqual([]);
	});

	it('dashboard:get gives the address, or says that there is none', async () => {
		const ran = await stage.run({ resource: 'dashboard', operation: 'get' });
		expectCalls(['GET', '/dashboard-url']);
		if (flavour === 'plugin') {
			expect(ran.json).toEqual([{ dashboardUrl: 'https://tasks.example.com/dashboard' }]);
			return;
		}
		expect(ran.execution.status).toBe('error');
		expect(ran.error?.message).toBe('This Appmixer tenant has no People Task dashboard');
		expect(ran.error?.description).toContain('Servers before 5.1 have none.');
	});

	it("keeps Appmixer's own keys with Simplify off, without the secrets", async () => {
		const { taskId, approverSecret: secret } = newTask();
		const options = { secret };
		const parameters = { resource: 'task', taskId: byId(taskId), options, simple: false };
		const ran = await stage.run({ operation: 'get', ...parameters });
		const { createdAt: created, updatedAt: mtime } = record(taskId);
		const raw = {
			...{ [idKey]: taskId, title: 'Purchase of 3 laptops (new)', description: '**4,500 EUR**' },
			...{ status: 'pending', requester: 'ada@example.com', approver: 'bob@example.com' },
			...{ decisionBy: DUE, created, mtime },
		};
		// only lists say whether the reader is the approver
		expect(ran.json).toEqual([flavour === 'plugin' ? { ...raw, isApprover: true } : raw]);
	});

	it('makes one version call for several items', async () => {
		const items = [{}, {}, {}];
		const ran = await stage.run({ resource: 'task', operation: 'count' }, { items });
		expect(ran.json).toHaveLength(3);
		expectCalls(['GET', '/tasks-count'], ['GET', '/tasks-count'], ['GET', '/tasks-count']);
	});
});
