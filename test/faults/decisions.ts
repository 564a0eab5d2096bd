import { account, type Account, type Run } from '../../scripts/faults/account';
import { forEach, tally } from './patience';
import type { RowDesk } from './rowDesk';

export type Decision = 'approved' | 'rejected';

/** Tasks of one workflow, what was decided on them, and what came of it. */
export interface Decisions {
	workflowId: string;
	taskIds: string[];
	decided: Map<string, string>;
	/** Resolves when the stand-in's call was answered, or failed. Each third is rejected. */
	decide(taskId: string, decision?: Decision): Promise<void>;
	/** All that are not, that many at once. */
	decideAll(width?: number): Promise<void>;
	/** How many of them have been answered 200. */
	taken(): number;
	/** Waits for the runs to end, then counts. */
	account(timeoutMs?: number): Promise<Account>;
}

/**
 * @param runsByTask as n8n has stored them
 * @param anonymous those of which it has kept no data
 */
export function decisionsOn(
	desk: RowDesk,
	workflowId: string,
	taskIds: string[],
	runsByTask: () => Map<string, Run[]>,
	anonymous: () => Run[] = () => [],
): Decisions {
	const decided = new Map<string, string>();
	const { appmixer } = desk.sandbox;
	async function decide(
		taskId: string,
		decision: Decision = taskIds.indexOf(taskId) % 3 === 0 ? 'rejected' : 'approved',
	): Promise<void> {
		decided.set(taskId, decision);
		await (decision === 'approved' ? appmixer.approve(taskId) : appmixer.reject(taskId));
	}
	return {
		...{ workflowId, taskIds, decided, decide },
		async decideAll(width = 10) {
			const left = taskIds.filter((id) => !decided.has(id));
			await forEach(left, width, async (id) => await decide(id));
		},
		taken: () =>
			appmixer.deliveries.filter(({ taskId, status }) => status === 200 && taskIds.includes(taskId))
				.length,
		async account(timeoutMs = 30_000) {
			await desk.settled(workflowId, timeoutMs);
			const runs = runsByTask();
			const effects = desk.effects().filter(({ subject }) => taskIds.includes(subject));
			const runsOf = (subject: string) => runs.get(subject) ?? [];
			return account({ decisions: decided, effects, runsOf, anonymous: anonymous() });
		},
	};
}

/**
 * What a person can do: Retry, in n8n's list.
 * @returns how many of the failed runs' decisions have then taken effect once, as decided; what n8n said to it; and what
 * is wrong when that are not all
 */
export async function retryFromList(
	desk: RowDesk,
	before: Account,
	decisions: Pick<Decisions, 'account'>,
) {
	const told: string[] = [];
	const failed = [...new Set(before.failedRuns)];
	await forEach(failed, 3, async (id) => {
		const path = `/rest/executions/${id}/retry`;
		await desk.rest.post<{ status?: string }>(path, { loadWorkflow: false }).then(
			({ status }) => told.push(`retry: ${status}`),
			(error: Error) => told.push(`retry: ${error.message}`),
		);
	});
	const after = await decisions.account();
	const recovered = after.right - before.right;
	const missing = before.crashed - recovered;
	const said = tally(told);
	const words = Object.entries(said).map(([word, times]) => `${times} ${word}`);
	const faults = missing > 0 ? [`Retry did not recover ${missing}`, ...words] : [];
	return { recovered, after, said, faults };
}
