import { sharedN8n } from './sharedN8n';
import { openTriggerStage, type TriggerStage } from './triggerStage';

jest.setTimeout(180_000);

let stage: TriggerStage;

beforeAll(async () => {
	stage = await openTriggerStage(await sharedN8n());
});
afterAll(async () => await stage?.close());

const titled = (title: string) => ({ filters: { titleContains: title } });
const task = (title: string) => stage.sandbox.appmixer.createTask({ title }).taskId;

it('watches selected tasks only, and says which one it cannot find', async () => {
	const { appmixer } = stage.sandbox;
	const [first, second, third] = ['1st', '2nd', '3rd'].map(task);
	const chosen = (taskIds: string) => ({ watch: 'selected', taskIds });
	const trigger = await stage.store('appmixerTrigger', chosen(`${first}, no-such-task`));
	await expect(trigger.publish()).rejects.toThrow('Task no-such-task was not found');
	expect(trigger.watched()).toEqual([]);

	await trigger.publish({ parameters: chosen(`${first},\n ${second}`) });
	expect(trigger.watched()).toEqual([first, second].sort());
	await appmixer.approve(third);
	await appmixer.approve(second);
	const found = await trigger.emitted(1);
	expect(found.map(({ json }) => json.id)).toEqual([second]);
});

it('filters by title, taken literally, and by role', async () => {
	const { appmixer } = stage.sandbox;
	const people = { requester: 'bob@example.com', approver: 'ada@example.com' };
	const asked = task('Costs (4.5 kEUR) [?]');
	const { taskId: approves } = appmixer.createTask({ ...people, title: 'costs (4.5 KEUR) [?] !' });
	task('Costs (4x5 kEUR) [?]');
	const titleContains = '(4.5 keur) [?]';
	const any = await stage.watch({ filters: { titleContains } });
	const approver = await stage.watch({ filters: { titleContains, role: 'approver' } });
	const requester = await stage.watch({ filters: { titleContains, role: 'requester' } });
	expect(any.watched()).toEqual([asked, approves].sort());
	expect(approver.watched()).toEqual([approves]);
	expect(requester.watched()).toEqual([asked]);
});

it('with Simplify off gives what Appmixer sent, without secrets', async () => {
	const { appmixer } = stage.sandbox;
	const created = appmixer.createTask({ title: 'Raw', description: '**bold**' });
	const trigger = await stage.watch({ ...titled('Raw'), simple: false });
	await appmixer.approve(created.taskId);
	const [{ json }] = await trigger.emitted(1);
	const { event, ...raw } = json;
	expect(raw).toEqual({
		taskId: created.taskId,
		title: 'Raw',
		description: '**bold**',
		status: 'approved',
		requester: 'ada@example.com',
		approver: 'bob@example.com',
		decisionBy: created.decisionBy?.toISOString(),
		decisionMade: created.decisionMade?.toISOString(),
		created: created.created.toISOString(),
		mtime: expect.stringMatching(/^\d{4}-.*Z$/),
	});
	expect(event).toMatchObject({ type: 'approved', source: 'webhook' });
});
