/** Ends a poll before the host gives it up: what goes on after that is not heard, and the next poll starts beside it. */
import { NodeOperationError, type INode, type IPollFunctions } from 'n8n-workflow';

import { DeadlineError, withinDeadline } from '../http/deadline';

/** What n8n gives a poll that it does not watch itself, and what an older one, which does not say, is taken to give. */
export const USUAL_BUDGET_MS = 300_000;
/** Publishing as a whole is given up after 84 s (T4). */
const PUBLISHING_MS = 60_000;
/** The part of the budget that is used; the rest is for what follows the listing. */
const USED = 0.9;

/** Milliseconds the host gives this poll. */
export const budgetOf = (context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number =>
	context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS;

/**
 * @param isFirst whether n8n waits for it while it publishes the workflow
 * @param poll does all its requests through the context it is given: at the end of the time they are cut
 * @throws NodeOperationError when the time is over
 */
export async function withinBudget<T>(
	context: IPollFunctions,
	isFirst: boolean,
	poll: (context: IPollFunctions) => Promise<T>,
): Promise<T> {
	const budget = Math.floor(budgetOf(context) * USED);
	const ms = isFirst ? Math.min(budget, PUBLISHING_MS) : budget;
	try {
		return await withinDeadline(ms, undefined, async (signal) => {
			const getExecutionCancelSignal = { value: () => signal };
			return await poll(Object.create(context, { getExecutionCancelSignal }) as IPollFunctions);
		});
	} catch (error) {
		throw error instanceof DeadlineError ? tooLong(context.getNode(), ms) : error;
	}
}

function tooLong(node: INode, ms: number): NodeOperationError {
	const error = new NodeOperationError(
		node,
		`The list was not read to its end within ${Math.round(ms / 1000)} seconds`,
		{
			description:
				'n8n gives a poll little more time than that. No event was given, and nothing that the trigger knew is lost: the next poll tries again. If it happens each time, narrow the filters, or find out why the service is slow.',
		},
	);
	error.failure = { cause: 'temporarily-unavailable' };
	return error;
}
