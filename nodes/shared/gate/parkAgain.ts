/** Parks a wait until its next look: the state is kept, and its ID goes round by the wire. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { sleepUntil, wokeAt } from './clock';
import { noteInExecution } from './customData';
import type { WaitDesk } from './desk';
import { notesOf } from './leaving';
import { MINUTE, nextLook } from './looks';
import { openPlaces } from './readOpen';
import { keepState, type WaitState } from './waitState';
import { isRegistry, keepRegistered } from './wakeUps';

/** Looks by wake-ups: so many, and so many more for each task. Beyond them only the clock wakes the run. */
const WOKEN = { any: 20, each: 5 };
/** Between two looks that nobody has woken; what comes back sooner is taken for a wrong wire. */
const LEAST = 5000;
/** @returns what `execute` must return */
export async function parkAgain(
	context: IExecuteFunctions,
	{ wakeUps }: WaitDesk,
	id: string,
	state: WaitState,
	isWoken: boolean,
): Promise<INodeExecutionData[][]> {
	const open = openPlaces(state).map((place) => state.tasks[place]);
	const isWanted = isRegistry(wakeUps) && state.settings.wakeUps !== false;
	const webhookIds = isWanted ? await keepRegistered(context, wakeUps, state, open) : [];
	const isDeaf = state.woken >= WOKEN.any + WOKEN.each * state.tasks.length;
	state.round += 1;
	state.parkedAt = Date.now();
	// n8n does not take a look's timer back: it may come yet, also that of a wait before this one, in a loop
	const timers = [state.timerAt, wokeAt(context)].filter((time) => time !== undefined);
	const mayCome = isWoken || state.round === 1;
	state.timerAt = mayCome && timers.length > 0 ? Math.min(...timers) : undefined;
	const parked: INodeExecutionData = {
		json: {
			wait: id,
			round: state.round,
			...(isDeaf && { isDeaf }),
			// who stops the run by hand can delete them: the service would call for ever (F15)
			...(webhookIds.length > 0 && { webhookIds }),
		},
		pairedItem: { item: 0 },
	};
	if (state.round === 1) noteInExecution(context, notesOf(state.tasks));
	keepState(context, id, state);
	context.getExecuteData().data.main = [[parked]];
	const next = nextLook(state.plan, state.parkedAt);
	// n8n answers 409 to who calls during a look: after one that was woken, another comes soon
	const soon = isWoken ? state.parkedAt + MINUTE : Infinity;
	// a deadline that is there already, or nearly, would let n8n come back at once
	const earliest = state.parkedAt + LEAST;
	await sleepUntil(context, new Date(Math.max(Math.min(next, soon), earliest)));
	return [[parked]];
}
