/** What a polling trigger remembers between two polls: nothing is changed before a poll has ended well. */
import { randomUUID } from 'node:crypto';

import type { IPollFunctions } from 'n8n-workflow';

import { answeredAt } from '../http/nodeErrors';
import { readFingerprint } from './fingerprint';

/** Short ID of a task → its fingerprint, as it is stored. */
export type Seen = Record<string, string>;

/** What was known after the last poll. */
export interface Known {
	/** Which filters and whose login it was listed with. */
	scope: string;
	/** What contents were compared by. */
	basis?: string;
	seen: Seen;
}

/** That the trigger was published without a good look at the tasks. Times are ISO 8601 UTC. */
export interface Waiting {
	id: string;
	/** When, by the clock of n8n's machine. */
	from: string;
	/** The first time that the service told in an answer, by its own clock. */
	since?: string;
}

/** The events that a poll gave, by `event.id`. The time is ISO 8601 UTC. */
export interface Given {
	at: string;
	events: string[];
	/** How many more there were. */
	more: number;
}

/** Stored with the workflow. */
export interface Memory extends Partial<Known> {
	/** Those listed no more. */
	left?: Seen;
	/** Those that other filters, or another login, list no more, and that could not be looked at since. */
	astray?: Seen;
	round?: number;
	waiting?: Waiting;
	/** By the last poll that was not silent. */
	given?: Given;
}

export const memoryOf = (context: IPollFunctions): Memory =>
	context.getWorkflowStaticData('node') as Memory;

/**
 * What was known when a trigger had its first good look after others had failed. n8n stores static data when the
 * workflow is published and when a poll gives something, not after a silent one; and its scheduler begins each poll with
 * what is stored. Per process: after a restart there is another first look.
 */
const firstLooks = new Map<string, Known>();
const MAX_LOOKS = 100;

export function knownOf({ scope, seen, basis, waiting }: Memory): Known | undefined {
	if (isSeen(seen)) return { scope: scope ?? '', seen, basis };
	return waiting && firstLooks.get(waiting.id);
}

/** Whether there is something that nothing can be compared with, as when static data was written by hand. */
export const isSpoilt = ({ seen }: Memory) => seen !== undefined && !isSeen(seen);

/** What is stored, where it can be read. */
export const storedSeen = (stored: unknown): Seen => (isSeen(stored) ? stored : {});

const isSeen = (stored: unknown): stored is Seen =>
	typeof stored === 'object' &&
	stored !== null &&
	!Array.isArray(stored) &&
	Object.values(stored).every((text) => typeof text === 'string' && isReadable(text));

function isReadable(text: string): boolean {
	try {
		readFingerprint(text);
		return true;
	} catch {
		return false;
	}
}

/** Writes down what is known now, where it is another thing than before. To be called as the last step of a poll (E2). */
export function remember(memory: Memory, known: Known): void {
	const { waiting } = memory;
	if (waiting) {
		firstLooks.set(waiting.id, known);
		for (const id of firstLooks.keys()) if (firstLooks.size > MAX_LOOKS) firstLooks.delete(id);
		delete memory.waiting;
	}
	if (memory.scope !== known.scope) memory.scope = known.scope;
	if (memory.basis !== known.basis) memory.basis = known.basis;
	if (!memory.seen || !sameEntries(memory.seen, known.seen)) memory.seen = known.seen;
}

/** Notes, where nothing is known yet, since when a good look is waited for. */
export function noteWaiting(context: IPollFunctions, error: unknown): void {
	const memory = memoryOf(context);
	if (knownOf(memory)) return;
	const { waiting = { id: randomUUID(), from: new Date().toISOString() } } = memory;
	const since = waiting.since ?? answeredAt(error);
	if (memory.waiting && memory.waiting.since === since) return;
	// as a whole: n8n sees only changes of the first level
	memory.waiting = { ...waiting, ...(since !== undefined && { since }) };
}

export function sameEntries(a: Seen, b: Seen): boolean {
	const keys = Object.keys(a);
	return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
