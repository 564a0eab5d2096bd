/** One look at the service: what it found goes into the state, what failed and passes is counted. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { fieldError, isPassing } from '../http/nodeErrors';
import type { WaitDesk } from './desk';
import { isCredentialGone } from './endWait';
import { logOnce } from './onceFor';
import { ownApproval } from './ownApproval';
import { refuseTwice } from './refuseTwice';
import { isTask, seen, type Sight } from './sight';
import type { Asked, WaitState, WaitedTask } from './waitState';

/** The tasks that are still asked for, by their place. */
export const openPlaces = ({ groups }: WaitState) =>
	groups.flatMap((group) => (group.outcome ? [] : group.tasks));

/** Reads the tasks that are still asked for. What passes, it outlives; so it does a login that was good before (L8). */
export async function readOpen(
	context: IExecuteFunctions,
	desk: WaitDesk,
	state: WaitState,
): Promise<void> {
	const places = openPlaces(state);
	const asked = places.map((place) => askedAgain(state.tasks[place]));
	const looked = await desk
		.look(context, asked, state.how, state.settings)
		.catch((error: unknown) => miss(context, state, error));
	if (!looked) return;
	tellUnread(context, asked, looked.sights);
	const now = Date.now();
	for (const [index, place] of places.entries()) {
		const sight = looked.sights[index];
		const known = { ...state.tasks[place], ...(looked.asked && { asked: looked.asked[index] }) };
		const task = seen(known, sight, now, state);
		// what is found later to be the requester's own is no approval (`seen`), and costs the others nothing
		if (!state.hasLooked) refuseUnaskable(context, desk, state, task, sight);
		state.tasks[place] = task;
	}
	// one task under two of its IDs
	refuseTwice(context, state.groups, state.tasks, ({ last }) => last?.id);
	if (looked.sights.every((sight) => sight === 'unread')) {
		countMiss(state, 'none of the tasks could be read');
		return;
	}
	state.how = looked.how;
	state.hasLooked = true;
}

/** A task that may not be read any more would wait until the limit without a word (F14). */
function tellUnread(context: IExecuteFunctions, asked: Asked[], sights: Sight[]): void {
	const unread = asked.filter((_, place) => sights[place] === 'unread').map(({ id }) => id);
	if (unread.length === 0) return;
	const which = unread.length === 1 ? `Task ${unread[0]}` : `Tasks ${unread.join(', ')}`;
	const message = `${which} could not be read at this look: the service did not answer for it, or the login may not see it any more. The wait goes on.`;
	context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	logOnce(context, 'warn', message);
}

function countMiss(state: WaitState, why: string): void {
	state.missed += 1;
	state.missedWhy = why;
}

/** What is another task's number now must not be taken for the one that was found under it. */
const askedAgain = ({ asked, last }: WaitedTask): Asked =>
	last ? { ...asked, knownAs: last.id } : asked;

function miss(context: IExecuteFunctions, state: WaitState, error: unknown): null {
	if (isCredentialGone(error) || !(isPassing(error) || state.hasLooked)) throw error;
	const { message } = error as Error;
	countMiss(state, message);
	const level = isPassing(error) ? 'warn' : 'error';
	logOnce(context, level, `A look failed, and the wait goes on: ${message}`);
	return null;
}

/** What nobody can wait for. Found at the first look. */
function refuseUnaskable(
	context: IExecuteFunctions,
	{ decides, noun = 'Task' }: WaitDesk,
	{ requesterMayApprove }: WaitState,
	{ asked, item, last }: WaitedTask,
	sight: Sight,
): void {
	if (!isTask(sight) && sight !== 'unread') {
		throw fieldError(
			context.getNode(),
			`${noun} ${asked.id} was not found`,
			'Check its ID, and that the login of the credential may see it: only the login is asked.',
			item,
		);
	}
	if (!last || !decides || requesterMayApprove) return;
	const refusal = ownApproval(context.getNode(), last.requester, last.assignee, item);
	if (refusal) throw refusal;
}
