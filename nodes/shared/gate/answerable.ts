/** What is asked must be answerable: a service quotes the whole question in its callback, and that has a limit. */
import type { IDataObject } from 'n8n-workflow';

import { bytesOf, MAX_BYTES } from './callbackBody';

/** For what the service adds to a question, and for what people change in it, until it is answered. */
const ROOM = 4 * 1024;
const MOST = MAX_BYTES - ROOM;

export interface Unanswerable {
	/** What is longest, as the labels call it. */
	field: string;
	/** The sizes, in a sentence. */
	why: string;
}

/**
 * Whether the callback of such a task would be larger than what is taken; `null` when all is well.
 * @param quoted what the service will send back
 * @param labels what the panel calls the keys of `quoted`
 */
export function unanswerable(
	quoted: IDataObject,
	labels: Record<string, string> = {},
): Unanswerable | null {
	const bytes = bytesOf(quoted);
	if (bytes <= MOST) return null;
	const [[key, size]] = Object.entries(quoted)
		.map(([name, value]) => [name, bytesOf(value)] as const)
		.sort(([, one], [, other]) => other - one);
	const field = labels[key] ?? key;
	const why = `The service sends the task back with the decision: ${bytes} bytes, of which ${size} are its ${field}. At most ${MOST} can be received.`;
	return { field, why };
}
