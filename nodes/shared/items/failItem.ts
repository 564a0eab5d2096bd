/**
 * What a node gives in place of an item that failed while Continue On Fail is on. Left to n8n, which knows only a throw,
 * the input would go on through the first output as it came, with an old `approved: true` in it.
 */
import type {
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

import { canHeal, fieldError } from '../http/nodeErrors';

const hasErrorOutput = (context: IExecuteFunctions) =>
	context.getNode().onError === 'continueErrorOutput';

/**
 * n8n routes it by `error`, and then shows its message only. With Retry On Fail it runs the node again when the first
 * item has a `json.error`: only a failure that may heal has one.
 * @param isSafe whether a repetition is, though the answer was lost: the service knows it by its key
 */
export const failItem = (
	error: NodeApiError | NodeOperationError,
	item: number,
	isSafe = false,
): INodeExecutionData => ({
	json: canHeal(error, isSafe) ? { error: error.message } : {},
	error,
	pairedItem: { item },
});

/** Every item failed for one reason, found before they were looked at. */
export const failAll = (context: IExecuteFunctions, reason: unknown): INodeExecutionData[] =>
	context.getInputData().map((_, item) => {
		const { message, description } = reason as Error & { description?: unknown };
		const words = [message ?? String(reason), String(description ?? '')] as const;
		return failItem(fieldError(context.getNode(), ...words, item), item);
	});

/** With an error output those that may heal come first, or n8n would not try again; its branches keep their order. */
export function failedFirst(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	if (!hasErrorOutput(context)) return items;
	const heals = ({ json, error }: INodeExecutionData) => error !== undefined && 'error' in json;
	return [...items.filter(heals), ...items.filter((item) => !heals(item))];
}

/** Whether n8n runs the success branch with an empty item after every item has failed. */
export const fillsSuccessBranch = (context: IExecuteFunctions) =>
	context.getNode().alwaysOutputData === true && hasErrorOutput(context);

/** Says so on the node, while there is time to change it. */
export function warnOfEmptyItem(context: IExecuteFunctions): void {
	if (!fillsSuccessBranch(context)) return;
	context.addExecutionHints({
		message:
			'When every item fails, n8n runs the success branch with an empty item, because Always Output Data is on. Turn it off in the Settings tab.',
		type: 'warning',
		location: 'outputPane',
	});
}
