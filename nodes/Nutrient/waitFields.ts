/** What both waits have in their panels, and what they tell while they wait. */
import { notice } from '../shared/items/fields/makeField';

/** The service answers first and saves then, where a designer has put the call before the end of the approval. */
export const SETTLE = 2000;

export const wakeUpNotice = notice(
	'wakeUpNotice',
	'To look at once, and not by the clock only: enter a Wake-Up URL Field in Process > Start, and put a REST Client task behind the approval that sends a GET to the address in that field. It wakes the run up, and what it says is not read. Let the process go on when this call fails: n8n answers 409 while the run looks, and when it is over.',
);

export const unknownWord = (what: string, option: string) =>
	`${what} was answered "${option.slice(0, 100)}", which is in neither list of words, so it goes on waiting.`;
