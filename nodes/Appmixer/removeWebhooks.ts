/** Removes webhooks that a trigger has registered, and knows which of them are left. */
import type { IHookFunctions } from 'n8n-workflow';

import { withinDeadline } from '../shared/http/deadline';
import { forEachParallel } from '../shared/items/parallel';
import type { Registration, TriggerMemory } from '../shared/trigger/triggerMemory';
import { deleteWebhook, type AppmixerApi } from './api';

/** Of one request that removes a webhook, from its first to its last byte. */
const REMOVAL_TIMEOUT = 20_000;
const PARALLEL = 5;
/** Of a registration that could not be removed: no URL fits it, and no call is taken for its own. */
const LEFT_OVER = { url: '', mark: '' };

/** Of all that may be pending. */
export const idsOf = (known?: Registration) => (known ? [...(known.earlier ?? []), known.id] : []);

/**
 * @param until when to stop, in milliseconds: n8n does not wait for ever, and goes on unseen
 * @returns the webhook ids that could not be removed, which are logged; their tasks stay registered with them.
 */
export async function remove(
	api: AppmixerApi,
	memory: TriggerMemory,
	taskIds: string[],
	until: number,
): Promise<string[]> {
	const left: string[] = [];
	await forEachParallel(taskIds, PARALLEL, async (taskId) => {
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
	api: AppmixerApi,
	{ registrations }: TriggerMemory,
	taskIds: string[],
	until: number,
): Promise<void> {
	const left: string[] = [];
	await forEachParallel(taskIds, PARALLEL, async (taskId) => {
		const earlier = await removeAll(api, registrations[taskId].earlier ?? [], until);
		left.push(...earlier);
		registrations[taskId].earlier = earlier;
	});
	tellLeft(api.context, left);
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
