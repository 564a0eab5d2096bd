/**
 * Keeps what a run of a node has done already: Retry On Fail repeats the whole node, and nobody shall be asked twice.
 * Held by this process only, where the tries of one run follow each other; forgotten when the run succeeds.
 */
import type { IExecuteFunctions } from 'n8n-workflow';

/** Runs that failed for good are dropped, the oldest first. */
const MAX_RUNS = 500;

type Done = Map<string, unknown>;

const runs = new Map<string, Done>();

/** One execution of one node in one round of a loop; its tries share it. `null`: the host gives executions no id. */
function keyOf(context: IExecuteFunctions): string | null {
	const execution = context.getExecutionId();
	if (!execution) return null;
	return [execution, context.getNode().id, context.getWorkflowDataProxy(0).$runIndex].join('/');
}

/**
 * Does something unless an earlier try of this same run did it; then gives what came of it.
 * @param what tells it from the other things this run does
 */
export async function onceInRun<T>(
	context: IExecuteFunctions,
	what: string,
	act: () => Promise<T>,
): Promise<T> {
	const key = keyOf(context);
	if (key === null) return await act();
	const done: Done = runs.get(key) ?? new Map<string, unknown>();
	if (done.has(what)) return done.get(what) as T;
	const result = await act();
	runs.set(key, (runs.get(key) ?? done).set(what, result));
	for (const oldest of runs.keys()) if (runs.size > MAX_RUNS) runs.delete(oldest);
	return result;
}

/** Forgets a run that has succeeded. */
export function endRun(context: IExecuteFunctions): void {
	const key = keyOf(context);
	if (key !== null) runs.delete(key);
}
