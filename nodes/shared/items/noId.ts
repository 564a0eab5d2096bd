/** Says on the node that something was made and that its ID did not come: a later step would look for nothing. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** @param idOf reads the ID out of an item; '' when there is none */
export function tellNoId(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	idOf: (json: IDataObject) => string,
): void {
	const without = items.filter(({ json, error }) => error === undefined && idOf(json) === '');
	if (without.length === 0) return;
	context.addExecutionHints({
		message: `The service gave no ID of what was made for ${without.length} of these items. Look for it there before you make it again.`,
		type: 'warning',
		location: 'outputPane',
	});
}
