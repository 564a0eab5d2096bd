/** Compares listed tasks with what was last seen of them. Pure. */
import { readFingerprint, writeFingerprint, type Fingerprint } from './fingerprint';
import type { Known, Seen } from './pollMemory';
import type { Listed, PollRequest } from './pollRequest';
import { shortId } from './shortId';

/** An event of a task, and what was seen of it before. */
export type Told = [entry: Listed, type: string, before: Fingerprint | undefined];

export interface Comparison {
	told: Told[];
	/** Every listed task as it is. */
	now: Seen;
	/** Those known before and listed no more. */
	gone: Seen;
	/** Of those that had gone before, those that are not back. */
	left: Seen;
	/** How many that were not known were learnt without a word. */
	learnt: number;
}

/** What makes two listings comparable. */
export interface Comparable {
	/** Whether other filters or another login list other tasks now: what is not known may be old. */
	isElsewhere: boolean;
	/** Whether contents were compared by the same as before. */
	byContent: boolean;
}

export const seenIn = (listed: Listed[], request: PollRequest): Seen =>
	Object.fromEntries(
		listed.map((entry) => [shortId(entry.task.id), writeFingerprint(request.fingerprint(entry))]),
	);

export function compareTasks(
	listed: Listed[],
	known: Known,
	wentBefore: Seen,
	request: PollRequest,
	{ isElsewhere, byContent }: Comparable,
): Comparison {
	const told: Told[] = [];
	const now: Seen = {};
	const left = { ...wentBefore };
	let learnt = 0;
	for (const entry of listed) {
		const id = shortId(entry.task.id);
		const fingerprint = request.fingerprint(entry);
		now[id] = writeFingerprint(fingerprint);
		const stored = known.seen[id] ?? left[id];
		delete left[id];
		if (stored === now[id]) continue;
		if (stored === undefined && isElsewhere) {
			learnt++;
			continue;
		}
		const before = stored === undefined ? stored : readFingerprint(stored, entry.task.status);
		if (before && !byContent) before.more = fingerprint.more;
		if (before && writeFingerprint(before) === now[id]) continue;
		for (const type of request.changes(entry, fingerprint, before))
			told.push([entry, type, before]);
	}
	return { told, now, gone: without(known.seen, now), left, learnt };
}

export const without = (seen: Seen, others: Seen): Seen =>
	Object.fromEntries(Object.entries(seen).filter(([id]) => !(id in others)));
