import { startN8n, type N8nInstance } from '../../scripts/n8n/start';
import { everyTenSeconds } from './pollTimes';
import { sharedN8n } from './sharedN8n';
import { openTriggerStage, until, type TriggerStage, type TriggerWorkflow } from './triggerStage';

jest.setTimeout(300_000);

const MINUTE = 60_000;
/** Not the shared one: it is killed. */
let n8n: N8nInstance;
let stage: TriggerStage;
let webhook: TriggerWorkflow;
let polling: TriggerWorkflow;
let hooked: string[];
const polled: Record<string, string> = {};

/** Calls that change something at the server. */
const writes = () =>
	stage.sandbox.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method);

beforeAll(async () => {
	const { tarball } = await sharedN8n();
	n8n = await startN8n({ tarball, log: () => {} });
	stage = await openTriggerStage(n8n);
	const { appmixer, clock } = stage.sandbox;
	const task = (title: string, minutes = 24 * 60) => {
		const decisionBy = new Date(clock.now() + minutes * MINUTE);
		return appmixer.createTask({ title, decisionBy }).taskId;
	};
	hooked = [1, 2, 3].map(() => task('Hooked'));
	for (const name of ['approved', 'rejected', 'dueSoon', 'untouched'])
		polled[name] = task('Polled');
	polled.due = task('Polled', 1);
	webhook = await stage.watch({ filters: { titleContains: 'Hooked' } });
	polling = await stage.store('appmixerPollingTrigger', {
		events: ['approved', 'due', 'dueSoon', 'new', 'rejected'],
		dueSoonHours: 1,
		filters: { titleContains: 'Polled' },
		pollTimes: everyTenSeconds,
	});
	await polling.publish();

	// both are at work before the crash
	await appmixer.approve(hooked[0]);
	await webhook.emitted(1);
	await n8n.kill();

	stage.sandbox.requests.clear();
	await appmixer.reject(hooked[1]);
	await appmixer.approve(polled.approved);
	await appmixer.reject(polled.rejected);
	polled.new = task('Polled');
	const soon = appmixer.tasks.find(({ taskId }) => taskId === polled.dueSoon);
	if (soon) soon.decisionBy = new Date(clock.now() + 30 * MINUTE);
	await clock.advance(2 * MINUTE);
	await n8n.restart();
}, 300_000);

afterAll(async () => {
	await stage?.close();
	await n8n?.stop();
});

it('E2: after a crash the polling trigger gives the five changes made meanwhile, once each', async () => {
	const found = await polling.emitted(1);
	const seen = found.map(({ json: { id, event } }) => [event.type, id, event.previousStatus]);
	expect(seen.sort()).toEqual([
		['approved', polled.approved, 'pending'],
		['due', polled.due, 'pending'],
		['dueSoon', polled.dueSoon, 'pending'],
		['new', polled.new, null],
		['rejected', polled.rejected, 'pending'],
	]);
});

it('T2: after a crash the webhook trigger still takes what it registered before, and registers nothing again', async () => {
	const { appmixer, clock } = stage.sandbox;
	expect(writes()).toEqual([]);
	expect(appmixer.deliveries.find(({ taskId }) => taskId === hooked[1])?.status).toBeUndefined();
	expect(webhook.watched()).toEqual([hooked[2]]);

	// T7: the key that signed them has survived
	await clock.advance(10 * MINUTE);
	await appmixer.approve(hooked[2]);
	const found = await webhook.emitted(3);
	expect(found.map(({ json }) => [json.id, json.event.type])).toEqual([
		[hooked[0], 'approved'],
		[hooked[1], 'rejected'],
		[hooked[2], 'approved'],
	]);
	expect(writes()).toEqual([]);
});

it('E2, T6: after a second crash nothing comes twice, neither polled nor delivered again', async () => {
	const { appmixer, clock } = stage.sandbox;
	await n8n.kill();
	await n8n.restart();
	for (const hook of appmixer.webhooks) hook.status = 'fail';
	await clock.advance(10 * MINUTE);
	const again = appmixer.deliveries.slice(-3);
	expect(again.map(({ taskId, status }) => [taskId, status]).sort()).toEqual(
		hooked.map((taskId) => [taskId, 200]).sort(),
	);
	await appmixer.approve(polled.untouched);
	await until('the next approval was polled', async () => (await polling.emitted(1)).length > 5);
	const found = await polling.emitted(2);
	expect(found.slice(5).map(({ json: { id, event } }) => [event.type, id])).toEqual([
		['approved', polled.untouched],
	]);
	expect(await webhook.emitted(3)).toHaveLength(3);
});

it('T5: after a crash unpublishing removes what was registered before, at publishing and again at due', async () => {
	const { appmixer, clock } = stage.sandbox;
	const filters = { titleContains: 'Hooked' };
	const decisionBy = new Date(clock.now() + MINUTE);
	const due = appmixer.createTask({ title: 'Hooked', decisionBy }).taskId;
	const open = appmixer.createTask({ title: 'Hooked' }).taskId;
	await webhook.publish({ parameters: { filters, events: ['due'] } });
	await clock.advance(2 * MINUTE);
	expect((await webhook.emitted(4))[3]).toMatchObject({ json: { id: due, status: 'due' } });
	expect(webhook.watched()).toEqual([due, open].sort());
	await n8n.kill();
	await n8n.restart();
	await stage.rest.deactivate(webhook.id);
	await until('nothing is registered any more', () => webhook.watched().length === 0);
});
