/** The example of that name in an n8n that is killed: what it reports, and what it reports no longer after a retry. */
import type { IDataObject } from 'n8n-workflow';

import { ADA } from '../../sandbox';
import { readExamples } from '../../scripts/demo/examples';
import { publish } from '../../scripts/demo/prepare';
import { hasEnded, type Execution } from '../../scripts/n8n/executions';
import { startN8n, type N8nInstance } from '../../scripts/n8n/start';
import { openDesk, type Desk, type Published } from './gateDesk';
import { startNextStep, type NextStep } from './nextStep';
import { sharedN8n } from './sharedN8n';
import { manualStart, ours, workflowOf } from './workflowOf';

jest.setTimeout(300_000);

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Not the shared one: it is killed. */
let n8n: N8nInstance;
let desk: Desk;
let step: NextStep;
let reportId: string;
let watcherId: string;
const workflows: Record<string, Published> = {};

/** Changes when a task was decided: the report leaves out what is recent, and the test does not wait. */
function decidedAgo(title: string, ms: number): void {
	desk.taskOf(title).decisionMade = new Date(Date.now() - ms);
}

/** Approves a task as if that had been an hour ago. */
async function approve(title: string): Promise<void> {
	await desk.sandbox.appmixer.approve(desk.taskOf(title).taskId);
	decidedAgo(title, 60 * MINUTE);
}

/** Publishes a workflow that asks and then takes the next step, and lets it wait. */
async function ask(title: string, parameters = {}): Promise<void> {
	const nodes = [desk.ask(title, parameters), step.node(title)];
	const workflow = await desk.publish(nodes, [
		['Form', 'Ask'],
		['Ask', 'Step'],
	]);
	workflows[title] = workflow;
	await workflow.begin();
	await workflow.parked();
}

/** Publishes a workflow that starts on the decision of this task. */
async function watch(title: string): Promise<void> {
	const { id } = desk.ask('').credentials?.appmixerApi ?? {};
	const parameters = { filters: { titleContains: title } };
	const webhookId = `watch-${title.replace(/ /g, '-')}`;
	const trigger = ours('appmixerTrigger', 'Trigger', { id: String(id) }, parameters, { webhookId });
	const workflow = workflowOf(title, [trigger, step.node(title)], [['Trigger', 'Step']]);
	const stored = await desk.rest.createWorkflow(workflow);
	await desk.rest.activate(stored.id);
	watcherId = stored.id;
}

/** Runs a workflow by hand from one of its triggers. */
async function runByHand(workflowId: string, trigger: string): Promise<Execution> {
	const triggerToStartFrom = { name: trigger };
	const { executionId } = await desk.rest.run(workflowId, { triggerToStartFrom });
	const run = await desk.rest.waitForExecution(
		workflowId,
		(one) => one.id === executionId && hasEnded(one),
	);
	expect(run.error).toBeUndefined();
	return run;
}

/** Runs the report by hand. */
const runReport = async () => await runByHand(reportId, 'When Executed by Hand');

/** What a node of the report gave by its first output. */
const gave = (run: Execution, node: string) =>
	(run.runData[node]?.at(-1)?.main[0] ?? []).map(({ json }) => json);

/** The rows of the report by the title of the task. */
const rowsOf = (run: Execution): Record<string, IDataObject> =>
	Object.fromEntries(gave(run, 'Not Carried Out').map((json) => [String(json.title), json]));

const report = async () => rowsOf(await runReport());

const becameOf = (rows: Record<string, IDataObject>) =>
	Object.fromEntries(Object.entries(rows).map(([title, row]) => [title, row.becameOfIt]));

beforeAll(async () => {
	const { tarball } = await sharedN8n();
	n8n = await startN8n({ tarball, log: () => {} });
	desk = await openDesk(n8n);
	step = await startNextStep();
	const { accessToken } = ADA;
	await desk.rest.createCredential({
		name: 'Appmixer People Task demo',
		type: 'appmixerApi',
		data: {
			baseUrl: desk.sandbox.url,
			authentication: 'accessToken',
			accessToken,
			apiPath: 'auto',
		},
	});
	await desk.rest.createOwnCredential('n8n demo');
	reportId = (await publish(desk.rest, readExamples().notCarriedOut)).id;
});

