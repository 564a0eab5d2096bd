import { ADA, BOB } from '../../sandbox';
import { LEGACY, newTask, PLUGIN, startSandbox, type Answer, type Started } from './callAppmixer';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let started: Started;
beforeEach(async () => (started = await startSandbox()));
afterEach(async () => await started.sandbox.close());

const create = async (more: Record<string, unknown> = {}, prefix = PLUGIN): Promise<Answer> =>
	await started.client.post(`${prefix}/tasks`, newTask(more), started.ada);

describe('creating a task', () => {
	it('answers the task with both secrets, and only then', async () => {
		const { status, data } = await create({ description: '**Why**' });
		expect(status).toBe(200);
		expect(data).toMatchObject({
			...newTask({ description: '**Why**' }),
			status: 'pending',
			taskId: expect.stringMatching(UUID),
			approverSecret: started.sandbox.appmixer.secretOf(BOB.email),
			requesterSecret: started.sandbox.appmixer.secretOf(ADA.email),
		});
		expect(data.approverSecret).toMatch(/^[0-9a-f]{64}$/);
		const { data: list } = await started.client.get(`${PLUGIN}/tasks`, started.ada);
		expect(JSON.stringify(list)).not.toContain('Secret');
	});

	it('gives the same e-mail the same secret', async () => {
		const [first, second] = [await create(), await create({ requester: BOB.email })];
		expect(second.data.approverSecret).toBe(first.data.approverSecret);
		expect(second.data.requesterSecret).toBe(first.data.approverSecret);
	});

	it.each([
		['a status', { status: 'pending' }],
		['any other key', { flowId: 'x' }],
		['an empty description', { description: '' }],
		['no title', { title: undefined }],
		['no requester', { requester: undefined }],
		['no approver', { approver: undefined }],
		['an unknown top-level domain', { approver: 'a@corp.internal' }],
		['a number as date', { decisionBy: 1_900_000_000_000 }],
		['null as date', { decisionBy: null }],
		['an empty date', { decisionBy: '' }],
		['a date that is not ISO', { decisionBy: '01/02/2030' }],
	])('refuses %s', async (_name, more) => {
		const { status, data } = await create(more);
		expect(status).toBe(400);
		expect(data).toEqual({
			statusCode: 400,
			error: 'Bad Request',
			message: 'Invalid request payload input',
		});
	});

	it.each(['2030-01-01', '2030-01-01T10:00', '2030-01-01T10:00+02:00', '2020-01-01 19:00:00'])(
		'accepts the date %s',
		async (decisionBy) => {
			const { status, data } = await create({ decisionBy });
			expect(status).toBe(200);
			expect(data.decisionBy).toBe(new Date(decisionBy).toISOString());
		},
	);

	it.each(['a@пример.рф', 'a@example.中国', 'a@xn--e1afmkfd.xn--p1ai'])(
		'accepts the international address %s',
		async (approver) => {
			expect((await create({ approver })).status).toBe(200);
		},
	);

	it("tells Joi's reason when configured so", async () => {
		started.sandbox.appmixer.options.verboseValidation = true;
		expect((await create({ status: 'pending' })).data.message).toBe('"status" is not allowed');
	});

	it('stores 1970 without a date, so that the task falls due within a minute', async () => {
		const { data } = await create({ decisionBy: undefined });
		expect(data.decisionBy).toBeNull();
		const [task] = started.sandbox.appmixer.tasks;
		expect(task.decisionBy?.toISOString()).toBe('1970-01-01T00:00:00.000Z');
		await started.sandbox.clock.advance(60_000);
		expect(task.status).toBe('due');
	});

	it('needs a login even with a secret', async () => {
		const secret = started.sandbox.appmixer.secretOf(BOB.email);
		const { status } = await started.client.post(`${PLUGIN}/tasks?secret=${secret}`, newTask());
		expect(status).toBe(401);
	});

	it('calls the id `id` on the legacy path', async () => {
		const { data } = await create({}, LEGACY);
		expect(data.id).toMatch(UUID);
		expect(data).not.toHaveProperty('taskId');
	});
});

describe('getting a task', () => {
	it('is broken on the plugin for whoever is allowed', async () => {
		const { client, sandbox, ada, bob } = started;
		const { taskId, approverSecret, requesterSecret } = sandbox.appmixer.createTask();
		const url = `${PLUGIN}/tasks/${taskId}`;
		expect((await client.get(url, bob)).status).toBe(500);
		expect((await client.get(`${url}?secret=${approverSecret}`)).status).toBe(500);
		expect((await client.get(url, ada)).status).toBe(500);
		expect((await client.get(`${url}?secret=${requesterSecret}`)).status).toBe(403);
		expect((await client.get(`${PLUGIN}/tasks/unknown`, bob)).data).toMatchObject({
			statusCode: 404,
			message: 'Task not found.',
		});
	});

	it('works on the legacy path', async () => {
		const { taskId } = started.sandbox.appmixer.createTask();
		const { status, data } = await started.client.get(`${LEGACY}/tasks/${taskId}`, started.bob);
		expect(status).toBe(200);
		expect(data).toMatchObject({ id: taskId, title: 'A task' });
		expect(JSON.stringify(data)).not.toContain('Secret');
	});
});

