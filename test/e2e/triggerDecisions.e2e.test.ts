import { openTriggerStage, type TriggerStage } from './triggerStage';
import { sharedN8n } from './sharedN8n';

jest.setTimeout(180_000);

const MINUTE = 60_000;
let stage: TriggerStage;

beforeAll(async () => {
	stage = await openTriggerStage(await sharedN8n());
});
afterAll(async () => await stage?.close());

/** Ends the term of an open task, as time would. */
async function pass(taskId: string): Promise<void> {
	const task = stage.sandbox.appmixer.tasks.find((one) => one.taskId === taskId);
	expect(task?.status).toBe('pending');
	await stage.sandbox.clock.advance(2 * MINUTE);
	expect(task?.status).toBe('due');
}

const soon = () => new Date(stage.sandbox.clock.now() + MINUTE);

describe.each([
	{ outputs: 'single', at: { approved: 0, rejected: 0, due: 0 } },
	{ outputs: 'perDecision', at: { approved: 0, rejected: 1, due: 2 } },
])('T14: with outputs "$outputs"', ({ outputs, at }) => {
	const titled = (title: string) => ({
		outputs,
		filters: { titleContains: `${title} (${outputs})` },
	});

	it('starts on an approval and on a rejection, with the record and the event', async () => {
		const { sandbox } = stage;
		const title = `Laptops (${outputs})`;
		const [yes, no] = [1, 2].map(() => sandbox.appmixer.createTask({ title }));
		const trigger = await stage.watch(titled('Laptops'));
		await sandbox.appmixer.approve(yes.taskId);
		await trigger.emitted(1);
		await sandbox.appmixer.reject(no.taskId);
		const [approved, rejected, ...more] = await trigger.emitted(2);
		expect(more).toEqual([]);

		const decidedAt = yes.decisionMade?.toISOString();
		expect(approved).toEqual({
			output: at.approved,
			mode: 'webhook',
			json: {
				id: yes.taskId,
				title,
				description: null,
				status: 'approved',
				state: 'done',
				decision: 'approved',
				requester: { id: null, name: null, email: 'ada@example.com' },
				assignee: { id: null, name: null, email: 'bob@example.com' },
				dueAt: yes.decisionBy?.toISOString(),
				createdAt: yes.created.toISOString(),
				updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
				decidedAt,
				url: null,
				source: 'appmixer',
				event: {
					id: `appmixer:${yes.taskId}:approved:${decidedAt}`,
					type: 'approved',
					previousStatus: 'pending',
					source: 'webhook',
					receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
				},
			},
		});
		expect(rejected).toMatchObject({
			output: at.rejected,
			json: { id: no.taskId, decision: 'rejected', event: { type: 'rejected' } },
		});
		expect(trigger.watched()).toEqual([]);
	});

	it('T1: with Due ticked, starts when the task is due and again when it is approved after that', async () => {
		const { sandbox } = stage;
		const title = `Ticked (${outputs})`;
		const { taskId, decisionBy } = sandbox.appmixer.createTask({ title, decisionBy: soon() });
		const trigger = await stage.watch({
			...titled('Ticked'),
			events: ['approved', 'rejected', 'due'],
		});
		await pass(taskId);
		await trigger.emitted(1);
		expect(trigger.watched()).toEqual([taskId]);
		await sandbox.appmixer.approve(taskId);
		const [due, approved, ...more] = await trigger.emitted(2);
		expect(more).toEqual([]);

		expect(due).toMatchObject({
			output: at.due,
			json: {
				...{ id: taskId, status: 'due', state: 'open', decision: null, decidedAt: null },
				event: {
					id: `appmixer:${taskId}:due:${decisionBy?.toISOString()}`,
					type: 'due',
					previousStatus: 'pending',
				},
			},
		});
		expect(approved).toMatchObject({
			output: at.approved,
			json: {
				...{ id: taskId, status: 'approved', state: 'done', decision: 'approved' },
				event: { type: 'approved', previousStatus: 'due' },
			},
		});
	});

	it.each(['approve', 'reject'] as const)(
		'T1: with Due unticked, a task that became due still starts the workflow: %s',
		async (verb) => {
			const { sandbox } = stage;
			const title = `Unticked ${verb}`;
			const task = { title: `${title} (${outputs})`, decisionBy: soon() };
			const { taskId } = sandbox.appmixer.createTask(task);
			const trigger = await stage.watch(titled(title));
			await pass(taskId);
			expect(trigger.watched()).toEqual([taskId]);
			await sandbox.appmixer[verb](taskId);
			const found = await trigger.emitted(1);

			const status = verb === 'approve' ? 'approved' : 'rejected';
			expect(found).toEqual([
				expect.objectContaining({
					output: at[status],
					json: expect.objectContaining({ id: taskId, status }),
				}),
			]);
		},
	);
});

it('T1: keeps the server trying when it cannot register again at due, and loses nothing', async () => {
	const { sandbox } = stage;
	const title = 'No second registration';
	const { taskId } = sandbox.appmixer.createTask({ title, decisionBy: soon() });
	const trigger = await stage.watch({ filters: { titleContains: title }, events: ['due'] });
	const path = /\/webhooks$/;
	const fault = sandbox.fault({ method: 'POST', path, status: 500, times: 1 });
	await pass(taskId);
	expect(fault.hits).toBe(1);
	expect(sandbox.appmixer.deliveries.at(-1)).toMatchObject({ taskId, status: 503 });
	expect(trigger.watched()).toEqual([]);

	await sandbox.clock.advance(10 * MINUTE);
	expect(trigger.watched()).toEqual([taskId]);
	const found = await trigger.emitted(1);
	expect(found.map(({ json }) => json.event.type)).toEqual(['due']);
});

it('T9: a task that is due, extended and due again starts the workflow both times', async () => {
	const { sandbox } = stage;
	const title = 'Extended';
	const task = sandbox.appmixer.createTask({ title, decisionBy: soon() });
	const trigger = await stage.watch({ filters: { titleContains: title }, events: ['due'] });
	const first = task.decisionBy?.toISOString();
	await pass(task.taskId);
	await trigger.emitted(1);
	task.status = 'pending';
	task.decisionBy = soon();
	const second = task.decisionBy.toISOString();
	await pass(task.taskId);

	const found = await trigger.emitted(2);
	expect(found.map(({ json }) => json.event.id)).toEqual([
		`appmixer:${task.taskId}:due:${first}`,
		`appmixer:${task.taskId}:due:${second}`,
	]);
});
