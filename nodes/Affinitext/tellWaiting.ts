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

function whyWaiting({ id, status, state }: Task): string[] {
	if (state !== 'open' || status === null) return [];
	const word = wordOf(status);
	const known = Object.hasOwn(STATES, word) ? STATES[word] : undefined;
	if (known !== 'done') return [];
	return [
		`Task ${id} reads "${status.slice(0, 100)}", but has a verifier, and nothing says that it was verified, so it goes on waiting.`,
	];
}
