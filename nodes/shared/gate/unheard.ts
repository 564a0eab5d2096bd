/** Says that a wait ends because its credential was deleted: no answer can be heard any more. */
import type { IWebhookFunctions, NodeOperationError } from 'n8n-workflow';

import { fieldError } from '../http/nodeErrors';

/** @param taskIds what was waited for: the one that is due, or all that several people were asked with */
export function unheard(context: IWebhookFunctions, taskIds: string[]): NodeOperationError {
	const [only] = taskIds;
	const isOne = taskIds.length === 1;
	const error = fieldError(
		context.getNode(),
		isOne
			? `Task ${only} is due, and its decision cannot be heard: the credential of this node no longer exists`
			: `The decisions on tasks ${taskIds.join(', ')} cannot be read: the credential of this node no longer exists`,
		isOne
			? `The task can still be decided. Choose another credential in this node, set Task to Use Existing, enter ${only}, and start a new run: this one cannot be retried.`
			: 'The tasks can still be decided. With another credential the operation Wait for Decisions goes on with them, in a new run: this one cannot be retried.',
		0,
	);
	context.logger.error(`${error.message}. The wait ends.`);
	return error;
}
