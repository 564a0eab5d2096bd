/**
 * What n8n itself does not finish: in queue mode it writes that a run goes on before it hands the run to the workers, so
 * that a process killed in between leaves a run that says "running" and that nobody runs. n8n finds such runs when main
 * starts, and every three hours (N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL), and calls them crashed: Retry recovers them.
 */
import { retryFromList, type Decisions } from '../decisions';
import { openGates } from '../gates';
import { mustCome } from '../patience';
import type { Cluster } from '../../../scripts/faults/cluster';
import type { RowDesk } from '../rowDesk';
import type { Measured } from '../rows';
import { openWatching } from '../watching';
import { queueRow, type Running } from './queueRow';

const COUNT = 5;

/** Kills the processor when n8n has stored all runs and handed over none: Redis takes nothing meanwhile. */
async function killedBetween(
	{ redis, processor, main, repair }: Cluster,
	desk: RowDesk,
	decisions: Decisions,
	stored: string,
): Promise<Measured> {
	redis.cli('CLIENT', 'PAUSE', '60000', 'WRITE');
	const deciding = decisions.decideAll(COUNT);
	const { workflowId } = decisions;
	await mustCome('all are stored', () => desk.statuses(workflowId)[stored] === COUNT, 20_000);
	await processor.kill();
	redis.cli('CLIENT', 'UNPAUSE');
	await deciding;
	await repair();
	await desk.resend(decisions.taskIds);
	const answers = desk.answers(decisions.taskIds);
	const before = await decisions.account(10_000);
	await main.kill();
	await repair();
	const account = await decisions.account();
	const { recovered, after } = await retryFromList(desk, account, decisions);
	const faults = after.hanging > 0 ? after.details : [];
	const notes = { hangingBeforeMainStarts: before.hanging, recovered, answers };
	return { account, faults, notes };
}

export function hanging(running: Running): void {
	queueRow(
		running,
		'waits, the processor is killed between storing and queueing',
		{ crashed: true },
		async (desk, cluster) =>
			await killedBetween(cluster, desk, await openGates(desk, COUNT), 'running'),
	);

	// not answered, so it is told again
	queueRow(
		running,
		'trigger, the processor is killed between storing and queueing',
		{ twice: true },
		async (desk, cluster) =>
			await killedBetween(cluster, desk, await openWatching(desk, COUNT), 'new'),
	);
}
