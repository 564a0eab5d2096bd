import { sleep, type IDataObject, type IWebhookFunctions } from 'n8n-workflow';

import { readEach } from '../shared/gate/readEach';
import type { Sight } from '../shared/gate/sight';
import { findTask, registerWebhook, reopenApi, type AppmixerApi } from './api';
import { fieldError } from '../shared/http/nodeErrors';
import { noteSecrets } from '../shared/http/secretsOf';
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

/** Milliseconds for each request while calls are taken. */
const READ_TIMEOUT = 10_000;

/** Reads tasks as lists show them, with the login or the secret that the node has for reading. */
export async function readTasksAgain(
	context: IWebhookFunctions,
	taskIds: string[],
): Promise<Sight[]> {
	const api = await reopenApi(context, READ_TIMEOUT);
	// of several people one secret shows one
	const secret = taskIds.length === 1 ? secretOf(context) : undefined;
	const read = async ({ id }: { id: string }) => {
		const task = await findTask(api, id, secret);
		return task && toTask(task);
	};
	return await readEach(
		taskIds.map((id) => ({ id })),
		read,
		'missing',
	);
}

/** Parked, the item that an expression looks at is another one: then there is no secret. */
function secretOf(context: IWebhookFunctions): string | undefined {
	try {
		const secret: unknown = context.getNodeParameter('options.secret', '');
		noteSecrets(context, [secret]);
		return typeof secret === 'string' && secret !== '' ? secret : undefined;
	} catch {
		return undefined;
	}
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
