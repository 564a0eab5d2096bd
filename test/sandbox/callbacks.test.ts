import { LEGACY, newTask, PLUGIN, startSandbox, type Answer, type Started } from './callAppmixer';
import { gate, nextTurn, startReceiver } from './receiver';
import { withRefusingPort } from '../refusingPort';

type Receiver = Awaited<ReturnType<typeof startReceiver>>;

const MINUTE_MS = 60_000;

let started: Started;
let receiver: Receiver;
beforeEach(async () => {
	started = await startSandbox();
	receiver = await startReceiver();
});
afterEach(async () => {
	await started.sandbox.close();
	await receiver.close();
});

const register = async (taskId: string, url = receiver.url, prefix = PLUGIN): Promise<Answer> =>
	await started.client.post(`${prefix}/webhooks`, { url, taskId }, started.ada);
const decide = async (path: string, body?: unknown, who: object = {}): Promise<Answer> =>
	await started.client.put(`${PLUGIN}/tasks/${path}`, body, who);
const statuses = () => receiver.received.map(({ body }) => body.status);

describe('a callback', () => {
	it('carries the task with its new status, before that is saved', async () => {
		const { client, sandbox, bob } = started;
		const { taskId } = sandbox.appmixer.createTask({ description: '**raw**' });
		await register(taskId);
		let seen: unknown;
		receiver.reply(async () => {
			const { data } = await client.get(`${PLUGIN}/tasks`, bob);
			seen = (data as Array<{ status: string }>)[0].status;
			return 204;
		});
		await decide(`${taskId}/approve`, undefined, bob);
		expect(seen).toBe('pending');
		const [{ body, headers }] = receiver.received;
		expect(body).toMatchObject({ taskId, status: 'approved', description: '**raw**' });
		expect(JSON.stringify(body)).not.toContain('Secret');
		expect(body).not.toHaveProperty('isApprover');
		expect(headers).toMatchObject({
			accept: 'application/json',
			'content-type': 'application/json',
		});
		expect(sandbox.appmixer.tasks[0].status).toBe('approved');
		expect(sandbox.appmixer.deliveries).toMatchObject([
			{
				taskId,
				url: receiver.url,
				status: 204,
				body: { status: 'approved' },
				ms: expect.any(Number),
			},
		]);
	});

	it('goes out twice when approve and reject come at the same moment: the later save wins', async () => {
		const { sandbox, bob } = started;
		const { taskId } = sandbox.appmixer.createTask();
		await register(taskId);
		const first = gate();
		receiver.reply(async ({ body }) => {
			if (body.status === 'approved') await first.opened;
			return 200;
		});
		const approving = decide(`${taskId}/approve`, undefined, bob);
		while (receiver.received.length === 0) await nextTurn();
		const rejected = await decide(`${taskId}/reject`, undefined, bob);
		first.open();
		const approved = await approving;
		expect([approved.status, rejected.status]).toEqual([200, 200]);
		expect(statuses()).toEqual(['approved', 'rejected']);
		expect(sandbox.appmixer.tasks[0].status).toBe('approved');
	});

	it('names the id `id` when registered on the legacy path', async () => {
		const { taskId } = started.sandbox.appmixer.createTask();
		await register(taskId, receiver.url, LEGACY);
		await started.sandbox.appmixer.approve(taskId);
		expect(receiver.received[0].body).toMatchObject({ id: taskId });
	});

	it('is made once', async () => {
		const { appmixer, clock } = started.sandbox;
		const { taskId } = appmixer.createTask();
		await register(taskId);
		await appmixer.approve(taskId);
		await clock.advance(20 * MINUTE_MS);
		expect(statuses()).toEqual(['approved']);
		expect(appmixer.webhooks[0].status).toBe('sent');
	});

	it('never comes when registered on a decided task', async () => {
		const { appmixer, clock } = started.sandbox;
		const { taskId } = appmixer.createTask();
		await appmixer.approve(taskId);
		await register(taskId);
		await clock.advance(20 * MINUTE_MS);
		expect(statuses()).toEqual([]);
		expect(appmixer.webhooks[0].status).toBe('pending');
	});

	it('is waited for, every one, before the approver is answered', async () => {
		const { appmixer } = started.sandbox;
		const { taskId } = appmixer.createTask();
		await register(taskId);
		await register(taskId);
		const slow = gate();
		receiver.reply(async () => await slow.opened.then(() => 200));
		let answered = false;
		const decision = appmixer.approve(taskId).then(() => (answered = true));
		while (receiver.received.length < 2) await nextTurn();
		expect([answered, appmixer.tasks[0].status]).toEqual([false, 'pending']);
		slow.open();
		await appmixer.callbacksIdle();
		expect(appmixer.tasks[0].status).toBe('approved');
		await decision;
	});

	it.each([400, 302, 500])('answered %d fails, and the decision stands', async (status) => {
		const { appmixer } = started.sandbox;
		const { taskId } = appmixer.createTask();
		await register(taskId);
		receiver.reply(() => status);
		expect((await decide(`${taskId}/approve`, undefined, started.bob)).status).toBe(200);
		expect(statuses()).toEqual(['approved']);
		expect(appmixer.tasks[0].status).toBe('approved');
		expect(appmixer.webhooks[0]).toMatchObject({ status: 'fail', error: expect.any(String) });
		expect(appmixer.deliveries[0]).toMatchObject({ status, error: expect.any(String) });
	});

	it('that fails is sent again every ten minutes, with the state of then', async () => {
		const { appmixer, clock } = started.sandbox;
		const task = appmixer.createTask({ decisionBy: new Date(0) });
		await register(task.taskId);
		receiver.reply(() => 503);
		await clock.advance(MINUTE_MS);
		await appmixer.approve(task.taskId);
		expect(statuses()).toEqual(['due']);
		await clock.advance(8 * MINUTE_MS);
		expect(statuses()).toEqual(['due']);
		await clock.advance(2 * MINUTE_MS);
		await clock.advance(10 * MINUTE_MS);
		expect(statuses()).toEqual(['due', 'approved', 'approved']);
		receiver.reply(() => 200);
		await clock.advance(30 * MINUTE_MS);
		expect(statuses()).toEqual(['due', 'approved', 'approved', 'approved']);
		expect(appmixer.webhooks[0].status).toBe('sent');
	});

	it('to nobody, or for no task, fails without harm', async () => {
		const { appmixer, clock } = started.sandbox;
		const { taskId } = appmixer.createTask();
		await withRefusingPort(async (port) => {
			await register(taskId, `http://127.0.0.1:${port}/`);
			await appmixer.approve(taskId);
		});
		expect(appmixer.deliveries[0]).toMatchObject({ error: expect.any(String) });
		appmixer.webhooks[0].taskId = 'gone';
		await clock.advance(10 * MINUTE_MS);
		expect(appmixer.deliveries[1]).toMatchObject({ taskId: 'gone', error: expect.any(String) });
	});

	it('whose registration is deleted meanwhile fails the approver and leaves the task pending', async () => {
		const { client, sandbox, ada, bob } = started;
		const { taskId } = sandbox.appmixer.createTask();
		const { webhookId } = (await register(taskId)).data;
		receiver.reply(async () => {
			await client.delete(`${PLUGIN}/webhooks/${String(webhookId)}`, ada);
			return 200;
		});
		expect((await decide(`${taskId}/approve`, undefined, bob)).status).toBe(500);
		expect(statuses()).toEqual(['approved']);
		expect(sandbox.appmixer.tasks[0].status).toBe('pending');
	});
});

