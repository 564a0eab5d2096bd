/** Which of a trigger's tasks are decided by now, and of which of those decisions n8n has stored no run. */
import type { IHookFunctions } from 'n8n-workflow';

import { withinDeadline } from '../shared/http/deadline';
import { triggerFieldsOf } from '../shared/items/fields/readFields';
import { forEachParallel } from '../shared/items/parallel';
import { eventsField } from '../shared/trigger/events';
import { eventId } from '../shared/trigger/taskEvent';
import { recall } from '../shared/trigger/triggerMemory';
import { findTask, listTasks, type AppmixerApi } from './api';
import { idOf, toTask } from './task';
import type { Task } from '../shared/task';

const PARALLEL = 5;
/** So many are asked for one by one: there may be thousands that are open. */
const FEW = 10;

/**
 * @param until when to stop, in milliseconds
 * @returns by ID; none when Appmixer cannot be asked, and without those that cannot be seen any more
 */
export async function decidedBy(
	until: number,
	api: AppmixerApi,
	taskIds: string[],
): Promise<Map<string, Task>> {
	const ms = Math.max(1, until - Date.now());
	return await withinDeadline(ms, undefined, async () => await decidedAmong(api, taskIds)).catch(
		(error: Error) => {
			const { logger } = api.context;
			logger.warn(`Appmixer was not asked whether watched tasks are decided: ${error.message}`);
			return new Map<string, Task>();
		},
	);
}

/** Of many it lists what is open first: few are decided at a time. */
async function decidedAmong(api: AppmixerApi, taskIds: string[]): Promise<Map<string, Task>> {
	const decided = new Map<string, Task>();
	const left = new Set(taskIds);
	for (const status of left.size > FEW ? ['pending', 'due'] : []) {
		for await (const task of listTasks(api, { filter: `status:${status}` })) {
			left.delete(idOf(task));
			if (left.size === 0) return decided;
		}
	}
	const failure = await forEachParallel([...left], PARALLEL, async (taskId) => {
		const raw = await findTask(api, taskId);
		const task = raw && toTask(raw);
		if (task?.decision) decided.set(taskId, task);
	});
	if (failure) throw failure;
	return decided;
}

/** Whether it has to start the workflow, and n8n has stored no run that it started. */
export function isUntold(context: IHookFunctions, task: Task): boolean {
	const status = String(task.status);
	const isWanted = triggerFieldsOf(context).words(eventsField).includes(status);
	// a status that was set by editing the task is no decision, and nobody is called about it
	const isDecision = task.decidedAt !== null;
	return isWanted && isDecision && !recall(context).seen.includes(eventId(task, status, 'webhook'));
}
