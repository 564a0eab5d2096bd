/** What becomes of a run whose worker dies, or that goes on at another one. */
import { goOnWithExisting, openGates, gateRuns, publishGate } from '../gates';
import { decisionsOn, retryFromList } from '../decisions';
import { mustCome } from '../patience';
import type { RowDesk } from '../rowDesk';
import { openWatching } from '../watching';
import type { Cluster } from '../../../scripts/faults/cluster';
import { queueRow, type Running } from './queueRow';

/** Kills both in the step that these decisions have led to, and starts them again. */
async function killedInTheStep(
	desk: RowDesk,
	{ workers, repair }: Cluster,
	taskIds: string[],
	decide: (taskId: string) => Promise<void>,
): Promise<void> {
	const stuck = desk.sandbox.fault({ path: /^\/effect\/approved\//, delayMs: 60_000 });
	await Promise.all(taskIds.map(decide));
	await mustCome('the steps have begun', () => stuck.hits === taskIds.length);
	await Promise.all(workers.map(async (worker) => await worker.kill()));
	stuck.remove();
	// what was begun and never answered took no effect
	desk.sandbox.requests.clear();
	await repair();
}

export function workers(running: Running): void {
	queueRow(
		running,
		'waits, both workers are killed in the step after the gate',
		{ crashed: true },
		async (desk, cluster) => {
			const gates = await openGates(desk, 4);
			await killedInTheStep(desk, cluster, gates.taskIds, async (id) => {
				await gates.decide(id, 'approved');
			});
			const account = await gates.account();
			// n8n has put an error in the place of the run's data: its list shows the run and cannot retry it
			const { recovered, said } = await retryFromList(desk, account, gates);
			await goOnWithExisting(desk, gates.taskIds);
			const { right } = await gates.account();
			const faults = right === 4 ? [] : [`Use Existing went on with ${right} of 4`];
			return { account, faults, notes: { recovered, said, withUseExisting: right } };
		},
	);

	queueRow(
		running,
		'trigger, both workers are killed in the step after it',
		{ crashed: true },
		async (desk, cluster) => {
			const watching = await openWatching(desk, 4);
			await killedInTheStep(desk, cluster, watching.taskIds, async (id) => {
				await watching.decide(id, 'approved');
			});
			const account = await watching.account();
			const { recovered, said } = await retryFromList(desk, account, watching);
			return { account, notes: { recovered, said } };
		},
	);

	queueRow(
		running,
		'waits, the worker is killed between asking and waiting',
		{ crashed: true },
		async (desk, cluster) => {
			const [worker, other] = cluster.workers;
			await other.kill();
			const workflow = await publishGate(desk);
			const rule = { method: 'POST', path: /\/webhooks$/, delayMs: 3_000, times: 1 };
			const registering = desk.sandbox.fault(rule);
			await workflow.begin('0');
			await mustCome('it has asked', () => registering.hits === 1);
			await worker.kill();
			const { appmixer } = desk.sandbox;
			await mustCome('what it asked for is registered', () => appmixer.webhooks.length === 1);
			await cluster.repair();
			await desk.settled(workflow.id);
			const asked = appmixer.tasks.map(({ taskId }) => taskId);
			const gates = decisionsOn(desk, workflow.id, asked, gateRuns(desk, workflow.id));
			await gates.decide(asked[0], 'approved');
			await desk.resend(asked, 1);
			const answers = desk.answers(asked);
			const account = await gates.account();
			const { said } = await retryFromList(desk, account, gates);
			await goOnWithExisting(desk, asked);
			const { right } = await gates.account();
			const faults = [
				...(appmixer.tasks.length === 1 ? [] : [`asked ${appmixer.tasks.length} people`]),
				...(answers[200] ? ['the answer was taken by nobody, and said to be received'] : []),
				...(right === 1 ? [] : ['Use Existing did not go on with it']),
			];
			return { account, faults, notes: { answers, said, withUseExisting: right } };
		},
	);

	queueRow(
		running,
		'waits, a run that could not register is retried at another worker',
		{},
		async (desk, cluster) => {
			const workflow = await publishGate(desk);
			const rule = { method: 'POST', path: /\/webhooks$/, status: 500 };
			const fault = desk.sandbox.fault(rule);
			await workflow.begin('0');
			await desk.settled(workflow.id);
			fault.remove();
			const [failed] = desk.runs(workflow.id);
			await cluster.workers[0].kill();
			await desk.rest.post(`/rest/executions/${failed.id}/retry`, { loadWorkflow: false });
			await mustCome('it waits', () => desk.statuses(workflow.id).waiting === 1);
			const asked = desk.sandbox.appmixer.tasks.map(({ taskId }) => taskId);
			const gates = decisionsOn(desk, workflow.id, asked, gateRuns(desk, workflow.id));
			await gates.decide(asked[0], 'approved');
			const faults = asked.length === 1 ? [] : [`asked ${asked.length} people`];
			return { account: await gates.account(), faults };
		},
	);
}
