/**
 * Waits until every task has its answer, or for the limit (gates.md §2). It looks at the service, parks the run, and
 * comes back by the wire from its first output; everything leaves at once, and only once.
 */
import { randomUUID } from 'node:crypto';

import { deepCopy, sleep, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { toInputError } from '../http/nodeErrors';
import { beginWait } from './beginWait';
import { noteInExecution } from './customData';
import { comingIn, hasLeft, leaveOnce, refuseTooFast } from './comeBack';
import type { WaitDesk } from './desk';
import { groupItem, onOutputs } from './groupOutput';
import { judge } from './judge';
import { answeredBy, failedWait, filesOf, notesOf, pairWithSource } from './leaving';
import { wayBack } from './loopWire';
import { parkAgain } from './parkAgain';
import type { Outcome } from './parking';
import { readOpen } from './readOpen';
import { refuseWrongWire, refuseSettings, tellExecuteStep, tellMissed } from './waitSettings';
import { tellTwice } from './tellTwice';
import { isRegistry, removeAll } from './wakeUps';
import { forgetState, hasOutcome, type WaitState } from './waitState';

/** Wake-ups that come in such a time are one. */
const TOGETHER = 5000;

export async function waitForDecisions(
	context: IExecuteFunctions,
	desk: WaitDesk,
): Promise<INodeExecutionData[][]> {
	let known: { id: string; state: WaitState } | undefined;
	try {
		refuseSettings(context);
		const way = wayBack(context);
		const round = comingIn(context, way);
		if (round === 'left') return endedBefore(context, desk);
		if (round === 'old') return onOutputs(desk.decides, []);
		if (round === 'ended') return endedOnce(context, desk);
		if (round === 'new') {
			refuseWrongWire(context, way);
			tellExecuteStep(context);
			known = { id: randomUUID(), state: beginWait(context, desk, way?.nodes ?? null) };
			return await look(context, desk, known.id, known.state);
		}
		const { id, isWoken } = round;
		known = { id, state: deepCopy(round.state) };
		refuseTooFast(context, round);
		if (isWoken) await settle(desk, known.state);
		return await look(context, desk, id, known.state, isWoken);
	} catch (error) {
		const failure = toInputError(context.getNode(), error);
		if (known && isRegistry(desk.wakeUps))
			await removeAll(context, desk.wakeUps, known.state.tasks);
		if (!context.continueOnFail()) throw failure;
		if (known && !leaveOnce(known.id)) return endedBefore(context, desk);
		if (known) forgetState(context, known.id);
		return failedWait(context, desk.decides, failure, known?.state);
	}
}

/** Nothing leaves, not even as a failure: what is behind the outputs was run already. */
function endedBefore(context: IExecuteFunctions, desk: WaitDesk): INodeExecutionData[][] {
	const error = hasLeft(context);
	if (!context.continueOnFail()) throw error;
	context.logger.error(`Node "${context.getNode().name}": ${error.message}. ${error.description}`);
	return onOutputs(desk.decides, []);
}

/** Thrown or handed on, it would come straight back, without an end. */
function endedOnce(context: IExecuteFunctions, desk: WaitDesk): INodeExecutionData[][] {
	context.logger.error(
		`Node "${context.getNode().name}": what has left by another output than Check Again came straight back, and is not waited for again.`,
	);
	return onOutputs(desk.decides, []);
}

/** After a wake-up: the service saves once it was answered, and several people may answer at once. */
async function settle({ wakeUps }: WaitDesk, state: WaitState): Promise<void> {
	state.woken += 1;
	const sinceLook = Date.now() - state.parkedAt;
	await sleep(Math.max(wakeUps?.settle ?? 0, Math.min(TOGETHER, TOGETHER - sinceLook)));
}

async function look(
	context: IExecuteFunctions,
	desk: WaitDesk,
	id: string,
	state: WaitState,
	isWoken = false,
): Promise<INodeExecutionData[][]> {
	const startedAt = Date.now();
	const { hasLooked } = state;
	await readOpen(context, desk, state);
	tellMissed(context, state);
	if (!hasLooked && state.hasLooked) tellTwice(context, state);
	const judging = { decides: desk.decides, deadline: state.plan.deadline, now: startedAt };
	for (const group of state.groups) group.outcome ??= judge(group, state.tasks, judging);
	if (state.groups.every(hasOutcome)) return await leave(context, desk, id, state);
	return await parkAgain(context, desk, id, state, isWoken);
}

async function leave(
	context: IExecuteFunctions,
	desk: WaitDesk,
	id: string,
	state: WaitState,
): Promise<INodeExecutionData[][]> {
	if (isRegistry(desk.wakeUps)) await removeAll(context, desk.wakeUps, state.tasks);
	const items: Array<{ outcome: Outcome; item: INodeExecutionData }> = [];
	for (const group of state.groups.filter(hasOutcome)) {
		const { outcome } = group;
		const by = await answeredBy(context, desk, state, group);
		const tasks = group.tasks.map((place) => state.tasks[place]);
		const binary = filesOf(context, state, tasks);
		items.push({
			outcome,
			item: groupItem(group, state.tasks, { decides: desk.decides, by }, binary),
		});
	}
	if (!leaveOnce(id)) return endedBefore(context, desk);
	noteInExecution(context, {
		...notesOf(state.tasks),
		outcome: [...new Set(items.map(({ outcome }) => outcome))].join(', '),
	});
	forgetState(context, id);
	pairWithSource(context, state);
	return onOutputs(desk.decides, items);
}
