/** Ends a wait that nothing can decide any more with an error. Nothing leaves by an output but to where errors go. */
import type { IWebhookFunctions, IWebhookResponseData, NodeOperationError } from 'n8n-workflow';

import { endOnce } from './endOnce';

/** What n8n runs when it wakes a run up. `resumeError` is how it wakes a run up with an error; no API tells of it. */
interface Parked {
	runExecutionData?: {
		executionData?: { nodeExecutionStack?: Array<{ metadata?: object }> };
	} | null;
}

/** n8n's words for a credential that was deleted: such a one never comes back, its ID is not used again. */
const GONE = /^Credential with ID "[^"]*" (does not exist|was not found)/;

/** Whether what was thrown says that the node's credential was deleted. All else may heal. */
export const isCredentialGone = (thrown: unknown): boolean =>
	thrown instanceof Error && GONE.test(thrown.message);

/**
 * Wakes the run up so that the node fails. With Continue On Fail the error goes where errors go.
 * A host that does not know how goes on with no item at all, which approves nothing either.
 */
export function endWait(
	context: IWebhookFunctions,
	error: NodeOperationError,
	taskIds: string[],
): IWebhookResponseData {
	const { runExecutionData } = context as unknown as Parked;
	const [parked] = runExecutionData?.executionData?.nodeExecutionStack ?? [];
	return endOnce(context, taskIds, () => {
		if (parked) parked.metadata = { ...parked.metadata, resumeError: error };
		// empty: n8n would mix an item that comes in, an old "approved" included, into what goes to an error output
		return [[]];
	});
}
