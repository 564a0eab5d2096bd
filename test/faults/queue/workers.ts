/** What becomes of a run whose worker dies, or that goes on at another one. */
import { faultsOf } from '../../../scripts/faults/account';
import { goOnWithExisting, openGates, gateRuns, publishGate } from '../gates';
import { decisionsOn, retryFromList } from '../decisions';
import { killedInTheStep, killedWhileAsking, type Killing } from '../kills';
import { mustCome } from '../patience';
import { openWatching } from '../watching';
import type { Cluster } from '../../../scripts/faults/cluster';
import { queueRow, type Running } from './queueRow';

const killingBoth = ({ workers, repair }: Cluster): Killing => ({
	kill: async () => await Promise.all(workers.map(async (worker) => await worker.kill())),
	restart: repair,
});

export function workers(running: Running): void {
	queueRow(
		running,
		'waits, both workers are killed in the step after the gate',
		{ crashed: true },
		async (desk, cluster) => {
			const gates = await openGates(desk, 4);
			await killedInTheStep(desk, killingBoth(cluster), gates);
			const account = await gates.account();
			// most times n8n has put an error in the place of the run's data: its list shows the run and cannot retry it
			const { recovered, said, after } = await retryFromList(desk, account, gates);
			await goOnWithExisting(desk, after.withoutEffect);
			const faults = faultsOf(await gates.account());
			const withUseExisting = after.withoutEffect.length;
			return { account, faults, notes: { recovered, said, withUseExisting } };
		},
	);

	queueRow(
		running,
		'trigger, both workers are killed in the step after it',
		{ crashed: true },
		async (desk, cluster) => {
			const watching = await openWatching(desk, 4);
			await killedInTheStep(desk, killingBoth(cluster), watching);
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
			const killing = { kill: worker.kill, restart: cluster.repair };
			const gates = await killedWhileAsking(desk, killing);
			const asked = gates.taskIds;
			const answers = desk.answers(asked);
			const account = await gates.account();
			const { said, after } = await retryFromList(desk, account, gates);
			await goOnWithExisting(desk, after.withoutEffect);
			const { right } = await gates.account();
			const faults = [
				...(asked.length === 1 ? [] : [`asked ${asked.length} people`]),
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
