/** Tells at a look what keeps a wait waiting that may look like an answer in CRM2. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { isTask, type Sight } from '../shared/gate/sight';
import type { Task } from '../shared/task';
import { COMPLETED, isKnownStatus } from './task';

const MOST_TOLD = 5;

export function tellWaiting(context: IExecuteFunctions, sights: Sight[]): void {
	const reasons = sights.filter(isTask).flatMap(whyWaiting);
	if (reasons.length === 0) return;
	const more = reasons.length - MOST_TOLD;
	context.addExecutionHints({
		message: [...reasons.slice(0, MOST_TOLD), ...(more > 0 ? [`And ${more} more.`] : [])].join(' '),
		type: 'warning',
		location: 'outputPane',
	});
}

/** A domain has words of its own, and which of them mean done is not documented. */
function whyWaiting({ id, status }: Task): string[] {
	if (status !== null && isKnownStatus(status)) return [];
	const shown = status === null ? 'shows no status' : `has the status "${status.slice(0, 100)}"`;
	return [`Task ${id} ${shown}: only ${COMPLETED} is done, so it goes on waiting.`];
}
