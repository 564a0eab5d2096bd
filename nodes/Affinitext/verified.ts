/** Whether a task still waits for its verifier. The vendor has published no state, so a word alone may come too early. */
import { isRecord, part } from './aliases';
import { wordOf, type AffinitextTask } from './task';

const WORDS = ['verified', 'taskverified'];

/** One without a verifier waits for none. "Completed" may be what the assignee has done, before anybody verified it. */
export const isUnverified = (raw: AffinitextTask, status: string | null): boolean =>
	isSomebody(part(raw, 'verifier')) && !isDated(raw) && !WORDS.includes(wordOf(status));

/** Whether the day that tells when it was done is that of its verification, where it has a verifier. */
export const isDatedWhenDone = (raw: AffinitextTask): boolean =>
	!isSomebody(part(raw, 'verifier')) || isDated(raw);

const isDated = (raw: AffinitextTask) => part(raw, 'verified') !== undefined;

/** An empty list, or a record without any value, is how some libraries may write nobody. */
function isSomebody(value: unknown): boolean {
	if (Array.isArray(value)) return value.some(isSomebody);
	if (isRecord(value)) return Object.values(value).some(isSomebody);
	return value !== undefined && value !== null && value !== '';
}
