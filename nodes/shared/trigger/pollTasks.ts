/**
 * One poll tick: every listed task is compared with what was last seen of it, by identity and not by clocks.
 * State is written as the last step, so an error keeps it as it was; a task absent from the listing is forgotten,
 * unless the request wants to know it again.
 */
import { createHash } from 'node:crypto';

import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { Task } from '../task';
import { eventItem } from './taskEvent';
import { scopeOf } from './scope';

/** A task as listed, with the words its events depend on. */
export interface Listed {
	task: Task;
	raw: IDataObject;
}

/** What happened to a task since it was last seen, as event types; empty for nothing. */
export type Changes = (now: Listed, before: string | undefined) => string[];

/** A task that is listed no more: all that was kept of it. */
export interface Left {
	fingerprint: string;
}

/** An event of a task that is listed no more. */
export interface Occurrence extends Listed {
	type: string;
	previousStatus: string | null;
}

export interface PollRequest {
	/** The complete listing, in any order. */
	list(): Promise<Listed[]>;
	/** A few characters that change whenever an event is due, status word first, `;` after it. */
	fingerprint(listed: Listed): string;
	changes: Changes;
	/**
	 * What became of tasks that were seen before and are listed no more.
	 * `isLeft` tells whether a task with this ID is one of them, `fingerprintOf` what was last seen of it.
	 */
	left?(
		left: Left[],
		isLeft: (id: string) => boolean,
		fingerprintOf: (id: string) => string | undefined,
	): Promise<Occurrence[]>;
	/** Whether a task that comes back is known again, and not new; the 1,000 that left last are kept. */
	knowsAgain?: boolean;
	/** Whether events carry the number of the round that brought them, for a service that tells no times of change. */
	numbered?: boolean;
	/** Event types to emit. */
	events: string[];
	/** Emit the service's own JSON instead of the Task record. */
	rawOutput: boolean;
}

const SAMPLES = 3;
const MAX_LEFT = 1000;
const shortId = (id: string) => createHash('sha256').update(id).digest('base64url').slice(0, 10);
const statusIn = (fingerprint: string | undefined) => fingerprint?.split(';')[0] || null;

/** Short ID → fingerprint. */
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
	for (const entry of listed) {
		const id = shortId(entry.task.id);
		now[id] = request.fingerprint(entry);
		const known = before?.[id] ?? past[id];
		delete past[id];
		if (before === undefined || known === now[id]) continue;
		for (const type of request.changes(entry, known)) {
			if (request.events.includes(type)) items.push(toItem(entry, type, known, request, round));
		}
	}
	const left = without(before ?? {}, now);
	const became = await whatBecame(left, request);
	items.push(...became.flatMap((entry) => occurrenceItem(entry, request, round)));
	if (request.knowsAgain) {
		Object.assign(past, left);
		for (const entry of became) past[shortId(entry.task.id)] = request.fingerprint(entry);
		const kept = Object.fromEntries(Object.entries(past).slice(-MAX_LEFT));
		if (!sameEntries(state.left ?? {}, kept)) state.left = kept;
	}
	if (before === undefined || !sameEntries(before, now)) Object.assign(state, { scope, seen: now });
	if (round !== undefined && items.length > 0) state.round = round;
	return items.length > 0 ? [items] : null;
}

const without = (before: Seen, now: Seen): Seen =>
	Object.fromEntries(Object.entries(before).filter(([id]) => !(id in now)));

async function whatBecame(left: Seen, request: PollRequest): Promise<Occurrence[]> {
	const fingerprints = Object.values(left).map((fingerprint) => ({ fingerprint }));
	if (fingerprints.length === 0 || !request.left) return [];
	return await request.left(
		fingerprints,
		(id) => Object.hasOwn(left, shortId(id)),
		(id) => left[shortId(id)],
	);
}

function occurrenceItem(
	entry: Occurrence,
	request: PollRequest,
	round?: number,
): INodeExecutionData[] {
	const { task, raw, type, previousStatus } = entry;
	if (!request.events.includes(type)) return [];
	const event = { type, previousStatus, source: 'poll' as const };
	return [eventItem(task, request.rawOutput ? raw : null, event, round)];
}

function samples(listed: Listed[], request: PollRequest): INodeExecutionData[][] | null {
	const items = listed.flatMap((entry) => {
		const type = request
			.changes(entry, undefined)
			.filter((t) => request.events.includes(t))
			.pop();
		return type ? [toItem(entry, type, undefined, request)] : [];
	});
	return items.length > 0 ? [items.slice(-SAMPLES)] : null;
}

function toItem(
	{ task, raw }: Listed,
	type: string,
	before: string | undefined,
	{ rawOutput }: PollRequest,
	round?: number,
): INodeExecutionData {
	const event = { type, previousStatus: statusIn(before), source: 'poll' as const };
	return eventItem(task, rawOutput ? raw : null, event, round);
}

const changedAt = ({ task }: Listed) => task.decidedAt ?? task.updatedAt ?? task.createdAt ?? '';

function sameEntries(a: Seen, b: Seen): boolean {
	const keys = Object.keys(a);
	return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
