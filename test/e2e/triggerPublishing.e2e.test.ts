import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Fault } from '../../sandbox';
import { n8nLog } from './n8nLog';
import { sharedN8n } from './sharedN8n';
import { openTriggerStage, until, type TriggerStage, type TriggerWorkflow } from './triggerStage';

jest.setTimeout(180_000);

const MINUTE = 60_000;
const WEBHOOKS = /\/webhooks(\/|$)/;
let stage: TriggerStage;
/** Its own, because a fault is in force there. */
let faulty: TriggerStage;
let fault: Fault;
let thirdFails: Refusal;
let tooMany: Refusal;

/** A publishing that shall fail. n8n tries five times, for about 15 s: all of them at once. */
interface Refusal {
	ids: string[];
	trigger: TriggerWorkflow;
	reason: Promise<Error | undefined>;
}

async function refusal(at: TriggerStage, count: number, parameters: INodeParameters) {
	const ids = tasks(count, String((parameters.filters as IDataObject).titleContains), at);
	const trigger = await at.store('appmixerTrigger', parameters);
	const reason = trigger.publish().then(
		() => undefined,
		(error: Error) => error,
	);
	return { ids, trigger, reason };
}

beforeAll(async () => {
	const n8n = await sharedN8n();
	[stage, faulty] = [await openTriggerStage(n8n), await openTriggerStage(n8n)];
	fault = faulty.sandbox.fault({ method: 'POST', path: /\/webhooks$/, skip: 2, status: 500 });
	thirdFails = await refusal(faulty, 5, titled('Third fails'));
	tooMany = await refusal(stage, 3, { ...titled('Too many'), options: { cap: 2 } });
});
afterAll(async () => {
	await stage?.close();
	await faulty?.close();
});

const titled = (title: string) => ({ filters: { titleContains: title } });

/** Tasks with this title; their ids, sorted. */
function tasks(count: number, title: string, at = stage): string[] {
	const created = Array.from({ length: count }, () => at.sandbox.appmixer.createTask({ title }));
	return created.map(({ taskId }) => taskId).sort();
}

/** The registrations and removals asked for since the journal was cleared. */
const registrationCalls = () =>
	stage.sandbox.requests
		.filter(({ method, path }) => method !== 'GET' && WEBHOOKS.test(path))
		.map(({ method }) => method);

it('T2: a changed parameter or a new name registers anew, without duplicates; another node changed calls nothing', async () => {
	const { sandbox, rest } = stage;
	const ids = tasks(2, 'Renamed later');
	const trigger = await stage.watch(titled('Renamed later'));
	expect(trigger.watched()).toEqual(ids);

	sandbox.requests.clear();
	const { nodes } = await rest.workflow(trigger.id);
	const moved = nodes.map((node) => (node.name === 'First' ? { ...node, notes: 'new' } : node));
	await rest.updateWorkflow(trigger.id, { nodes: moved });
	await trigger.publish();
	expect(registrationCalls()).toEqual([]);

	await trigger.publish({ parameters: { ...titled('Renamed later'), simple: false } });
	expect(registrationCalls()).toEqual(['DELETE', 'DELETE', 'POST', 'POST']);
	expect(trigger.watched()).toEqual(ids);

	sandbox.requests.clear();
	await trigger.publish({ name: 'Renamed' });
	expect(registrationCalls()).toEqual(['DELETE', 'DELETE', 'POST', 'POST']);
	expect(trigger.watched()).toEqual(ids);
	await sandbox.appmixer.approve(ids[0]);
	const found = await trigger.emitted(1);
	expect(found.map(({ json }) => json.taskId)).toEqual([ids[0]]);
});

it('T2: does not see a task made after publishing until it is published again', async () => {
	const { appmixer } = stage.sandbox;
	const [before] = tasks(1, 'Made when');
	const trigger = await stage.watch(titled('Made when'));
	const [after, later] = [tasks(1, 'Made when')[0], tasks(1, 'Made when')[0]];
	await appmixer.approve(after);
	await trigger.publish({ parameters: { ...titled('Made when'), simple: false } });
	expect(trigger.watched()).toEqual([before, later].sort());
	await appmixer.approve(later);
	const found = await trigger.emitted(1);
	expect(found.map(({ json }) => json.taskId)).toEqual([later]);
});

it('T3: a registration that fails once is repeated by n8n, and each task is registered once', async () => {
	const ids = tasks(5, 'Fails once');
	const path = /\/webhooks$/;
	const once = stage.sandbox.fault({ method: 'POST', path, skip: 2, times: 1, cut: true });
	const trigger = await stage.watch(titled('Fails once'));
	expect(once.hits).toBe(1);
	expect(trigger.watched()).toEqual(ids);
});

