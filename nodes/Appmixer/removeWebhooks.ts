/** Removes webhooks that a trigger has registered, and knows which of them are left. */
import type { IHookFunctions } from 'n8n-workflow';

import type { Task } from '../shared/task';
import { withinDeadline } from '../shared/http/deadline';
import { forEachParallel } from '../shared/items/parallel';
import { recall, type Registration, type TriggerMemory } from '../shared/trigger/triggerMemory';
import { deleteWebhook, type AppmixerApi } from './api';
import { callsOver, isCalling } from './calls';
import { isUntold, lookAtTasks } from './decidedTasks';
import { workersFor } from './pace';
import { idsOf, merged } from './registrations';

/** Of one request that removes a webhook, from its first to its last byte. */
const REMOVAL_TIMEOUT = 20_000;
/** Of a registration that could not be removed: no URL fits it, and no call is taken for its own. */
const LEFT_OVER = { url: '', mark: '' };

/** Of a trigger that is published or unpublished. */
export interface WatchingApi extends AppmixerApi {
	context: IHookFunctions;
}

/**
 * Of a task that Appmixer calls about right now the registration is removed after that, and stays when the decision was
 * not taken.
 * @param until when to stop, in milliseconds: n8n does not wait for ever, and goes on unseen
 * @param isKept whether the registration of a task that was decided meanwhile stays
 * @returns the webhook ids that could not be removed, which are logged; their tasks stay registered with them.
 */
export async function remove(
	api: WatchingApi,
	memory: TriggerMemory,
	taskIds: string[],
	until: number,
	isKept: (task: Task) => boolean,
): Promise<string[]> {
	const left: string[] = [];
	await forEachParallel(idleFirst(api, taskIds), workersFor(taskIds.length), async (taskId) => {
		if (await isSpent(api, memory, taskId, until, isKept)) return;
		const known = memory.registrations[taskId];
		const failed = await removeAll(api, idsOf(known), until);
		left.push(...failed);
		const id = failed.pop();
		if (id === undefined) delete memory.registrations[taskId];
		// it may be gone all the same: remembered to be removed, and for nothing else
		else memory.registrations[taskId] = { ...LEFT_OVER, id, status: known.status, earlier: failed };
	});
	tellLeft(api.context, left);
	return left;
}

/** Leaves the newest registration of each task; those that could not be removed are logged, and stay known. */
export async function removeEarlier(
	api: WatchingApi,
	memory: TriggerMemory,
	taskIds: string[],
	until: number,
): Promise<void> {
	const left: string[] = [];
	await forEachParallel(idleFirst(api, taskIds), workersFor(taskIds.length), async (taskId) => {
		const isKept = (task: Task) => isUntold(api.context, task);
		if (await isSpent(api, memory, taskId, until, isKept)) return;
		const { [taskId]: known } = memory.registrations;
		known.earlier = await removeAll(api, known.earlier ?? [], until);
		left.push(...known.earlier);
	});
	tellLeft(api.context, left);
}

/** n8n may hold back the answers to calls, as it does at its limit of concurrent runs: nobody else waits for them. */
const idleFirst = ({ context }: WatchingApi, taskIds: string[]) =>
	[...taskIds].sort((a, b) => Number(isCalling(context, a)) - Number(isCalling(context, b)));

/**
 * Waits for calls about the task, and brings what is remembered of it up to what they have changed.
 * @returns whether there is nothing to remove: the decision was taken, which uses all of them up, or will be sent again
 */
async function isSpent(
	api: WatchingApi,
	{ registrations }: TriggerMemory,
	taskId: string,
	until: number,
	isKept: (task: Task) => boolean,
): Promise<boolean> {
	const { context } = api;
	if (!isCalling(context, taskId)) return false;
	const then = recall(context).registrations[taskId] as Registration | undefined;
	if (!(await callsOver(context, taskId, until))) return false;
	const now = recall(context).registrations[taskId] as Registration | undefined;
	if (then && !now) {
		// what publishing has registered during the call is for a decided task, and would be pending for ever
		const failed = await removeAll(api, idsOf(registrations[taskId]), until);
		tellLeft(context, failed);
		delete registrations[taskId];
		return true;
	}
	registrations[taskId] = merged(registrations[taskId], now);
	const { decided } = await lookAtTasks(until, api, [taskId]);
	const task = decided.get(taskId);
	return task !== undefined && isKept(task);
}

/** Nobody can list them. */
export function tellLeft({ logger }: Pick<IHookFunctions, 'logger'>, webhookIds: string[]): void {
	if (webhookIds.length === 0) return;
	logger.error(`Appmixer webhooks left on the server: ${webhookIds.join(', ')}`);
}

/** @returns those that could not be removed by then. */
async function removeAll(api: AppmixerApi, webhookIds: string[], until: number): Promise<string[]> {
	const left: string[] = [];
	for (const id of webhookIds) {
		const time = until - Date.now();
		try {
			if (time > 0) await removeWithin(time, api, id);
			else left.push(id);
		} catch (error) {
			const { message } = error as Error;
			api.context.logger.error(`Appmixer webhook ${id} not removed: ${message}`);
			left.push(id);
		}
	}
	return left;
}

/** A request of less than half a minute is closed when its time is over; there may be two of them. */
const removeWithin = async (ms: number, api: AppmixerApi, webhookId: string) =>
	await withinDeadline(
		ms,
		undefined,
		async () => await deleteWebhook({ ...api, timeout: Math.min(ms, REMOVAL_TIMEOUT) }, webhookId),
	);
