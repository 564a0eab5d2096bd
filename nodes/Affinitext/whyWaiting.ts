/** What keeps a wait waiting that may look like an answer in the library. */
import type { Task } from '../shared/task';
import { STATES, wordOf } from './task';

/** A task whose list shows no state may have one later, or a date: that is no word. */
export function whyWaiting({ id, status, state }: Task): string[] {
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
