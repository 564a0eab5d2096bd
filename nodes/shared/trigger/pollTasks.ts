/**
 * One poll tick: every listed task is compared with what was last seen of it, by identity and not by clocks.
 * State is written as the last step, so an error keeps it as it was; a task absent from the listing is forgotten,
 * unless the request wants to know it again.
 */
import { createHash } from 'node:crypto';

import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { simplify } from '../items/fields/runFields';
import { triggerFieldsOf } from '../items/fields/readFields';
import type { Task } from '../task';
import { readFingerprint, writeFingerprint, type Fingerprint } from './fingerprint';
import { readEvents } from './events';
import { eventItem } from './taskEvent';
import { scopeOf } from './scope';

/** A task as listed, with the words its events depend on. */
export interface Listed {
	task: Task;
	raw: IDataObject;
}

/** The tasks that were seen before and are listed no more. */
export interface Gone {
	/** What was last seen of each. */
	fingerprints: Fingerprint[];
	/** What was last seen of the task with this ID; `undefined` when it is none of them. */
	find(id: string): Fingerprint | undefined;
}

/** An event of a task that is listed no more. */
export interface Occurrence extends Listed {
	type: string;
}

export interface PollRequest {
	/** The complete listing, in any order. */
	list(): Promise<Listed[]>;
	/** What is kept of a task; it is another one whenever an event is due. */
	fingerprint(listed: Listed): Fingerprint;
	/** What happened to a task since it was last seen, as event types; empty for nothing. */
	changes(listed: Listed, now: Fingerprint, before: Fingerprint | undefined): string[];
	/** What became of tasks that are listed no more. */
	whatBecameOf?(gone: Gone): Promise<Occurrence[]>;
	/** Whether a task that comes back is known again, and not new; the 1,000 that went last are kept. */
	knowsAgain?: boolean;
	/** Whether events carry the number of the round that brought them, for a service that tells no times of change. */
	numbered?: boolean;
	/** Event types to emit. */
	events: string[];
	/** Emit the service's own JSON instead of the Task record. */
	rawOutput: boolean;
}

/** What every polling trigger asks for, and the reader of its other fields. @param simple its Simplify switch */
export function readPolling(context: IPollFunctions, simple = simplify) {
	const fields = triggerFieldsOf(context);
	return { fields, events: readEvents(fields), rawOutput: !fields.simple(simple) };
}

const SAMPLES = 3;
const MAX_GONE = 1000;
const shortId = (id: string) => createHash('sha256').update(id).digest('base64url').slice(0, 10);

/** Short ID → fingerprint, as it is stored. */
type Seen = Record<string, string>;

/**
 * @returns the new events, oldest first, or `null` when there are none. The first tick only remembers; so does the
 * first with other filters or another login, which list tasks that are old without being known.
 */
export async function pollTasks(
	context: IPollFunctions,
	request: PollRequest,
): Promise<INodeExecutionData[][] | null> {
	const state = context.getWorkflowStaticData('node') as {
		scope?: string;
		seen?: Seen;
		/** Those listed no more. */
		left?: Seen;
		round?: number;
	};
	const listed = (await request.list()).sort((a, b) => changedAt(a).localeCompare(changedAt(b)));
	if (context.getMode() === 'manual') return samples(listed, request);

	const scope = scopeOf(context.getNode());
	const before = state.scope === scope ? state.seen : undefined;
	const past: Seen = before ? { ...state.left } : {};
	const round = request.numbered ? (state.round ?? 0) + 1 : undefined;
	const now: Seen = {};
	const items: INodeExecutionData[] = [];
	const tell = (entry: Listed, type: string, known: Fingerprint | undefined) => {
		if (request.events.includes(type)) items.push(toItem(entry, type, known, request, round));
	};
	for (const entry of listed) {
		const id = shortId(entry.task.id);
		const fingerprint = request.fingerprint(entry);
		now[id] = writeFingerprint(fingerprint);
		const stored = before?.[id] ?? past[id];
		delete past[id];
		if (before === undefined || stored === now[id]) continue;
		const known = stored === undefined ? stored : readFingerprint(stored, entry.task.status);
		if (known && writeFingerprint(known) === now[id]) continue;
		for (const type of request.changes(entry, fingerprint, known)) tell(entry, type, known);
	}
	const gone = without(before ?? {}, now);
	const find = (id: string) => {
		const stored = gone[shortId(id)];
		return stored === undefined ? stored : readFingerprint(stored);
	};
	const fingerprints = Object.values(gone).map((stored) => readFingerprint(stored));
	const became =
		fingerprints.length > 0 ? ((await request.whatBecameOf?.({ fingerprints, find })) ?? []) : [];
	for (const entry of became) tell(entry, entry.type, find(entry.task.id));
	if (request.knowsAgain) {
		Object.assign(past, gone);
		for (const entry of became) {
			past[shortId(entry.task.id)] = writeFingerprint(request.fingerprint(entry));
		}
		const kept = Object.fromEntries(Object.entries(past).slice(-MAX_GONE));
		if (!sameEntries(state.left ?? {}, kept)) state.left = kept;
	}
	if (before === undefined || !sameEntries(before, now)) Object.assign(state, { scope, seen: now });
	if (round !== undefined && items.length > 0) state.round = round;
	return items.length > 0 ? [items] : null;
}

const without = (before: Seen, now: Seen): Seen =>
	Object.fromEntries(Object.entries(before).filter(([id]) => !(id in now)));

function samples(listed: Listed[], request: PollRequest): INodeExecutionData[][] | null {
	const items = listed.flatMap((entry) => {
		const type = request
			.changes(entry, request.fingerprint(entry), undefined)
			.filter((t) => request.events.includes(t))
			.pop();
		return type ? [toItem(entry, type, undefined, request)] : [];
	});
	return items.length > 0 ? [items.slice(-SAMPLES)] : null;
}

function toItem(
	{ task, raw }: Listed,
	type: string,
	before: Fingerprint | undefined,
	{ rawOutput }: PollRequest,
	round?: number,
): INodeExecutionData {
	const event = { type, previousStatus: before?.status || null, source: 'poll' as const };
	return eventItem(task, rawOutput ? raw : null, event, round);
}

const changedAt = ({ task }: Listed) => task.decidedAt ?? task.updatedAt ?? task.createdAt ?? '';

function sameEntries(a: Seen, b: Seen): boolean {
	const keys = Object.keys(a);
	return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