afterAll(async () => {
	await step?.close();
	await desk?.sandbox.close();
	await n8n?.stop();
});

it('asks n8n nothing when nothing was decided', async () => {
	desk.sandbox.appmixer.createTask({ title: 'not decided' });
	expect(Object.keys((await runReport()).runData)).toEqual([
		'When Executed by Hand',
		'Appmixer People Task',
		'Decided Lately',
	]);
});

it('reports in an n8n that has no gate and no run, but not what is recent or old', async () => {
	for (const title of ['alone', 'alone, just now', 'alone, long ago']) {
		desk.sandbox.appmixer.createTask({ title });
		await approve(title);
	}
	decidedAgo('alone, just now', 10 * MINUTE);
	decidedAgo('alone, long ago', 8 * DAY);
	const run = await runReport();
	expect(becameOf(rowsOf(run))).toEqual({ alone: 'no run' });
	expect(gave(run, 'Their Runs')).toEqual([{}]);
});

describe('beside gates and triggers', () => {
	beforeAll(async () => {
		const { appmixer, clock } = desk.sandbox;
		const decisionBy = new Date(clock.now() + 60 * MINUTE).toISOString();
		await ask('too late', { whenDue: 'noDecision', decisionBy });
		await clock.advance(62 * MINUTE);
		await workflows['too late'].ended();
		await approve('too late');

		appmixer.createTask({ title: 'watched' });
		await watch('watched');
		for (const title of ['carried out', 'stopped', 'failing', 'killed', 'not told'])
			await ask(title);

		await approve('carried out');
		await workflows['carried out'].ended();
		await desk.rest.stopExecution((await workflows.stopped.parked()).id);
		await approve('stopped');
		step.fails('failing');
		await approve('failing');
		await workflows.failing.ended();
		step.hangs('killed');
		await approve('killed');
		step.hangs('watched');
		await approve('watched');
		await step.reached('killed');
		await step.reached('watched');
	});

	it('reports nothing of what was carried out, and says of the others what became of them', async () => {
		const run = await runReport();
		const rows = rowsOf(run);
		expect(becameOf(rows)).toEqual({
			alone: 'no run',
			'too late': 'went on without it',
			stopped: 'canceled',
			failing: 'error',
			killed: 'still running',
			watched: 'still running',
		});
		const { id } = await workflows.failing.ended();
		const task = desk.taskOf('failing');
		expect(rows.failing).toEqual({
			...{ id: task.taskId, title: 'failing', decision: 'approved', assignee: 'bob@example.com' },
			decidedAt: task.decisionMade?.toISOString(),
			becameOfIt: 'error',
			workflow: expect.stringMatching(/^wait /) as unknown,
			executionId: id,
			executionUrl: `${n8n.url}/workflow/${workflows.failing.id}/executions/${id}`,
			toDo: expect.stringContaining('press Retry') as unknown,
		});
		expect(rows.alone).toMatchObject({ workflow: '', executionId: '', executionUrl: '' });
	});

	it('asks once for what runs and once for each workflow with a gate or a trigger, not for its own', async () => {
		const run = await runReport();
		const asked = gave(run, 'With a Gate or Trigger').map(({ id }) => id);
		const gates = Object.values(workflows).map(({ id }) => id);
		expect([...asked].sort()).toEqual([...gates, watcherId].sort());
		const runsOf = (node: string) => gave(run, node).map(({ workflowId }) => workflowId);
		// each has run once, and n8n lists those that run only when it is asked for them
		const running = [workflows.killed.id, watcherId];
		const others = gates.filter((id) => !running.includes(id));
		expect(runsOf('Runs Going On').sort()).toEqual([...running, reportId].sort());
		expect(runsOf('Their Runs').sort()).toEqual(others.sort());
	});

	it('takes no run for one about a decision because it lists the tasks', async () => {
		const before = await report();
		const list = { ...desk.ask('', { operation: 'getAll', returnAll: true }), name: 'List' };
		// with a gate, or the report would not look at its runs
		const nodes = [list, desk.ask('never asked')];
		const workflow = await desk.publish(nodes, [['Form', 'List']]);
		await workflow.begin();
		const run = await workflow.ended();
		expect(run.status).toBe('success');
		expect(JSON.stringify(run.raw)).toContain(desk.taskOf('alone').taskId);
		expect(await report()).toEqual(before);
	});

	it('names the runs that n8n lost when it was killed, and the one that was not told meanwhile', async () => {
		await n8n.kill();
		await approve('not told');
		await n8n.restart();
		await desk.rest.waitForExecution(workflows.killed.id);
		expect(becameOf(await report())).toMatchObject({
			killed: 'crashed',
			watched: 'crashed',
			'not told': 'still waiting',
		});
	});

	it('names the last of several tries, and nothing once one has succeeded', async () => {
		const retry = async (executionId: unknown) =>
			await desk.rest.post(`/rest/executions/${String(executionId)}/retry`, {
				loadWorkflow: false,
			});
		const before = await report();
		await retry(before.failing.executionId);
		const failedAgain = await report();
		expect(failedAgain.failing.becameOfIt).toBe('error');
		expect(Number(failedAgain.failing.executionId)).toBeGreaterThan(
			Number(before.failing.executionId),
		);

		step.works();
		for (const title of ['failing', 'killed', 'watched'])
			await retry(failedAgain[title].executionId);
		expect(becameOf(await report())).toEqual({
			alone: 'no run',
			'too late': 'went on without it',
			stopped: 'canceled',
			'not told': 'still waiting',
		});
	});

	it('counts a wait that looks again, while it knows nothing of the decision and when it has left', async () => {
		const waitFor = async (title: string) => {
			const taskId = { __rl: true, mode: 'id', value: desk.taskOf(title).taskId };
			const rarely = { lookAgain: 'fixed', lookMinutes: 60, options: { wakeUps: false } };
			const nodes = [desk.ask('', { operation: 'wait', taskId, ...rarely }), step.node(title)];
			const workflow = await desk.publish(nodes, [
				['Form', 'Ask'],
				['Ask', 'Ask', 0],
				['Ask', 'Step', 1],
			]);
			await workflow.begin();
			return workflow;
		};
		const titles = ['looked for', 'found at once'];
		for (const title of titles) desk.sandbox.appmixer.createTask({ title });
		const parked = await waitFor('looked for');
		await parked.parked();
		for (const title of titles) await approve(title);
		expect(becameOf(await report())).toMatchObject({ 'found at once': 'no run' });
		await (await waitFor('found at once')).ended();
		const rows = await report();
		for (const title of titles) expect(rows).not.toHaveProperty(title);
		await desk.rest.stopExecution((await parked.parked()).id);
		expect((await report())['looked for']).toMatchObject({
			becameOfIt: 'canceled',
			toDo: expect.stringContaining('a new run that waits for this ID') as unknown,
		});
		await (await waitFor('looked for')).ended();
		expect(await report()).not.toHaveProperty('looked for');
	});

	it('reports no longer what went on with Use Existing in a copy, also once that is archived', async () => {
		const taskId = { __rl: true, mode: 'id', value: desk.taskOf('stopped').taskId };
		const nodes = [manualStart(), desk.ask('', { taskSource: 'existing', taskId })];
		const { id } = await desk.rest.createWorkflow(workflowOf('copy', nodes, [['Start', 'Ask']]));
		await runByHand(id, 'Start');
		expect(await report()).not.toHaveProperty('stopped');
		await desk.rest.post(`/rest/workflows/${id}/archive`);
		expect(await report()).not.toHaveProperty('stopped');
	});

	it('reports no longer what was run by hand with the record pinned in the trigger', async () => {
		const { taskId: id } = desk.taskOf('alone');
		const record = { id, decision: 'approved', event: { type: 'approved' } };
		await desk.rest.updateWorkflow(watcherId, { pinData: { Trigger: [{ json: record }] } });
		await runByHand(watcherId, 'Trigger');
		await desk.rest.updateWorkflow(watcherId, { pinData: {} });
		expect(becameOf(await report())).toEqual({
			'too late': 'went on without it',
			'not told': 'still waiting',
		});
	});
});