describe('a task past its date', () => {
	it('falls due once a minute, uses up its webhook, and can still be approved in silence', async () => {
		const { client, sandbox, ada, bob } = started;
		const { data } = await client.post(
			`${PLUGIN}/tasks`,
			newTask({ decisionBy: '2020-01-01' }),
			ada,
		);
		const taskId = String(data.taskId);
		await register(taskId);
		await sandbox.clock.advance(MINUTE_MS);
		expect(statuses()).toEqual(['due']);
		expect(sandbox.appmixer.tasks[0].status).toBe('due');
		expect((await decide(`${taskId}/approve`, undefined, bob)).data.status).toBe('approved');
		expect(statuses()).toEqual(['due']);
	});

	it('falls due as often as the sandbox is told to look', async () => {
		const { sandbox } = await startSandbox({ dueJobSeconds: 2 });
		const { appmixer, clock } = sandbox;
		try {
			appmixer.createTask({ decisionBy: new Date(0) });
			await clock.advance(1900);
			expect(appmixer.tasks[0].status).toBe('pending');
			await clock.advance(200);
			expect(appmixer.tasks[0].status).toBe('due');
		} finally {
			await sandbox.close();
		}
	});

	it('announces the approval to a registration made when it fell due', async () => {
		const { appmixer, clock } = started.sandbox;
		const { taskId } = appmixer.createTask({ decisionBy: new Date(0) });
		await register(taskId);
		receiver.reply(async ({ body }) => {
			if (body.status === 'due') await register(taskId);
			return 200;
		});
		await clock.advance(MINUTE_MS);
		await appmixer.approve(taskId);
		expect(statuses()).toEqual(['due', 'approved']);
	});

	it('is overwritten with `due` when approved while the answer to `due` is slow', async () => {
		const { appmixer, clock } = started.sandbox;
		const { taskId } = appmixer.createTask({ decisionBy: new Date(0) });
		await register(taskId);
		const slow = gate();
		receiver.reply(async ({ body }) => {
			if (body.status === 'due') await slow.opened;
			return 200;
		});
		const job = clock.advance(MINUTE_MS);
		while (receiver.received.length === 0) await nextTurn();
		expect((await decide(`${taskId}/approve`, undefined, started.bob)).data.status).toBe(
			'approved',
		);
		expect(appmixer.tasks[0].status).toBe('approved');
		slow.open();
		await job;
		// Its registration was still pending, so it heard both.
		expect(statuses()).toEqual(['due', 'approved']);
		expect(appmixer.tasks[0].status).toBe('due');
	});

	it('is left alone while its date lies ahead', async () => {
		const { appmixer, clock } = started.sandbox;
		const { decisionBy, taskId } = appmixer.createTask();
		await clock.advance(MINUTE_MS);
		expect(appmixer.tasks[0].status).toBe('pending');
		await clock.advance(Number(decisionBy) - clock.now() + MINUTE_MS);
		expect(appmixer.tasks[0]).toMatchObject({ taskId, status: 'due' });
	});
});
