/** Tells at a look what keeps a wait waiting that may look like an answer. */
import type { IExecuteFunctions } from 'n8n-workflow';

const MOST_TOLD = 5;

/** @param reasons a sentence for each task; of many the first are told */
export function tellWaiting(context: IExecuteFunctions, reasons: string[]): void {
	if (reasons.length === 0) return;
	const more = reasons.length - MOST_TOLD;
	context.addExecutionHints({
		message: [...reasons.slice(0, MOST_TOLD), ...(more > 0 ? [`And ${more} more.`] : [])].join(' '),
		type: 'warning',
		location: 'outputPane',
	});
}
