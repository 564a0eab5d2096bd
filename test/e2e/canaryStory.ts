import { randomBytes, randomUUID } from 'node:crypto';

import type { INodeParameters } from 'n8n-workflow';

import { ADA, BOB, CAROL, type RecordedRequest } from '../../sandbox';
import { openStage, type Stage } from './appmixerStage';
import { until } from './triggerStage';
import { manualStart, noOp, ours, workflowOf } from './workflowOf';

/** A value that exists nowhere else. */
const canary = (name: string) => `${name}${randomBytes(16).toString('hex')}`;

export const PASSWORD = canary('Password');
export const WRONG_PASSWORD = canary('Wrong');
export const ACCESS_TOKEN = canary('AccessToken');
export const CALLBACK_SECRET = canary('CallbackSecret');
/** Their secrets are asked for, with Include Approval Links, or typed into a node; Ada's and Bob's never are. */
export const [SHOWN, ASKING, TYPED] = ['shown', 'asking', 'typed'].map(
	(name) => `${name}@example.com`,
);

const LOGIN = { authentication: 'login', username: BOB.username, password: PASSWORD };
const DUE = '2099-01-02T03:04:05.000Z';
const NEW = { title: 'Canaries', requester: ADA.email, approver: BOB.email, decisionBy: DUE };
const CREATE = { resource: 'task', operation: 'create', ...NEW };

/** What was done, for whoever searches its traces. */
export interface CanaryStory {
	stage: Stage;
	/** Ids of all workflows. */
	workflows: string[];
	/** Every request Appmixer got: a run of `stage.run` begins with an empty journal. */
	journal: RecordedRequest[];
}

let stage: Stage;
const workflows: string[] = [];
const journal: RecordedRequest[] = [];

