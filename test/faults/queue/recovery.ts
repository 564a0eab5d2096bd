/**
 * What n8n itself does not finish: in queue mode it writes that a run goes on before it hands the run to the workers, so
 * that a process killed in between leaves a run that says "running" and that nobody runs. n8n finds such runs when main
 * starts, and every three hours (N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL), and calls them crashed: Retry recovers them.
 */
import { faultsOf, type Account } from '../../../scripts/faults/account';
import type { Cluster } from '../../../scripts/faults/cluster';
import { retryFromList, type Decisions } from '../decisions';
import type { RowDesk } from '../rowDesk';

/** Starts main again, and retries what has failed by then. @param before must be right in the end, but for what came twice */
export async function recover(
	{ main, repair }: Cluster,
	desk: RowDesk,
	decisions: Decisions,
	before: Account,
) {
	if (before.hanging > 0) {
		await main.kill();
		await repair();
	}
	const crashed = await decisions.account();
	const { recovered, after, faults } = await retryFromList(desk, crashed, decisions);
	const notes = { crashedWhenMainStarted: crashed.crashed, recovered };
	return { notes, faults: [...faults, ...faultsOf(after, { twice: true })] };
}
