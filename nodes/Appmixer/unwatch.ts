/** Unpublishing a webhook trigger. */
import type { IHookFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { withinDeadline } from '../shared/http/deadline';
import type { Task } from '../shared/task';
import { recall, release, triggerName, type TriggerMemory } from '../shared/trigger/triggerMemory';
import { openApi } from './api';
import { isUntold, lookAtTasks } from './decidedTasks';
import { addWhatCame, allIdsOf } from './registrations';
import { remove, tellLeft } from './removeWebhooks';

/** Milliseconds after which n8n gives up an activation and lets it run on unseen. */
const GIVEN_UP = 84_000;
/** For registering, and for unpublishing. */
export const BUDGET = 60_000;
/** From the beginning of a publishing that fails: what it registered is taken back by then, or kept and named. */
export const UNDO_BUDGET = 75_000;

/** By trigger: when a publishing that failed began. n8n unpublishes it at once, within the same 84 seconds. */
export const failedSince = new Map<string, number>();

/**
 * Removes every callback this trigger registered and that has not fired. One that is gone counts as removed. One whose
 * decision n8n could not store stays: Appmixer calls again, and the workflow may be published again by then.
 * @throws UserError naming what is left; n8n goes on unpublishing.
 */
export async function stopWatching(context: IHookFunctions): Promise<void> {
	const memory = recall(context);
	let left: string[];
	try {
		left = await removeNeedless(context, memory);
	} catch (error) {
		context.logger.error(`Appmixer webhooks not removed: ${(error as Error).message}`);
		left = allIdsOf(memory);
		tellLeft(context, left);
	}
	release(context, memory);
	if (left.length === 0) return;
	throw new UserError(
		`These Appmixer webhooks could not be removed: ${left.join(', ')}. Their calls are refused from now on. Delete them with Webhook → Delete.`,
	);
}

/** @returns the webhook ids that could not be removed. */
async function removeNeedless(context: IHookFunctions, memory: TriggerMemory): Promise<string[]> {
	const taskIds = Object.keys(memory.registrations);
	const until = unpublishedBy(triggerName(context));
	if (taskIds.length === 0) return [];
	const known = allIdsOf(memory);
	const time = Math.max(1, until - Date.now());
	const opening = async () => await openApi(context);
	const api = { ...(await withinDeadline(time, undefined, opening)), context };
	const isTest = context.getWorkflowStaticData('node').test === true;
	const { decided } = await lookAtTasks(until, api, taskIds);
	const isKept = (task: Task) => !isTest && isUntold(context, task);
	const needless = taskIds.filter((taskId) => {
		const task = decided.get(taskId);
		return task === undefined || !isKept(task);
	});
	const late = await remove(api, memory, needless, until, isKept);
	const came = await remove(api, memory, addWhatCame(context, memory, known), until, isKept);
	const left = [...late, ...came];
	tellKept(context, memory, left);
	return left;
}

function tellKept({ logger }: IHookFunctions, { registrations }: TriggerMemory, left: string[]) {
	const ids = new Set(left);
	for (const [taskId, { id }] of Object.entries(registrations)) {
		if (ids.has(id)) continue;
		logger.warn(
			`Task ${taskId} is decided, and no run is known that it has started: Appmixer calls again, and is heard when the workflow is published by then. If it never is, delete webhook ${id} with Webhook → Delete.`,
		);
	}
}

/** Right after a publishing that failed n8n waits for both of them together. */
function unpublishedBy(name: string): number {
	const began = failedSince.get(name) ?? 0;
	failedSince.delete(name);
	return Date.now() < began + GIVEN_UP ? began + UNDO_BUDGET : Date.now() + BUDGET;
}
