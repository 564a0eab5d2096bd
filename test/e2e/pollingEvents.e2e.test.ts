import { sleep } from 'n8n-workflow';

import { everyTenSeconds } from './pollTimes';
import { sharedN8n } from './sharedN8n';
import { openTriggerStage, until, type TriggerStage, type TriggerWorkflow } from './triggerStage';

jest.setTimeout(300_000);

const MINUTE = 60_000;
const EVENTS = ['approved', 'due', 'dueSoon', 'new', 'rejected'];
let stage: TriggerStage;

beforeAll(async () => {
	stage = await openTriggerStage(await sharedN8n());
});
afterAll(async () => await stage?.close());

const polling = async (title: string, events = EVENTS) =>
	await stage.store('appmixerPollingTrigger', {
		...{ events, dueSoonHours: 1, pollTimes: everyTenSeconds },
		filters: { titleContains: title },
	});

/** A task to be decided within that many minutes. */
const task = (title: string, minutes = 24 * 60) =>
	stage.sandbox.appmixer.createTask({
		title,
		decisionBy: new Date(stage.sandbox.clock.now() + minutes * MINUTE),
	});

/** What the trigger has given, once it is that many items: type, task and status before. */
async function given(trigger: TriggerWorkflow, items: number): Promise<unknown[][]> {
	await until(`${items} items`, async () => (await trigger.emitted(0)).length >= items);
	const found = await trigger.emitted(0);
	expect(found.every(({ output, mode }) => output === 0 && mode === 'trigger')).toBe(true);
	return found.map(({ json: { id, event } }) => [event.type, id, event.previousStatus]);
}

it('E2: is silent when first published; then gives new, approved, rejected, due soon and due, once each', async () => {
	const { appmixer, clock } = stage.sandbox;
	const title = 'Each event';
	const [yes, no, open] = [task(title), task(title), task(title)];
	const ends = task(title, 180);
	await appmixer.approve(task(title).taskId);
	const trigger = await polling(title);
	await trigger.publish();

	const fresh = task(title);
	expect(await given(trigger, 1)).toEqual([['new', fresh.taskId, null]]);
	await appmixer.approve(yes.taskId);
	expect(await given(trigger, 2)).toContainEqual(['approved', yes.taskId, 'pending']);
	await appmixer.reject(no.taskId);
	expect(await given(trigger, 3)).toContainEqual(['rejected', no.taskId, 'pending']);
	ends.decisionBy = new Date(clock.now() + 30 * MINUTE);
	expect(await given(trigger, 4)).toContainEqual(['dueSoon', ends.taskId, 'pending']);
	await clock.advance(32 * MINUTE);
	expect(ends.status).toBe('due');
	expect(await given(trigger, 5)).toContainEqual(['due', ends.taskId, 'pending']);
	await appmixer.approve(ends.taskId);
	expect(await given(trigger, 6)).toContainEqual(['approved', ends.taskId, 'due']);
	await appmixer.reject(open.taskId);
	expect((await given(trigger, 7)).slice(6)).toEqual([['rejected', open.taskId, 'pending']]);
});

it('E7: does not give again what stays in a long listing', async () => {
	const { appmixer } = stage.sandbox;
	appmixer.options.maxLimit = 100;
	const title = 'Long listing';
	const decided = Array.from({ length: 250 }, () => task(title));
	for (const one of decided) one.status = 'approved';
	const trigger = await polling(title, ['approved', 'rejected']);
	await trigger.publish();
	const [first, second] = [task(title), task(title)];
	await appmixer.approve(first.taskId);
	expect(await given(trigger, 1)).toEqual([['approved', first.taskId, null]]);
	await appmixer.reject(second.taskId);
	const seen = await given(trigger, 2);
	expect(seen.map(([type, id]) => [type, id])).toEqual([
		['approved', first.taskId],
		['rejected', second.taskId],
	]);
});

it('E2: an error of the server during a poll loses nothing and gives nothing twice', async () => {
	const { sandbox, rest } = stage;
	const title = 'Server down';
	const [yes, after] = [task(title), task(title)];
	const trigger = await polling(title);
	await trigger.publish();
	const fault = sandbox.fault({ method: 'GET', path: /\/tasks$/, status: 500 });
	await sandbox.appmixer.approve(yes.taskId);
	const failed = async () => await rest.executions({ workflowId: trigger.id, status: ['error'] });
	await until('a poll has failed', async () => (await failed()).length > 0);
	const [{ id }] = await failed();
	expect((await rest.execution(id)).error?.message).toBe(
		'Appmixer could not process the request (HTTP 500): could not list tasks',
	);
	fault.remove();

	const successes = async () =>
		await rest.executions({ workflowId: trigger.id, status: ['success'] });
	await until('the approval was polled', async () => (await successes()).length > 0);
	await sandbox.appmixer.reject(after.taskId);
	await until('the rejection was polled', async () => (await successes()).length > 1);
	const events = await Promise.all(
		(await successes()).map(async (one) => {
			const { runData } = await rest.execution(one.id);
			return runData.Trigger[0].main[0].map(({ json }) => json.id);
		}),
	);
	expect(events).toEqual([[after.taskId], [yes.taskId]]);
});

it('E2: a run by hand shows the newest tasks and remembers nothing', async () => {
	const { appmixer } = stage.sandbox;
	const title = 'By hand';
	const tasks = [1, 2, 3, 4].map(() => task(title));
	for (const { taskId } of tasks) {
		await appmixer.approve(taskId);
		// decided at the same time, they would come in any order
		await sleep(5);
	}
	const trigger = await polling(title, ['approved', 'rejected']);
	for (const runs of [1, 2]) {
		await stage.rest.run(trigger.id, { triggerToStartFrom: { name: 'Trigger' } });
		const found = (await trigger.emitted(runs)).slice(-3);
		const shown = found.map(({ mode, json }) => [mode, json.id, json.event.type]);
		expect(shown).toEqual(tasks.slice(1).map(({ taskId }) => ['manual', taskId, 'approved']));
	}
	await trigger.publish();
	const last = task(title);
	await appmixer.reject(last.taskId);
	await until('it was polled', async () => (await trigger.emitted(2)).length > 6);
	const polled = (await trigger.emitted(3)).slice(6);
	expect(polled).toMatchObject([{ mode: 'trigger', json: { id: last.taskId } }]);
});