describe('editing a task', () => {
	const edit = async (taskId: string, body: unknown, who = started.bob, query = '') =>
		(await started.client.put(`${PLUGIN}/tasks/${taskId}${query}`, body, who)) as Answer;

	it('is for the approver or a holder of the approver secret, never for the creator alone', async () => {
		const { client, sandbox, ada } = started;
		const { taskId, approverSecret, requesterSecret } = sandbox.appmixer.createTask();
		expect((await edit(taskId, { title: 'By approver' })).data.title).toBe('By approver');
		const byQuery = await edit(taskId, { title: 'By query' }, ada, `?secret=${approverSecret}`);
		expect(byQuery.data.title).toBe('By query');
		const byBody = await edit(taskId, { title: 'By body', secret: approverSecret }, ada);
		expect(byBody.data).toMatchObject({ title: 'By body' });
		expect(JSON.stringify(byBody.data)).not.toMatch(/secret/i);
		// Without any secret the server's own assertion fails before it can say 403.
		expect((await edit(taskId, { title: 'x' }, ada)).status).toBe(500);
		expect((await edit(taskId, { title: 'x', secret: requesterSecret }, ada)).status).toBe(403);
		const publicly = await client.put(`${PLUGIN}/tasks/${taskId}?secret=${approverSecret}`, {});
		expect(publicly.status).toBe(401);
	});

	it('compares the e-mail exactly', async () => {
		const { taskId } = started.sandbox.appmixer.createTask({ approver: 'Bob@example.com' });
		expect((await edit(taskId, { title: 'x' })).status).toBe(500);
	});

	it('validates nothing, sets no decision date and tells no receiver', async () => {
		const { client, sandbox, ada } = started;
		const { taskId } = sandbox.appmixer.createTask();
		await client.post(`${PLUGIN}/webhooks`, { url: 'http://127.0.0.1:9/', taskId }, ada);
		const { status, data } = await edit(taskId, { status: 'banana', unknown: 1 });
		expect(status).toBe(200);
		expect(data.status).toBe('banana');
		expect(data).not.toHaveProperty('decisionMade');
		expect(data).not.toHaveProperty('unknown');
		expect(sandbox.appmixer.tasks[0].status).toBe('banana');
		expect(sandbox.appmixer.webhooks[0].status).toBe('pending');
		expect(sandbox.appmixer.deliveries).toEqual([]);
	});

	it('stores flowId, public and isApprover, too, and nothing of an array', async () => {
		const { taskId, title } = started.sandbox.appmixer.createTask();
		const more = { flowId: 'f', public: true, isApprover: 'yes' };
		expect((await edit(taskId, more)).data).toMatchObject(more);
		const array = await edit(taskId, [{ title: 'x' }]);
		expect([array.status, array.data.title]).toEqual([200, title]);
		const { data } = await started.client.get(`${PLUGIN}/tasks`, started.bob);
		expect(data).toMatchObject([{ ...more, isApprover: true }]);
	});

	it('fails with 500 on an empty JSON body', async () => {
		const { taskId } = started.sandbox.appmixer.createTask();
		const json = { headers: { ...started.bob.headers, 'content-type': 'application/json' } };
		expect((await edit(taskId, undefined, json)).status).toBe(500);
	});

	it('stores an invalid date as 1970', async () => {
		const task = started.sandbox.appmixer.createTask();
		expect((await edit(task.taskId, { decisionBy: 'soon' })).data.decisionBy).toBeNull();
		expect(task.decisionBy?.getTime()).toBe(0);
	});

	it('keeps the secrets when the approver changes', async () => {
		const { client, sandbox, carol } = started;
		const { taskId, approverSecret } = sandbox.appmixer.createTask();
		await edit(taskId, { approver: 'carol@example.com' });
		const own = sandbox.appmixer.secretOf('carol@example.com');
		const approve = `${PLUGIN}/tasks/${taskId}/approve`;
		expect((await client.put(`${approve}?secret=${own}`)).status).toBe(403);
		expect((await client.put(`${approve}?secret=${approverSecret}`)).status).toBe(200);
		expect((await edit(taskId, { title: 'By login' }, carol)).status).toBe(200);
	});
});

it('can neither delete a task nor list webhooks', async () => {
	const { client, sandbox, bob } = started;
	const { taskId } = sandbox.appmixer.createTask();
	expect((await client.delete(`${PLUGIN}/tasks/${taskId}`, bob)).status).toBe(404);
	expect((await client.get(`${PLUGIN}/webhooks`, bob)).status).toBe(404);
});
