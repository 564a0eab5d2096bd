/** Tells at a look what keeps a wait waiting that may look like an answer in the library. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { isTask, type Sight } from '../shared/gate/sight';
import type { Task } from '../shared/task';
import { STATES, wordOf } from './task';

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

/** A task whose list shows no state may have one later, or a date: that is no word. */
function whyWaiting({ id, status, state }: Task): string[] {
	if (state !== 'open' || status === null) return [];
	const why = whyOpen(wordOf(status));
	return why === null
		? []
		: [`Task ${id} reads "${status.slice(0, 100)}", ${why}, so it goes on waiting.`];
}

function whyOpen(word: string): string | null {
	if (!Object.hasOwn(STATES, word)) return 'which is no state that this wait knows';
	if (STATES[word] === 'open') return null;
	return 'but has a verifier, and nothing says that it was verified';
}
