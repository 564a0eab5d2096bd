/** Which of a trigger's tasks are decided by now, and of which of those decisions n8n has stored no run. */
import type { IHookFunctions } from 'n8n-workflow';

import { withinDeadline } from '../shared/http/deadline';
import { triggerFieldsOf } from '../shared/items/fields/readFields';
import { forEachParallel } from '../shared/items/parallel';
import { eventsField } from '../shared/trigger/events';
import { eventId } from '../shared/trigger/taskEvent';
import { recall } from '../shared/trigger/triggerMemory';
import { findAgain, listTasks, type AppmixerApi } from './api';
import { workersFor } from './pace';
import { idOf, toTask } from './task';
import type { Task } from '../shared/task';

/** So many are asked for one by one: there may be thousands that are open. */
const FEW = 100;
/** Milliseconds at most, and no more than this part of what is left: removing needs the most of it. */
const LONGEST = 15_000;
const PART = 0.25;
const NAMED = 20;

export interface Looked {
	/** By ID, without those that are not to be seen any more. */
	decided: Map<string, Task>;
	/** Of which Appmixer has said nothing. */
	unknown: Set<string>;
}

/** @param until when all has to be done, in milliseconds: a part of that is for looking */
export async function lookAtTasks(
	until: number,
	api: AppmixerApi,
	taskIds: string[],
): Promise<Looked> {
	const looked: Looked = { decided: new Map(), unknown: new Set(taskIds) };
	const began = Date.now();
	const ms = Math.max(1, Math.ceil(Math.min(LONGEST, (until - began) * PART)));
	const isLate = () => Date.now() > began + ms;
	let why = 'no time was left';
	await withinDeadline(ms, undefined, async () => await look(api, looked, isLate)).catch(
		(error: Error) => (why = error.message),
	);
	// requests that are under way may still be answered
	const { decided, unknown } = {
		decided: new Map(looked.decided),
		unknown: new Set(looked.unknown),
	};
	if (unknown.size > 0) {
		const names = [...unknown].slice(0, NAMED).join(', ');
		api.context.logger.warn(
			`It is not known whether ${unknown.size} watched tasks are decided (${why}): ${names}`,
		);
	}
	return { decided, unknown };
}

/** Of many it lists what is open first: few are decided at a time. */
async function look(
	api: AppmixerApi,
	{ decided, unknown }: Looked,
	isLate: () => boolean,
): Promise<void> {
	for (const status of unknown.size > FEW ? ['pending', 'due'] : []) {
		for await (const task of listTasks(api, { filter: `status:${status}` })) {
			unknown.delete(idOf(task));
			if (unknown.size === 0 || isLate()) return;
		}
	}
	const failure = await forEachParallel([...unknown], workersFor(unknown.size), async (taskId) => {
		if (isLate()) return;
		const raw = await findAgain(api, taskId);
		const task = raw && toTask(raw);
		if (task?.decision) decided.set(taskId, task);
		unknown.delete(taskId);
	});
	if (failure) throw failure;
}

/** Whether it has to start the workflow, and n8n has stored no run that it started. */
export function isUntold(context: IHookFunctions, task: Task): boolean {
	const status = String(task.status);
	const isWanted = triggerFieldsOf(context).words(eventsField).includes(status);
	// a status that was set by editing the task is no decision, and nobody is called about it
	const isDecision = task.decidedAt !== null;
	return isWanted && isDecision && !recall(context).seen.includes(eventId(task, status, 'webhook'));
}
