/** One key for one intended write, however often n8n or the transport sends it, also by Retry from the list. */
import { createHash, randomUUID } from 'node:crypto';

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/**
 * A UUID (version 4 in form) that is the same when n8n runs the node again after a failure, and another one for
 * another execution, node, run, item or body. The instance counts too: execution numbers start at 1 on each.
 */
export function idempotencyKey(
	context: IExecuteFunctions,
	itemIndex: number,
	body: IDataObject,
): string {
	// without an execution there is nothing that tells one run from the next
	if (!context.getExecutionId()) return randomUUID();
	// a retry from the list is a new execution, with the node's context of the one that failed
	const memory = context.getContext('node') as { firstExecution?: string };
	memory.firstExecution ??= context.getExecutionId();
	const { id: workflowId } = context.getWorkflow();
	const runIndex: unknown = context.getWorkflowDataProxy(itemIndex).$runIndex;
	const write = [
		context.getInstanceId(),
		workflowId,
		memory.firstExecution,
		context.getNode().id,
		runIndex,
		itemIndex,
		body,
	];
	const hex = createHash('sha256').update(JSON.stringify(write)).digest('hex');
	const variant = '89ab'[parseInt(hex[16], 16) % 4];
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`${variant}${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
}
