import { createHmac } from 'node:crypto';

import { n8nLog } from './n8nLog';
import { runNode } from './oneNode';
import { sharedN8n } from './sharedN8n';
import { openTriggerStage, until, type TriggerStage } from './triggerStage';

jest.setTimeout(180_000);

const MINUTE = 60_000;
const SECRET = 'a long text that both nodes know';
let stage: TriggerStage;
let unsigned: TriggerStage;

beforeAll(async () => {
	const n8n = await sharedN8n();
	stage = await openTriggerStage(n8n, { callbackSecret: SECRET });
	unsigned = await openTriggerStage(n8n);
});
afterAll(async () => {
	await stage?.close();
	await unsigned?.close();
});

const create = (notifyUrl: string, decisionBy: Date) => ({
	...{ resource: 'task', operation: 'create', title: 'Announced' },
	...{ requester: 'ada@example.com', approver: 'bob@example.com' },
	...{ decisionBy: decisionBy.toISOString(), options: { notifyUrl } },
});
const tomorrow = () => new Date(Date.now() + 24 * 60 * MINUTE);

it('T7, T8: a task made with Notify Webhook URL is watched by the published trigger, with a signed URL', async () => {
	const { sandbox, rest, credential } = stage;
	const trigger = await stage.watch({ filters: { titleContains: 'nothing yet' } });
	expect(trigger.watched()).toEqual([]);
	const { json } = await runNode(rest, credential.id, create(trigger.url, tomorrow()));
	const id = String(json[0].id);
	const token = createHmac('sha256', SECRET).update(id).digest('hex');
	const hooks = sandbox.appmixer.webhooks.filter(({ taskId }) => taskId === id);
	expect(hooks.map(({ url }) => url)).toEqual([`${trigger.url}?task=${id}&token=${token}`]);

	await sandbox.appmixer.approve(id);
	const found = await trigger.emitted(1);
	expect(found).toMatchObject([{ json: { id, event: { type: 'approved', source: 'webhook' } } }]);
});

it('T7: a task that was announced and becomes due is still watched', async () => {
	const { sandbox, rest, credential } = stage;
	const trigger = await stage.watch({ filters: { titleContains: 'nothing yet' } });
	const soon = new Date(sandbox.clock.now() + 30 * MINUTE);
	const { json } = await runNode(rest, credential.id, create(trigger.url, soon));
	const id = String(json[0].id);
	await sandbox.clock.advance(31 * MINUTE);
	expect(trigger.watched()).toEqual([id]);
	await sandbox.appmixer.reject(id);
	expect(await trigger.emitted(1)).toMatchObject([
		{ json: { id, event: { type: 'rejected', previousStatus: 'due' } } },
	]);
});

it('T8: without a Callback Secret nothing is created, and the error says what is missing', async () => {
	const { sandbox, rest, credential } = unsigned;
	const url = 'http://localhost:1/webhook/x/webhook';
	const { error } = await runNode(rest, credential.id, create(url, tomorrow()));
	expect(error).toMatchObject({
		message: expect.stringContaining('Notify Webhook URL needs a Callback Secret'),
		description: expect.stringContaining('Enter a Callback Secret in the Appmixer credential'),
	});
	expect(sandbox.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	expect(sandbox.appmixer.tasks).toEqual([]);
});

it('T7: registrations from before a Callback Secret was entered stay valid', async () => {
	const { sandbox, rest } = unsigned;
	const id = await rest.createCredential({
		name: 'Secret comes later',
		type: 'appmixerApi',
		data: {
			baseUrl: sandbox.url,
			...{ authentication: 'accessToken', accessToken: 'sandbox-access-token-of-ada' },
		},
	});
	const { taskId } = sandbox.appmixer.createTask({ title: 'Before the secret' });
	const trigger = await unsigned.store('appmixerTrigger', {}, { id });
	await trigger.publish();
	await rest.updateCredential(id, { data: { callbackSecret: SECRET } });
	await sandbox.appmixer.approve(taskId);
	expect(await trigger.emitted(1)).toMatchObject([{ json: { id: taskId } }]);
});

it('T7: after the Callback Secret was changed calls are refused with a word on the repair; publishing anew repairs it', async () => {
	const { sandbox, rest, credential } = stage;
	const title = 'Secret changed';
	const ids = [1, 2].map(() => sandbox.appmixer.createTask({ title }).taskId);
	const trigger = await stage.watch({ filters: { titleContains: title } });
	await rest.updateCredential(credential.id, { data: { callbackSecret: `${SECRET}, another` } });
	await sandbox.appmixer.approve(ids[0]);
	expect(sandbox.appmixer.deliveries.at(-1)).toMatchObject({ taskId: ids[0], status: 401 });
	const advice = 'If the Callback Secret was changed, publish the workflow again';
	await until('n8n logs the advice', () => n8nLog().includes(advice));

	await rest.deactivate(trigger.id);
	await until('it is unpublished', () => trigger.watched().length === 0);
	await trigger.publish();
	expect(trigger.watched()).toEqual([ids[1]]);
	await sandbox.appmixer.approve(ids[1]);
	expect(await trigger.emitted(1)).toMatchObject([{ json: { id: ids[1] } }]);
});
