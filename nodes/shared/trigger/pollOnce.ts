/**
 * One call of a polling trigger by n8n, in any weather. The first call decides whether the workflow is published: n8n
 * takes a throw there for "it cannot be", loses the version that was live, and after a restart leaves the trigger dead
 * though it shows as active. So what will pass is waited for; wrong credentials and settings still throw where somebody
 * publishes, and where n8n starts they fail the next poll.
 */
import type { INodeExecutionData, IPollFunctions, NodeApiError } from 'n8n-workflow';

import { isPassing } from '../http/nodeErrors';
import { nameLastGiven, noteGiven } from './lastGiven';
import { budgetOf, USUAL_BUDGET_MS, withinBudget } from './pollBudget';
import { noteWaiting } from './pollMemory';

type Emitted = INodeExecutionData[][] | null;

const known = new WeakSet<object>();
const underWay = new WeakSet<object>();

/**
 * Whether n8n publishes the workflow, or starts, with this call. It polls with one context from then on. Only its
 * scheduler makes one for each poll, and gives that a budget of its own (n8n 2.40, `trigger-execution-context.factory`).
 */
function isFirst(context: IPollFunctions): boolean {
	const isNew = !known.has(context);
	known.add(context);
	return isNew && budgetOf(context) === USUAL_BUDGET_MS;
}

/** Whether n8n starts, or another main process takes over: the workflow was published long ago. */
const isStart = (context: IPollFunctions) =>
	['init', 'leadershipChange'].includes(context.getActivationMode());

export async function pollOnce(
	context: IPollFunctions,
	poll: (context: IPollFunctions) => Promise<Emitted>,
): Promise<Emitted> {
	if (context.getMode() === 'manual') return await withinBudget(context, false, poll);
	if (underWay.has(context)) {
		context.logger.warn(
			`The previous poll of "${context.getNode().name}" is still running, so this one was skipped.`,
		);
		return null;
	}
	underWay.add(context);
	try {
		nameLastGiven(context);
		const emitted = await (isFirst(context) ? firstPoll(context, poll) : laterPoll(context, poll));
		if (emitted) noteGiven(context, emitted);
		return emitted;
	} finally {
		underWay.delete(context);
	}
}

async function firstPoll(
	context: IPollFunctions,
	poll: (context: IPollFunctions) => Promise<Emitted>,
): Promise<Emitted> {
	const emitted = await withinBudget(context, true, poll).catch(async (error: unknown) => {
		if (!isPassing(error) && !isStart(context)) return await Promise.reject(error as Error);
		noteWaiting(context, error);
		const { message, description } = error as NodeApiError;
		context.logger.warn(
			`${message}. The trigger "${context.getNode().name}" was started without seeing its tasks, and tries again at its next poll. ${description ?? ''}`,
		);
		return null;
	});
	// with durable cursors n8n 2.40.7 keeps what a poll remembers, but for the first one, unless it has given something
	if (emitted === null) await context.__commitCursor?.();
	return emitted;
}

const laterPoll = async (
	context: IPollFunctions,
	poll: (context: IPollFunctions) => Promise<Emitted>,
): Promise<Emitted> =>
	await withinBudget(context, false, poll).catch(async (error: unknown) => {
		if (isPassing(error)) noteWaiting(context, error);
		return await Promise.reject(error as Error);
	});
