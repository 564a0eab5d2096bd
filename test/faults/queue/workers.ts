/** What becomes of a run whose worker dies, or that goes on at another one. */
import { openGates, gateRuns, publishGate } from '../gates';
import { decisionsOn, retryFromList } from '../decisions';
import { mustCome } from '../patience';
import { queueRow, type Running } from './queueRow';

export function workers(running: Running): void {
	queueRow(
		running,
		'waits, both workers are killed in the step after the gate',
		{ crashed: true },
		async (desk, cluster) => {
			const gates = await openGates(desk, 4);
			const stuck = desk.sandbox.fault({ path: /^\/effect\/approved\//, delayMs: 60_000 });
			await Promise.all(gates.taskIds.map(async (id) => await gates.decide(id, 'approved')));
			await mustCome('the steps have begun', () => stuck.hits === 4);
			await Promise.all(cluster.workers.map(async (worker) => await worker.kill()));
			stuck.remove();
			// what was begun and never answered took no effect
			desk.sandbox.requests.clear();
			await cluster.repair();
			const account = await gates.account();
			const { recovered, faults } = await retryFromList(desk, account, gates);
			return { account, faults, notes: { recovered } };
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
			const rule = { method: 'POST', path: /\/webhooks$/, hang: true, times: 1 };
			const registering = desk.sandbox.fault(rule);
			await workflow.begin('0');
			await mustCome('it has asked', () => registering.hits === 1);
			await worker.kill();
			await cluster.repair();
			await desk.settled(workflow.id);
			const asked = desk.sandbox.appmixer.tasks.map(({ taskId }) => taskId);
			// nothing was registered, so n8n's list is where it shows
			const runs = () => new Map(asked.map((id) => [id, desk.runs(workflow.id)]));
			const gates = decisionsOn(desk, workflow.id, asked, runs);
			await gates.decide(asked[0], 'approved');
			await desk.resend(asked);
			const faults = asked.length === 1 ? [] : [`asked ${asked.length} people`];
			const account = await gates.account();
			// why the README says not to retry: n8n has stored nothing of what was asked
			const [crashed] = desk.runs(workflow.id);
			await desk.rest.post(`/rest/executions/${crashed.id}/retry`, { loadWorkflow: false });
			await mustCome('it waits', () => desk.statuses(workflow.id).waiting === 1);
			const askedByRetry = desk.sandbox.appmixer.tasks.length - asked.length;
			return { account, faults, notes: { asked: asked.length, askedByRetry } };
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
			await gates.decide(asked[asked.length - 1], 'approved');
			return { account: await gates.account(), notes: { asked: asked.length } };
		},
	);
}
