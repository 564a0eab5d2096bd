/** Tells a wait that comes back by its wire from items that are new, and refuses everything in between (L2, L4, L5). */
import type { IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import { fieldError } from '../http/nodeErrors';
import { cameFrom, type Way } from './loopWire';
import { isWaiting, stateOf, type WaitState } from './waitState';

/** n8n sleeps a minute at least between two looks that nobody has woken. */
const AT_ONCE = 1000;
const MOST_KNOWN = 10_000;

/** Waits that have left, in this process: an old state of the run, played again, must not leave once more. */
const left = new Set<string>();

/** Of a wait that goes on. */
export interface Round {
	id: string;
	state: WaitState;
	isWoken: boolean;
}

/**
 * The wait that comes in; `new` for items that do not come by the wire, `old` for a round that was looked at already,
 * `left` for a wait that has ended, `ended` for what has left this very node by another output than Check Again.
 * @param way the nodes that bring a wait back, as the workflow is wired now
 * @throws for an item that comes by the wire and is no wait of this node
 */
export function comingIn(
	context: IExecuteFunctions,
	way: Way | null,
): Round | 'new' | 'old' | 'left' | 'ended' {
	const { node: from, output } = cameFrom(context);
	const own = context.getNode().name;
	if (from === own && output > 0) return 'ended';
	const [item, ...others] = context.getInputData();
	const { wait, round, isWoken } = item?.json ?? {};
	const state = stateOf(context, wait);
	const isOurs =
		from === own || (from !== undefined && (state?.way ?? way?.nodes ?? []).includes(from));
	if (!isOurs) return 'new';
	// a node that the wire goes through may hand on other items, but not in place of a wait
	const looksAsOurs = typeof wait === 'string' && typeof round === 'number';
	if (from !== own && !looksAsOurs && !isWaiting(context)) return 'new';
	if (typeof wait === 'string' && left.has(wait)) return 'left';
	if (!state || others.length > 0) throw unknownRound(context);
	if (round !== state.round) return 'old';
	return { id: String(wait), state, isWoken: isWoken === true };
}

/** Takes the one leave there is of a wait; nothing may be awaited between this and the return. @returns whether there was one */
export function leaveOnce(id: string): boolean {
	if (left.has(id)) return false;
	left.add(id);
	for (const oldest of left) if (left.size > MOST_KNOWN) left.delete(oldest);
	return true;
}

const unknownRound = (context: IExecuteFunctions): NodeOperationError =>
	fieldError(
		context.getNode(),
		'What came back by Check Again is no wait of this node',
		'Only the item that leaves by Check Again may come back, alone and as it is. Wire Check Again straight to the input of this node.',
		0,
	);

export const hasLeft = (context: IExecuteFunctions): NodeOperationError =>
	fieldError(
		context.getNode(),
		'This wait has ended already, and n8n runs an old state of it again',
		'Nothing is decided a second time. What this run waited for behind this node is lost: look there, and do not retry it.',
		0,
	);

/** n8n takes what a throw leaves behind, or pinned data, for what leaves by the first output. */
export function refuseTooFast(context: IExecuteFunctions, { state, isWoken }: Round): void {
	const since = Date.now() - state.parkedAt;
	// before it was parked: by the clock of another process, which is behind
	if (isWoken || since < 0 || since >= AT_ONCE) return;
	if (state.timerAt !== undefined && Date.now() >= state.timerAt) return;
	throw fieldError(
		context.getNode(),
		'This node was run again at once, without any wait in between',
		'Check Again must lead to the input of this node only, and this node must not be pinned.',
		0,
	);
}
