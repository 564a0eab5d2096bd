import { everyTenSeconds } from './pollTimes';
import { sharedN8n } from './sharedN8n';
import { openTriggerStage, until, type TriggerStage } from './triggerStage';

jest.setTimeout(300_000);

const MINUTE = 60_000;
let stage: TriggerStage;

beforeAll(async () => {
	stage = await openTriggerStage(await sharedN8n());
});
afterAll(async () => await stage?.close());

const titled = (title: string) => ({ filters: { titleContains: title } });
const tasks = (count: number, title: string) =>
	Array.from({ length: count }, () => stage.sandbox.appmixer.createTask({ title }).taskId).sort();

it('T6: keeps all of 50 decisions that arrive at once', async () => {
	const { appmixer } = stage.sandbox;
	const ids = tasks(50, 'Fifty');
	const [last] = tasks(1, 'Fifty');
	const trigger = await stage.watch(titled('Fifty'));
	await Promise.all(ids.map(async (id) => await appmixer.approve(id)));
	const answers = appmixer.deliveries.filter(({ taskId }) => ids.includes(taskId));
	expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
	const found = await trigger.emitted(50, 120_000);
	expect(found.map(({ json }) => json.id).sort()).toEqual(ids);

	// what was remembered meanwhile is not overwritten: none of the 50 fires again, none is still registered
	for (const { webhookId } of appmixer.deliveries.slice(0, 50)) {
		const hook = appmixer.webhooks.find((one) => one.webhookId === webhookId);
		if (hook) hook.status = 'fail';
	}
	await stage.sandbox.clock.advance(10 * MINUTE);
	expect(trigger.watched()).toEqual([last]);
	await appmixer.approve(last);
	const all = await trigger.emitted(51);
	expect(all.map(({ json }) => json.id).slice(50)).toEqual([last]);
	await trigger.publish({ parameters: { ...titled('Fifty'), simple: false } });
	expect(trigger.watched()).toEqual([]);
});

it('T6: of the same decision delivered by two registrations at once, one starts the workflow', async () => {
	const { appmixer } = stage.sandbox;
	const [twice, after] = tasks(2, 'Twice');
	const trigger = await stage.watch(titled('Twice'));
	const hook = appmixer.webhooks.find(({ taskId }) => taskId === twice);
	if (!hook) throw new Error('The task is not watched');
	appmixer.webhooks.push({ ...hook, webhookId: 'a-second-one' });
	await appmixer.approve(twice);
	const answers = appmixer.deliveries.filter(({ taskId }) => taskId === twice);
	expect(answers.map(({ status }) => status)).toEqual([200, 200]);
	await appmixer.reject(after);
	const found = await trigger.emitted(2);
	expect(found.map(({ json }) => json.id)).toEqual([twice, after]);
});

it('T6: a decision that the server sends again ten minutes later starts the workflow once', async () => {
	const { appmixer } = stage.sandbox;
	const [again, after] = tasks(2, 'Again');
	const trigger = await stage.watch(titled('Again'));
	await appmixer.approve(again);
	await trigger.emitted(1);
	const hook = appmixer.webhooks.find(({ taskId }) => taskId === again);
	// our answer got lost on the way
	if (hook) hook.status = 'fail';
	await stage.sandbox.clock.advance(10 * MINUTE);
	const answers = appmixer.deliveries.filter(({ taskId }) => taskId === again);
	expect(answers.map(({ status }) => status)).toEqual([200, 200]);
	await appmixer.reject(after);
	const found = await trigger.emitted(2);
	expect(found.map(({ json }) => json.id)).toEqual([again, after]);
});

it('T5: a task told twice to be due is registered again once and decided once, and unpublishing leaves nothing', async () => {
	const { appmixer } = stage.sandbox;
	const decisionBy = new Date(stage.sandbox.clock.now() + MINUTE);
	const due = [1, 2].map(() => appmixer.createTask({ title: 'Due twice', decisionBy }).taskId);
	const trigger = await stage.watch({ ...titled('Due twice'), events: ['due', 'approved'] });
	const hooks = appmixer.webhooks.filter(({ taskId }) => due.includes(taskId));
	await stage.sandbox.clock.advance(2 * MINUTE);
	// our answers got lost on the way
	for (const hook of hooks) hook.status = 'fail';
	await stage.sandbox.clock.advance(10 * MINUTE);
	expect(trigger.watched()).toEqual([...due].sort());

	await appmixer.approve(due[0]);
	const found = await trigger.emitted(3);
	const seen = found.map(({ json }) => [json.event.type, json.id]);
	expect(seen.slice(0, 2).sort()).toEqual(due.map((id) => ['due', id]).sort());
	expect(seen.slice(2)).toEqual([['approved', due[0]]]);
	await stage.rest.deactivate(trigger.id);
	await until('nothing is registered any more', () => trigger.watched().length === 0);
});

it('T9: the event of a decision has the same id from the webhook and from the poll', async () => {
	const { appmixer } = stage.sandbox;
	const decisionBy = new Date(stage.sandbox.clock.now() + MINUTE);
	const [approved] = tasks(1, 'Both');
	const { taskId: due } = appmixer.createTask({ title: 'Both', decisionBy });
	const events = ['approved', 'rejected', 'due'];
	const pollTimes = everyTenSeconds;
	const webhook = await stage.watch({ ...titled('Both'), events });
	const polling = await stage.store('appmixerPollingTrigger', {
		...titled('Both'),
		events,
		pollTimes,
	});
	await polling.publish();
	await appmixer.approve(approved);
	await stage.sandbox.clock.advance(2 * MINUTE);

	const ids = async (found: ReturnType<typeof webhook.emitted>) =>
		(await found).map(({ json }) => json.event.id).sort();
	await until('both events were polled', async () => (await polling.emitted(1)).length === 2);
	expect(await ids(polling.emitted(1))).toEqual(await ids(webhook.emitted(2)));
	expect(await ids(webhook.emitted(2))).toContain(
		`appmixer:${due}:due:${decisionBy.toISOString()}`,
	);
});