it('T5: unpublishing leaves no registration on the server and touches none that has fired', async () => {
	const { sandbox, rest } = stage;
	const [fired, ...open] = tasks(4, 'Unpublished');
	const trigger = await stage.watch(titled('Unpublished'));
	const spent = sandbox.appmixer.webhooks.find(({ taskId }) => taskId === fired);
	await sandbox.appmixer.reject(fired);
	await trigger.emitted(1);
	expect(trigger.watched()).toEqual(open);

	sandbox.requests.clear();
	await rest.deactivate(trigger.id);
	await until('the registrations are gone', () => trigger.watched().length === 0);
	expect(registrationCalls()).toEqual(['DELETE', 'DELETE', 'DELETE']);
	expect(sandbox.appmixer.webhooks).toContain(spent);

	await trigger.publish();
	expect(trigger.watched()).toEqual(open);
});

it('T2: what is decided while it is unpublished starts nothing when it is published again', async () => {
	const { sandbox, rest } = stage;
	const [decided, open] = tasks(2, 'Meanwhile');
	const trigger = await stage.watch(titled('Meanwhile'));
	await rest.deactivate(trigger.id);
	await until('the registrations are gone', () => trigger.watched().length === 0);
	await sandbox.appmixer.approve(decided);
	await trigger.publish();
	expect(trigger.watched()).toEqual([open]);
	await sandbox.appmixer.approve(open);
	expect((await trigger.emitted(1)).map(({ json }) => json.id)).toEqual([open]);
});

it('T12: names what could not be removed, and T5: publishing again removes it and leaves no second one', async () => {
	const { sandbox, rest } = stage;
	const ids = tasks(3, 'Left over');
	const trigger = await stage.watch(titled('Left over'));
	const hooks = sandbox.appmixer.webhooks.filter(({ url }) => url.startsWith(trigger.url));
	const broken = hooks[1];
	const path = new RegExp(`/webhooks/${broken.webhookId}$`);
	const broken503 = sandbox.fault({ method: 'DELETE', path, status: 503 });
	await rest.deactivate(trigger.id);
	await until('the others are gone', () => trigger.watched().length === 1);
	const named = `Appmixer webhooks left on the server: ${broken.webhookId}\n`;
	await until('n8n logs what is left', () => n8nLog().includes(named));

	broken503.remove();
	sandbox.requests.clear();
	await trigger.publish();
	expect(registrationCalls()).toEqual(['POST', 'POST', 'POST', 'DELETE']);
	expect(trigger.watched()).toEqual(ids);
	expect(sandbox.appmixer.webhooks).not.toContain(broken);
	for (const id of ids) await sandbox.appmixer.approve(id);
	const found = await trigger.emitted(3);
	expect(found.map(({ json }) => json.id).sort()).toEqual(ids);
});

it('T10: tasks that are due when it is published are watched too', async () => {
	const { sandbox } = stage;
	const title = 'Already due';
	const decisionBy = new Date(sandbox.clock.now() + MINUTE);
	const { taskId } = sandbox.appmixer.createTask({ title, decisionBy });
	await sandbox.clock.advance(2 * MINUTE);
	const trigger = await stage.watch(titled(title));
	await sandbox.appmixer.approve(taskId);
	const [{ json }, ...more] = await trigger.emitted(1);
	expect(more).toEqual([]);
	expect(json.event).toMatchObject({ type: 'approved', previousStatus: 'due' });
});

it('T3: when the third of five registrations fails, publishing fails with the reason and leaves nothing', async () => {
	const { ids, trigger, reason } = thirdFails;
	const { sandbox, rest } = faulty;
	expect((await reason)?.message).toMatch(
		/"failed": Appmixer could not process the request \(HTTP 500\): could not register a webhook for task [0-9a-f-]{36}$/,
	);
	expect((await rest.publicationStatus(trigger.id)).status).toBe('failed');
	expect(sandbox.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(2);
	expect(sandbox.appmixer.webhooks).toEqual([]);

	fault.remove();
	await trigger.publish();
	expect(trigger.watched()).toEqual(ids);
	await sandbox.appmixer.approve(ids[2]);
	const found = await trigger.emitted(1);
	expect(found.map(({ json }) => json.id)).toEqual([ids[2]]);
});

it('T4: refuses to publish above the cap and registers nothing; at the cap it publishes', async () => {
	const { ids, trigger, reason } = tooMany;
	expect((await reason)?.message).toContain('There are too many open tasks to watch (3 or more)');
	const registered = stage.sandbox.appmixer.webhooks.map(({ taskId }) => taskId);
	expect(registered.filter((id) => ids.includes(id))).toEqual([]);
	await trigger.publish({ parameters: { ...titled('Too many'), options: { cap: 3 } } });
	expect(trigger.watched()).toEqual(ids);
});
