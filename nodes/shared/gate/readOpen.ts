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
	const now = Date.now();
	for (const [index, place] of places.entries()) {
		const sight = looked.sights[index];
		const known = { ...state.tasks[place], ...(looked.asked && { asked: looked.asked[index] }) };
		const task = seen(known, sight, now, state);
		if (!known.question) refuseUnaskable(context, desk, state, task, sight);
		state.tasks[place] = task;
	}
	// one task under two of its IDs
	refuseTwice(context, state.groups, state.tasks, ({ last }) => last?.id);
	state.how = looked.how;
	state.hasLooked = true;
}

/** What is another task's number now must not be taken for the one that was found under it. */
const askedAgain = ({ asked, last }: WaitedTask): Asked =>
	last ? { ...asked, knownAs: last.id } : asked;

function miss(context: IExecuteFunctions, state: WaitState, error: unknown): null {
	if (isCredentialGone(error) || !(isPassing(error) || state.hasLooked)) throw error;
	const { message } = error as Error;
	state.missed += 1;
	state.missedWhy = message;
	const level = isPassing(error) ? 'warn' : 'error';
	logOnce(context, level, `A look failed, and the wait goes on: ${message}`);
	return null;
}

/** What nobody can wait for. Found when a task is seen for the first time. */
function refuseUnaskable(
	context: IExecuteFunctions,
	{ decides, noun = 'Task' }: WaitDesk,
	{ hasLooked, requesterMayApprove }: WaitState,
	{ asked, item, last }: WaitedTask,
	sight: Sight,
): void {
	if (!isTask(sight) && sight !== 'unread' && !hasLooked) {
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
