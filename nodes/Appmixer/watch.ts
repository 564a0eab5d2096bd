import type { IDataObject, IHookFunctions } from 'n8n-workflow';

import { isLoopback } from '../shared/http/baseUrl';
import type { Task } from '../shared/task';
import { signedUrl, urlFingerprint } from '../shared/trigger/callbackToken';
import { fieldError } from '../shared/http/nodeErrors';
import { triggerFieldsOf } from '../shared/items/fields/readFields';
import { forEachParallel } from '../shared/items/parallel';
import { readEvents } from '../shared/trigger/events';
import {
	openMemory,
	persist,
	triggerName,
	type TriggerMemory,
} from '../shared/trigger/triggerMemory';
import { CREDENTIAL, registerWebhook, serviceUrl } from './api';
import { isUntold, lookAtTasks } from './decidedTasks';
import { addWhatCame, allIdsOf, idsOf } from './registrations';
import { openPace, workersFor } from './pace';
import { remove, removeEarlier } from './removeWebhooks';
import { idOf } from './task';
import { BUDGET, failedSince, UNDO_BUDGET } from './unwatch';
import { listedBy, tooManyFor } from './watchedTasks';

/** Milliseconds, of one request. */
const REGISTER_TIMEOUT = 20_000;

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
	const { api, tasks } = await listedBy(deadline, context);
	const key = await signingKey(context, memory);

	const known = allIdsOf(memory);
	// what is known is not trusted: its removal may have been carried out without anybody knowing
	const added = new Map<string, unknown>();
	const endsInTime = openPace(tasks.length, deadline);
	const failure = await forEachParallel(tasks, workersFor(tasks.length), async (task) => {
		const taskId = idOf(task);
		const tooLate = () => tooManyFor(context, tasks.length, added.size);
		if (!endsInTime(added.size)) throw tooLate();
		const url = signedUrl(memory.url, key, taskId);
		// a request of less than half a minute is closed when its time is over
		const timeout = Math.min(deadline - Date.now(), REGISTER_TIMEOUT);
		const { id, created } = await registerWebhook({ ...api, timeout }, taskId, url).catch(
			async (error: unknown) => await Promise.reject(Date.now() < deadline ? error : tooLate()),
		);
		const status = String(task.status);
		const earlier = idsOf(memory.registrations[taskId]);
		memory.registrations[taskId] = {
			id,
			status,
			url: urlFingerprint(url),
			at: Date.now(),
			earlier,
		};
		added.set(taskId, created);
	});
	if (failure) {
		failedSince.set(triggerName(context), began);
		await remove(api, memory, [...added.keys()], began + UNDO_BUDGET, () => false);
		persist(context, memory);
		throw fieldError(
			context.getNode(),
			failure.message,
			`${String((failure as IDataObject & Error).description ?? '')} Nothing is watched; publish again.`.trim(),
		);
	}
	const ids = Object.keys(memory.registrations);
	const { decided, unknown } = await lookAtTasks(deadline, api, ids);
	const untold = [...decided.values()].filter((task) => isUntold(context, task));
	const isHeard = (task: Task) => {
		const { url, earlier = [] } = memory.registrations[task.id];
		// one that was made before may have been called already, and is called again
		const isCalled = !(decidedAfter(task, added) < 0) || earlier.length > 0;
		return isCalled && url === urlFingerprint(signedUrl(memory.url, key, task.id));
	};
	const keptIds = new Set(untold.filter(isHeard).map(({ id }) => id));
	tellPassed(
		context,
		untold.filter((task) => !(decidedAfter(task, added) > 0) || !keptIds.has(task.id)),
	);
	const isKept = (taskId: string) =>
		keptIds.has(taskId) || (unknown.has(taskId) && !added.has(taskId));
	const isWatched = (taskId: string) => added.has(taskId) && !decided.has(taskId);
	const gone = ids.filter((taskId) => !isWatched(taskId) && !isKept(taskId));
	await remove(api, memory, gone, deadline, (task) => isUntold(context, task) && isHeard(task));
	await removeEarlier(api, memory, ids.filter(isWatched), deadline);
	failedSince.delete(triggerName(context));
	addWhatCame(context, memory, known);
	persist(context, memory);
}

/**
 * By Appmixer's own times, in milliseconds. 0 may be either; a registration that was not made while publishing was there
 * before.
 */
const decidedAfter = ({ id, decidedAt }: Task, added: Map<string, unknown>) =>
	added.has(id) ? Date.parse(String(decidedAt)) - Date.parse(String(added.get(id))) : Infinity;

/** Publishing cannot start a run, and Appmixer does not call about a decision that was there before the webhook. */
function tellPassed({ logger }: IHookFunctions, passed: Task[]): void {
	if (passed.length === 0) return;
	const tasks = passed.map(({ id, decision }) => `${id} (${decision})`).join(', ');
	logger.warn(
		`Decided while n8n was not listening: ${tasks}. Perhaps no run was started for them: look under Executions, and where there is none carry the decision out by hand.`,
	);
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
