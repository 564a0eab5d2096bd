import { sharedN8n } from './sharedN8n';
import { openTriggerStage, until, type TriggerStage, type TriggerWorkflow } from './triggerStage';

jest.setTimeout(180_000);

const MINUTE = 60_000;
let stage: TriggerStage;

beforeAll(async () => {
	stage = await openTriggerStage(await sharedN8n());
});
afterAll(async () => await stage?.close());

const titled = (title: string) => ({ filters: { titleContains: title } });
const tasks = (count: number, title: string) =>
	Array.from({ length: count }, () => stage.sandbox.appmixer.createTask({ title }).taskId);

/** Presses "Listen for test event"; gives the tasks the listener has registered, now and later. */
async function listen({ id, url }: TriggerWorkflow): Promise<() => string[]> {
	const answer = await stage.rest.run(id, { triggerToStartFrom: { name: 'Trigger' } });
	expect(answer).toMatchObject({ waitingForWebhook: true });
	const testUrl = url.replace('/webhook/', '/webhook-test/');
	return () =>
		stage.sandbox.appmixer.webhooks
			.filter((hook) => hook.status === 'pending' && hook.url.startsWith(testUrl))
			.map(({ taskId }) => taskId)
			.sort();
}

it('T11: a decision reaches a test listener and production alike; then the listener takes back what is its own', async () => {
	const { appmixer } = stage.sandbox;
	const ids = tasks(3, 'Side by side').sort();
	const trigger = await stage.watch(titled('Side by side'));
	const listened = await listen(trigger);
	expect(listened()).toEqual(ids);
	expect(trigger.watched()).toEqual(ids);

	await appmixer.approve(ids[0]);
	expect(appmixer.tasks.find(({ taskId }) => taskId === ids[0])?.status).toBe('approved');
	const found = await trigger.emitted(2);
	const seen = found.map(({ mode, json }) => [mode, json.id, json.event.type]);
	expect(seen.sort()).toEqual([
		['manual', ids[0], 'approved'],
		['webhook', ids[0], 'approved'],
	]);
	await until('the listener has ended', () => listened().length === 0);
	expect(trigger.watched()).toEqual(ids.slice(1));

	await appmixer.reject(ids[1]);
	const all = await trigger.emitted(3);
	expect(all.map(({ mode }) => mode).sort()).toEqual(['manual', 'webhook', 'webhook']);
});

it('T11: a test listener that is stopped removes its own registrations and none of production', async () => {
	const { appmixer } = stage.sandbox;
	const ids = tasks(2, 'Stopped').sort();
	const trigger = await stage.watch(titled('Stopped'));
	const listened = await listen(trigger);
	await stage.rest.stopListening(trigger.id);
	await until('the listener has ended', () => listened().length === 0);
	expect(trigger.watched()).toEqual(ids);
	await appmixer.approve(ids[0]);
	const found = await trigger.emitted(1);
	expect(found).toMatchObject([{ mode: 'webhook', json: { id: ids[0] } }]);
});

it('T11: a test listener that cannot register leaves production alone', async () => {
	const { appmixer } = stage.sandbox;
	const ids = tasks(2, 'Cannot listen').sort();
	const trigger = await stage.watch(titled('Cannot listen'));
	const path = /\/webhooks$/;
	const fault = stage.sandbox.fault({ method: 'POST', path, status: 500, times: 1 });
	await expect(listen(trigger)).rejects.toThrow('could not register a webhook');
	expect(fault.hits).toBe(1);
	expect(trigger.watched()).toEqual(ids);
	const all = appmixer.webhooks.filter(
		({ status, taskId }) => status === 'pending' && ids.includes(taskId),
	);
	expect(all).toHaveLength(2);
	await appmixer.approve(ids[0]);
	expect(await trigger.emitted(1)).toMatchObject([{ mode: 'webhook', json: { id: ids[0] } }]);
});

it('T11: without production, a test listens to the 10 newest tasks and W11: never removes what has just fired', async () => {
	const { appmixer } = stage.sandbox;
	const decisionBy = new Date(stage.sandbox.clock.now() + 2 * MINUTE);
	const old = tasks(2, 'Newest');
	await stage.sandbox.clock.advance(1000);
	const newest = tasks(9, 'Newest');
	const { taskId: due } = appmixer.createTask({ title: 'Newest', decisionBy });
	const parameters = { ...titled('Newest'), events: ['due'] };
	const trigger = await stage.store('appmixerTrigger', parameters);
	const listened = await listen(trigger);
	expect(listened()).toEqual([...newest, due].sort());
	expect(old.some((id) => listened().includes(id))).toBe(false);

	await appmixer.approve(newest[0]);
	expect(listened()).toHaveLength(9);
	await stage.sandbox.clock.advance(4 * MINUTE);
	const found = await trigger.emitted(1);
	expect(found).toMatchObject([{ mode: 'manual', json: { id: due, status: 'due' } }]);
	expect(appmixer.tasks.find(({ taskId }) => taskId === due)?.status).toBe('due');
	await until('the listener has ended', () => listened().length === 0);
});