/** Goes through everything the nodes do, with secrets that can be recognised. */
export async function playCanaries(): Promise<CanaryStory> {
	const users = [{ ...BOB, password: PASSWORD }, { ...ADA, accessToken: ACCESS_TOKEN }, CAROL];
	const options = { users, dashboardUrl: 'https://tasks.example.com/dashboard' };
	stage = await openStage(options, { ...LOGIN, callbackSecret: CALLBACK_SECRET });
	const push = stage.sandbox.requests.push.bind(stage.sandbox.requests);
	Object.defineProperty(stage.sandbox.requests, 'push', {
		value: (...records: typeof journal) => (journal.push(...records), push(...records)),
	});
	await withTrigger({});
	await withTrigger({ callbackSecret: '' });
	await everyOperation();
	await aWait();
	await failures();
	await secretsAskedFor();
	return { stage, workflows, journal };
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

async function run(parameters: INodeParameters, around: Parameters<Stage['run']>[1] = {}) {
	const ran = await stage.run(parameters, around);
	workflows.push(ran.execution.workflowId);
	return ran;
}

/** A trigger that sees a task it registered approved, and one it is notified of where its credential can sign. */
async function withTrigger(data: { callbackSecret?: string }): Promise<void> {
	const { rest, url } = stage.n8n;
	const { createTask, approve, tasks, webhooks } = stage.sandbox.appmixer;
	const { taskId } = createTask();
	const webhookId = randomUUID();
	const credential = { id: await stage.credential(data) };
	const trigger = ours('appmixerTrigger', 'Trigger', credential, {}, { webhookId });
	const draft = workflowOf(webhookId, [trigger, noOp('Done')], [['Trigger', 'Done']]);
	const { id: workflowId } = await rest.createWorkflow(draft);
	workflows.push(workflowId);
	await rest.activate(workflowId);
	const emitted = async (times: number) =>
		await until(`the trigger started ${times} executions`, async () => {
			const listed = await rest.executions({ workflowId, status: ['success'] });
			return listed.length === times;
		});
	await approve(taskId);
	await emitted(1);
	if (data.callbackSecret !== '') {
		const notifyUrl = `${url}/webhook/${webhookId}/webhook`;
		await run({ ...CREATE, options: { notifyUrl } });
		await approve(tasks.at(-1)!.taskId);
		await emitted(2);
	}
	await rest.deactivate(workflowId);
	const pending = () => webhooks.some(({ status }) => status === 'pending');
	await until('nothing is registered', () => !pending());
}

async function everyOperation(): Promise<void> {
	const { tasks, createTask } = stage.sandbox.appmixer;
	const token = await stage.credential({
		authentication: 'accessToken',
		accessToken: ACCESS_TOKEN,
	});
	for (const credentialId of [token, await stage.credential()]) {
		for (const simple of [true, false]) {
			await run({ ...CREATE, simple }, { credentialId });
			const taskId = byId(tasks.at(-1)!.taskId);
			await run({ resource: 'task', operation: 'get', taskId, simple }, { credentialId });
			await run({ resource: 'task', operation: 'getAll', simple }, { credentialId });
		}
		await run({ resource: 'task', operation: 'count' }, { credentialId });
	}
	const taskId = byId(createTask().taskId);
	const updateFields = { title: 'Canaries again' };
	await run({ resource: 'task', operation: 'update', taskId, updateFields, simple: false });
	await run({ resource: 'task', operation: 'approve', taskId, simple: false });
	await run({ resource: 'task', operation: 'reject', taskId: byId(createTask().taskId) });
	const url = 'https://example.com/decided';
	await run({ resource: 'webhook', operation: 'create', taskId, url });
	await run({ resource: 'dashboard', operation: 'get' });
}

async function aWait(): Promise<void> {
	const { rest } = stage.n8n;
	const parameters = { ...CREATE, operation: 'sendAndWait', decisionBy: '' };
	const gate = ours('appmixer', 'Gate', { id: await stage.credential() }, parameters);
	const nodes = [manualStart(), gate, noOp('Done')];
	const edges: Array<[string, string]> = [
		['Start', 'Gate'],
		['Gate', 'Done'],
	];
	const { id } = await rest.createWorkflow(workflowOf('Canaries wait', nodes, edges));
	workflows.push(id);
	await rest.run(id, { triggerToStartFrom: { name: 'Start' } });
	await rest.waitForExecution(id, ({ status }) => status === 'waiting');
	await stage.sandbox.appmixer.approve(stage.sandbox.appmixer.tasks.at(-1)!.taskId);
	await rest.waitForExecution(id, ({ status }) => status === 'success');
}

async function failures(): Promise<void> {
	const { sandbox, n8n } = stage;
	const settings = { onError: 'continueErrorOutput' as const };
	const rules = [{ cut: true }, { status: 401 }, { status: 500, html: '<p>Oh' }, { status: 403 }];
	for (const rule of rules) {
		const fault = sandbox.fault({ path: /tasks$/, ...rule });
		await run(CREATE);
		await run(CREATE, { settings });
		fault.remove();
	}
	const wrong = await stage.credential({ password: WRONG_PASSWORD });
	await run(CREATE, { credentialId: wrong });
	expect(await n8n.rest.testCredential(wrong)).toMatchObject({ status: 'Error' });
	const good = await stage.credential();
	expect(await n8n.rest.testCredential(good)).toMatchObject({ status: 'OK' });
	const fault = sandbox.fault({ path: /^\/user/, cut: true });
	expect(await n8n.rest.testCredential(good)).toMatchObject({ status: 'Error' });
	fault.remove();
	sandbox.appmixer.revokeTokens();
	await run(CREATE);
}

async function secretsAskedFor(): Promise<void> {
	const { createTask } = stage.sandbox.appmixer;
	const people = { requester: ASKING, approver: SHOWN };
	await run({ ...CREATE, ...people, options: { includeLinks: true } });
	const { taskId, approverSecret: secret } = createTask({ approver: TYPED });
	const parameters = { resource: 'task', taskId: byId(taskId), options: { secret } };
	expect((await run({ operation: 'approve', ...parameters })).json).toHaveLength(1);
}
