import { ADA, BOB, CAROL } from '../../sandbox';
import { openStage, sent, type Stage } from './appmixerStage';

jest.setTimeout(120_000);

const PLUGIN = '/plugins/appmixer/utils/tasks';
let stage: Stage;

beforeAll(async () => {
	stage = await openStage({}, { apiPath: 'plugin' });
});
afterAll(async () => await stage?.close());

const NEW = {
	...{ resource: 'task', operation: 'create', title: 'Three laptops', requester: ADA.email },
	...{ approver: BOB.email, decisionBy: '2099-01-02T03:04:05.000Z' },
};

describe('Include Approval Links', () => {
	it('E3: is off by default: neither secret is in what n8n stored', async () => {
		for (const simple of [true, false]) {
			const { execution, json } = await stage.run({ ...NEW, simple });
			const { taskId, approverSecret, requesterSecret } = stage.sandbox.appmixer.tasks.at(-1)!;
			expect(json).toHaveLength(1);
			expect(json[0].id ?? json[0].taskId).toBe(taskId);
			const stored = JSON.stringify(execution.raw);
			expect(stored).not.toContain(approverSecret);
			expect(stored).not.toContain(requesterSecret);
		}
	});

	it('gives the secrets and the links of the dashboard', async () => {
		stage.sandbox.appmixer.options.dashboardUrl = 'https://tasks.example.com/open?tenant=1';
		const { json } = await stage.run({ ...NEW, options: { includeLinks: true } });
		const { taskId, approverSecret, requesterSecret } = stage.sandbox.appmixer.tasks.at(-1)!;
		const start = 'https://tasks.example.com/open?tenant=1';
		expect(json).toEqual([
			expect.objectContaining({
				id: taskId,
				approverSecret,
				requesterSecret,
				links: {
					approve: `${start}&taskId=${taskId}&action=approve&secret=${approverSecret}`,
					reject: `${start}&taskId=${taskId}&action=reject&secret=${approverSecret}`,
					approverTasks: `${start}&secret=${approverSecret}&role=approver`,
					requesterTasks: `${start}&secret=${requesterSecret}&role=requester`,
				},
			}),
		]);
	});

	it('gives the secrets alone where the tenant has no dashboard', async () => {
		stage.sandbox.appmixer.options.dashboardUrl = undefined;
		const { json } = await stage.run({ ...NEW, options: { includeLinks: true } });
		const { approverSecret, requesterSecret } = stage.sandbox.appmixer.tasks.at(-1)!;
		expect(json[0]).toMatchObject({ approverSecret, requesterSecret, links: null });
	});

	it('does not fail a created task because of a dashboard that cannot be asked', async () => {
		const fault = stage.sandbox.fault({ path: /dashboard-url$/, status: 500 });
		const { execution, json } = await stage.run({ ...NEW, options: { includeLinks: true } });
		fault.remove();
		expect(execution.status).toBe('success');
		expect(json[0]).toMatchObject({ links: null, approverSecret: expect.any(String) });
	});
});

describe('Get Many', () => {
	it('sends filters, order, excluded fields and the secret as Appmixer takes them', async () => {
		const { approverSecret: secret } = stage.sandbox.appmixer.createTask({ approver: CAROL.email });
		const { json } = await stage.run({
			...{ resource: 'task', operation: 'getAll', limit: 100, simple: false },
			filters: {
				...{ role: 'approver', status: 'pending', titleContains: 'a.task' },
				filter: 'requester:ada@example.com',
			},
			options: { secret, sortBy: 'title', sortDirection: '1', exclude: ['mtime', 'description'] },
		});
		expect(json).toEqual([]);
		expect(stage.sandbox.requests.map(sent)).toEqual([
			{
				...{ method: 'GET', path: `${PLUGIN}/tasks`, body: undefined, auth: 'Bearer' },
				query: {
					...{ role: 'approver', pattern: 'a\\.task', limit: '100', offset: '0', secret },
					filter: 'status:pending,requester:ada@example.com',
					...{ sort: 'title:1', projection: '-mtime,-description' },
				},
			},
		]);
	});

	it('Return All reads every page of a server that caps them, each task once', async () => {
		const { options, createTask } = stage.sandbox.appmixer;
		const made = [1, 2, 3, 4, 5].map((n) =>
			createTask({ title: `Page ${n}`, approver: CAROL.email }),
		);
		made.forEach((task, n) => (task.created = new Date(Date.UTC(2098, 0, n + 1))));
		options.maxLimit = 2;
		const filters = { titleContains: 'page' };
		const parameters = { resource: 'task', operation: 'getAll', filters };
		const all = await stage.run({ ...parameters, returnAll: true });
		const limited = await stage.run({ ...parameters, returnAll: false, limit: 3 });
		options.maxLimit = Infinity;
		const titles = ['Page 5', 'Page 4', 'Page 3', 'Page 2', 'Page 1'];
		expect(all.json.map(({ title }) => title)).toEqual(titles);
		expect(limited.json.map(({ title }) => title)).toEqual(['Page 5', 'Page 4', 'Page 3']);
	});
});

describe('E11: Task, From List', () => {
	/** The list as the editor asks for it. */
	async function listed(filter?: string) {
		const answer = await stage.n8n.rest.post<{ results: Array<{ name: string; value: string }> }>(
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				nodeTypeAndVersion: { name: 'n8n-nodes-task-approvals.appmixer', version: 1 },
				...{ path: 'parameters.taskId', methodName: 'searchTasks', filter },
				currentNodeParameters: { resource: 'task', operation: 'approve' },
				credentials: { appmixerApi: { id: await stage.credential(), name: 'sandbox' } },
			},
		);
		return answer.results;
	}

	it('finds tasks by any text in their title, as it is typed', async () => {
		const { taskId } = stage.sandbox.appmixer.createTask({ title: 'Desk (oak) [2+1]' });
		stage.sandbox.appmixer.createTask({ title: 'Desk oak' });
		expect(await listed('(OAK) [2+')).toEqual([
			{ name: 'Desk (oak) [2+1] (pending)', value: taskId },
		]);
	});

	it('shows the newest tasks first', async () => {
		const task = stage.sandbox.appmixer.createTask({ title: 'Newest' });
		task.created = new Date('2099-01-01T00:00:00.000Z');
		expect((await listed())[0]).toEqual({ name: 'Newest (pending)', value: task.taskId });
	});
});

it('create: a date without a zone is in the time zone of the workflow', async () => {
	const { json } = await stage.run(
		{ ...NEW, decisionBy: '2099-07-01T09:00:00' },
		{ timezone: 'Europe/Prague' },
	);
	expect(json[0].dueAt).toBe('2099-07-01T07:00:00.000Z');
});

it('approving as the AI tool: n8n offers the node as a tool and as a human review', async () => {
	const names = (await stage.n8n.rest.nodeTypes()).map(({ name }) => name);
	expect(names).toContain('n8n-nodes-task-approvals.appmixerTool');
	expect(names).toContain('n8n-nodes-task-approvals.appmixerHitlTool');
});
