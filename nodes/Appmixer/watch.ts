import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isLoopback } from '../shared/http/baseUrl';
import { signedUrl, urlFingerprint } from '../shared/trigger/callbackToken';
import { fieldError } from '../shared/http/nodeErrors';
import { triggerFieldsOf } from '../shared/items/fields/readFields';
import { forEachParallel } from '../shared/items/parallel';
import { readEvents } from '../shared/trigger/events';
import {
	openMemory,
	persist,
	recall,
	release,
	triggerName,
	type TriggerMemory,
} from '../shared/trigger/triggerMemory';
import { CREDENTIAL, openApi, registerWebhook, serviceUrl } from './api';
import { idsOf, remove, removeEarlier, tellLeft } from './removeWebhooks';
import { idOf } from './task';
import { tasksToWatch, tooMany } from './watchedTasks';

/** Milliseconds after which n8n gives up an activation and lets it run on unseen. */
const GIVEN_UP = 84_000;
/** For registering, and for unpublishing. */
const BUDGET = 60_000;
/** From the beginning of a publishing that fails: what it registered is taken back by then, or kept and named. */
const UNDO_BUDGET = 75_000;
const PARALLEL = 5;

/** By trigger: when a publishing that failed began. n8n unpublishes it at once, within the same 84 seconds. */
const failedSince = new Map<string, number>();

/**
 * Registers a callback for every task to watch, and removes what was registered before.
 * @throws after removing what it added itself, with the task that could not be registered.
 */
export async function startWatching(context: IHookFunctions): Promise<void> {
	// what cannot be used is refused here: a callback has nobody to tell
	const fields = triggerFieldsOf(context);
	fields.simple();
	readEvents(fields);
	const memory = openMemory(context);
	await refuseUnreachable(context, memory.url);
	const began = Date.now();
	const deadline = began + BUDGET;
	const api = await openApi(context);
	const tasks = await tasksToWatch(api, context);
	const key = await signingKey(context, memory);

	// what is known is not trusted: its removal may have been carried out without anybody knowing
	const added: string[] = [];
	const failure = await forEachParallel(tasks, PARALLEL, async (task) => {
		const taskId = idOf(task);
		if (Date.now() > deadline) throw tooMany(context, tasks.length);
		const url = signedUrl(memory.url, key, taskId);
		const { id } = await registerWebhook(api, taskId, url);
		const status = String(task.status);
		const earlier = idsOf(memory.registrations[taskId]);
		memory.registrations[taskId] = {
			id,
			status,
			url: urlFingerprint(url),
			at: Date.now(),
			earlier,
		};
		added.push(taskId);
	});
	if (failure) {
		failedSince.set(triggerName(context), began);
		await remove(api, memory, added, began + UNDO_BUDGET);
		persist(context, memory);
		throw fieldError(
			context.getNode(),
			failure.message,
			`${String((failure as IDataObject & Error).description ?? '')} Nothing is watched; publish again.`.trim(),
		);
	}
	const wanted = new Set(tasks.map(idOf));
	await remove(
		api,
		memory,
		Object.keys(memory.registrations).filter((id) => !wanted.has(id)),
		deadline,
	);
	await removeEarlier(api, memory, added, deadline);
	failedSince.delete(triggerName(context));
	persist(context, memory);
}

/**
 * Removes every callback this trigger registered and that has not fired. One that is gone counts as removed.
 * @throws UserError naming what is left; n8n goes on unpublishing.
 */
export async function stopWatching(context: IHookFunctions): Promise<void> {
	const memory = recall(context);
	const left: string[] = [];
	try {
		const ids = Object.keys(memory.registrations);
		const until = unpublishedBy(triggerName(context));
		if (ids.length > 0) left.push(...(await remove(await openApi(context), memory, ids, until)));
	} catch (error) {
		context.logger.error(`Appmixer webhooks not removed: ${(error as Error).message}`);
		left.push(...Object.values(memory.registrations).flatMap(idsOf));
		tellLeft(context, left);
	}
	release(context, memory);
	if (left.length === 0) return;
	throw new UserError(
		`These Appmixer webhooks could not be removed: ${left.join(', ')}. Their calls are refused from now on. Delete them with Webhook → Delete.`,
	);
}

/** Right after a publishing that failed n8n waits for both of them together. */
function unpublishedBy(name: string): number {
	const began = failedSince.get(name) ?? 0;
	failedSince.delete(name);
	return Date.now() < began + GIVEN_UP ? began + UNDO_BUDGET : Date.now() + BUDGET;
}

/** The key that signs callback URLs: the credential's Callback Secret, or this trigger's own. */
export async function signingKey(
	context: Pick<IHookFunctions, 'getCredentials'>,
	memory: Pick<TriggerMemory, 'key'>,
): Promise<string> {
	const { callbackSecret } = await context.getCredentials(CREDENTIAL);
	return typeof callbackSecret === 'string' && callbackSecret !== '' ? callbackSecret : memory.key;
}

async function refuseUnreachable(context: IHookFunctions, url: string): Promise<void> {
	if (!isLoopback(url) || isLoopback(await serviceUrl(context))) return;
	throw fieldError(
		context.getNode(),
		`Appmixer cannot call ${new URL(url).origin}: it is valid on this machine only`,
		'Set WEBHOOK_URL of n8n to an address that Appmixer can reach, or use the Appmixer People Task Polling Trigger.',
	);
}
