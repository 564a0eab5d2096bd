/**
 * One poll tick: every listed task is compared with what was last seen of it, by identity and not by clocks.
 * State is written as the last step, so an error keeps it as it was; a task absent from the listing is forgotten,
 * unless the request wants to know it again.
 */
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { compareTasks, seenIn, without, type Comparison, type Told } from './compareTasks';
import { writeFingerprint } from './fingerprint';
import { firstLook } from './firstLook';
import { lookForGone } from './goneTasks';
import {
	isSpoilt,
	knownOf,
	memoryOf,
	remember,
	sameEntries,
	storedSeen,
	type Known,
	type Memory,
	type Seen,
} from './pollMemory';
import type { Listed, PollRequest } from './pollRequest';
import { olderScopeOf, scopeOf } from './scope';
import { shortId } from './shortId';
import { eventItem } from './taskEvent';
import { toldApart } from './toldApart';

type Emitted = INodeExecutionData[][] | null;

const SAMPLES = 3;
const MAX_GONE = 1000;

/**
 * @returns the new events, oldest first, or `null` when there are none. The first tick only remembers. After a change
 * of filters or of the login, which may list tasks that are old and not known, those are learnt without a word.
 */
export async function pollTasks(context: IPollFunctions, request: PollRequest): Promise<Emitted> {
	const listed = toldApart(context, await request.list(), request);
	listed.sort((a, b) => changedAt(a).localeCompare(changedAt(b)));
	if (context.getMode() === 'manual') return samples(listed, request);
	const memory = memoryOf(context);
	const scope = scopeOf(context.getNode(), request.login, request.beside);
	const before = knownOf(memory);
	if (before) return await compareWith(before, listed, scope, { context, request, memory });
	if (isSpoilt(memory)) {
		context.logger.warn(
			`What the trigger "${context.getNode().name}" remembered of its tasks cannot be read: it begins anew. What happened to them since may not have started the workflow: look in the service.`,
		);
	}
	const told = firstLook(context, listed, request, memory.waiting);
	const emitted = emit(told, request, memory);
	remember(memory, { scope, basis: request.basis, seen: seenIn(listed, request) });
	return emitted;
}

interface Poll {
	context: IPollFunctions;
	request: PollRequest;
	memory: Memory;
}

async function compareWith(
	known: Known,
	listed: Listed[],
	scope: string,
	{ context, request, memory }: Poll,
): Promise<Emitted> {
	const isUpdated = known.scope === olderScopeOf(context.getNode());
	const isElsewhere = known.scope !== scope && !isUpdated;
	const byContent = isUpdated || known.basis === request.basis;
	const [left, astray] = [memory.left, memory.astray].map(storedSeen);
	const before = { ...known, seen: { ...astray, ...known.seen } };
	const compared = compareTasks(listed, before, left, request, { isElsewhere, byContent });
	const { gone } = compared;
	const here = isElsewhere ? {} : without(gone, astray);
	const { told, kept } = await lookForGone(here, request, false);
	const away = await lookForGone(without(gone, here), request, true);
	if (isElsewhere) {
		context.logger.warn(
			`The trigger "${context.getNode().name}" has other filters or another login than before: ${compared.learnt} tasks are new to it and did not start the workflow; ${Object.keys(compared.gone).length} that it knew are no longer listed and no longer watched.`,
		);
	}
	const toldOfGone = [...told, ...away.told];
	const emitted = emit([...compared.told, ...toldOfGone], request, memory);
	if (request.knowsAgain) {
		const leftNow = lastToLeave(compared, toldOfGone, { ...kept, ...away.kept }, request);
		if (!sameEntries(left, leftNow)) memory.left = leftNow;
	}
	if (!sameEntries(astray, away.kept)) memory.astray = away.kept;
	remember(memory, { scope, basis: request.basis, seen: { ...compared.now, ...kept } });
	return emitted;
}

/** Those that went last, with what is known of them now. */
function lastToLeave(
	{ left, gone }: Comparison,
	told: Told[],
	kept: Seen,
	request: PollRequest,
): Seen {
	const known = { ...left, ...without(gone, kept) };
	for (const [entry] of told) {
		known[shortId(entry.task.id)] = writeFingerprint(request.fingerprint(entry));
	}
	return Object.fromEntries(Object.entries(known).slice(-MAX_GONE));
}

/** The wanted ones as items, in a round of their own where rounds are numbered. */
function emit(told: Told[], request: PollRequest, memory: Memory): Emitted {
	const last = Number.isInteger(memory.round) ? Number(memory.round) : 0;
	const round = request.numbered ? last + 1 : undefined;
	const items = told
		.filter(([, type]) => request.events.includes(type))
		.map((one) => toItem(one, request, round));
	if (items.length === 0) return null;
	if (round !== undefined) memory.round = round;
	return [items];
}

function samples(listed: Listed[], request: PollRequest): Emitted {
	const items = listed.flatMap((entry) => {
		const type = request
			.changes(entry, request.fingerprint(entry), undefined)
			.filter((t) => request.events.includes(t))
			.pop();
		return type ? [toItem([entry, type, undefined], request)] : [];
	});
	return items.length > 0 ? [items.slice(-SAMPLES)] : null;
}

function toItem([{ task, raw }, type, before]: Told, request: PollRequest, round?: number) {
	const event = { type, previousStatus: before?.status || null, source: 'poll' as const };
	return eventItem(task, request.rawOutput ? raw : null, event, round);
}

const changedAt = ({ task }: Listed) => task.decidedAt ?? task.updatedAt ?? task.createdAt ?? '';
