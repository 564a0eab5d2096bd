import { sleep, type IDataObject } from 'n8n-workflow';

import { registerWebhook, reopenApi, type AppmixerApi } from './api';
import { fieldError } from '../shared/http/nodeErrors';
import type { ApiContext } from '../shared/http/transport';
import type { Task } from '../shared/task';
import { idOf, isKnownStatus, toTask } from './task';

/** A slow answer to "due" would let Appmixer overwrite a decision made meanwhile. */
const REGISTER_TIMEOUT = 5000;

/** The task in a callback's body; `null` when it is none, or in a status nobody has heard of. */
export function readCallbackTask(body: IDataObject): Task | null {
	if (idOf(body) === '' || !Object.hasOwn(body, 'status') || !isKnownStatus(body.status))
		return null;
	return toTask(body);
}

export const isDue = (task: Task) => task.status === 'due';

/**
 * Appmixer calls a receiver once. Registers it again, in five seconds at most.
 * @param onLate is given the webhook's id when it was registered all the same after that
 * @returns the webhook's id
 */
export async function registerAgain(
	context: ApiContext,
	taskId: string,
	url: string,
	onLate?: (id: string) => void,
): Promise<string> {
	let isLate = false;
	const register = async () => {
		const api = await reopenApi(context, REGISTER_TIMEOUT);
		const { id } = await registerWebhook(api, taskId, url);
		if (isLate) onLate?.(id);
		return id;
	};
	const giveUp = async () => {
		await sleep(REGISTER_TIMEOUT);
		isLate = true;
		throw fieldError(context.getNode(), `Task ${taskId} was not registered again in time`, '');
	};
	return await Promise.race([register(), giveUp()]);
}

const REGISTER_TRIES = 3;

/**
 * Registers a receiver for a task that exists already, trying three times: giving up would leave a person asked and
 * nobody listening. Registered twice is harmless, the second call is for a task that is decided.
 * @returns the webhook's id
 */
export async function registerPatiently(
	api: AppmixerApi,
	taskId: string,
	url: string,
): Promise<string> {
	for (let attempt = 1; ; attempt++) {
		try {
			return (await registerWebhook(api, taskId, url)).id;
		} catch (error) {
			if (attempt < REGISTER_TRIES) await sleep(1000 * attempt);
			else
				throw fieldError(
					api.context.getNode(),
					(error as Error).message,
					String((error as IDataObject).description ?? ''),
				);
		}
	}
}
