/** What a process has changed of a trigger's memory and not yet seen stored, and how it is put together with what is stored. */
import type { Registration, TriggerMemory } from './triggerMemory';

const MAX_SEEN = 1000;
/** A call that read static data before a change was stored may write until then, and undo it. */
const SETTLED_MS = 60_000;

interface Change {
	/** `null`: it is gone. */
	registration: Registration | null;
	/** When, in milliseconds. */
	at: number;
	/** Which change of this process it was. */
	order: number;
}

export interface Unsaved {
	/** The key and the address of a trigger that is being published. */
	key?: string;
	url?: string;
	/** By task. */
	changes: Map<string, Change>;
	/** Event id → when it was emitted. */
	seen: Map<string, number>;
	/** Event id → since when n8n is storing its run, and how long that may go on after its sender has hung up. */
	underWay: Map<string, { since: number; until: number }>;
}

/** Published again since then, or registered again by another process. */
const isOutdated = (change: Change, { since = 0 }: Partial<TriggerMemory>, there?: Registration) =>
	change.at < since || (there?.at ?? 0) > change.at;

/** Lets go of what is seen stored, once no call can undo it, and of what counts no more. */
export function dropStored(unsaved: Unsaved, stored: Partial<TriggerMemory>): void {
	const { registrations = {}, seen = [] } = stored;
	const now = Date.now();
	for (const [event, { until }] of unsaved.underWay)
		if (until < now) unsaved.underWay.delete(event);
	// a call that n8n still holds back has read static data before, and n8n saves them after
	const heldBack = [...unsaved.underWay.values()].map(({ since }) => since);
	const settled = heldBack.reduce((first, since) => Math.min(first, since), now - SETTLED_MS);
	for (const [task, change] of unsaved.changes) {
		const there = registrations[task] as Registration | undefined;
		const isStored = there?.id === change.registration?.id && change.at < settled;
		if (isStored || isOutdated(change, stored, there)) unsaved.changes.delete(task);
	}
	const storedSeen = new Set(seen);
	for (const [event, at] of unsaved.seen) {
		if (at < settled && storedSeen.has(event)) unsaved.seen.delete(event);
	}
	if (stored.key) delete unsaved.key;
}

/**
 * What is stored with what is not: of each task the newest change counts.
 * @param from the changes that are in it already
 */
export function withUnsaved(
	stored: Partial<TriggerMemory>,
	unsaved: Unsaved,
	from = 0,
): TriggerMemory {
	const registrations = { ...stored.registrations };
	for (const [task, change] of unsaved.changes) {
		if (change.order <= from || isOutdated(change, stored, registrations[task])) continue;
		if (change.registration) registrations[task] = change.registration;
		else delete registrations[task];
	}
	const seen = [...new Set([...(stored.seen ?? []), ...unsaved.seen.keys()])];
	return {
		key: stored.key ?? unsaved.key ?? '',
		url: stored.url ?? unsaved.url ?? '',
		since: stored.since ?? 0,
		registrations,
		seen: seen.slice(-MAX_SEEN),
	};
}

/** Of 1,000. */
export function dropOldest(seen: Map<string, number>): void {
	for (const oldest of seen.keys()) {
		if (seen.size <= MAX_SEEN) break;
		seen.delete(oldest);
	}
}
