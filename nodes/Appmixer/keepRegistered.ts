/** What a webhook trigger does so that a task that is due is heard of again: Appmixer calls each registration once. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { markOf, newMark, signedUrl, urlFingerprint } from '../shared/trigger/callbackToken';
import type { Task } from '../shared/task';
import {
	persist,
	recall,
	type Registration,
	type TriggerMemory,
} from '../shared/trigger/triggerMemory';
import { registerAgain } from './callback';

/** So many a registration remembers: a task that is due again and again has one more each time. */
const MOST = 10;

/**
 * The call that just came in has used up its registration, and a task that is due can still be decided. When it is sent
 * again, because n8n could not store its run, the registration made for the first try is pending, or has called after it
 * and led to another one. No other is relied on: another process may be taking its call now, relying on this one.
 * @returns whether it was registered again
 */
export async function keepRegistered(
	context: IWebhookFunctions,
	task: Task,
	memory: TriggerMemory,
	key: string,
): Promise<boolean> {
	const url = memory.url || String(context.getNodeWebhookUrl('default'));
	const fingerprint = urlFingerprint(signedUrl(url, key, task.id));
	const known = memory.registrations[task.id];
	const caller = callerOf(context);
	if (known?.url === fingerprint && known.answers?.includes(caller)) return false;
	const mark = newMark();
	// it is made after the calls that the known one was made after, too
	const answers = [...(known?.answers ?? []), caller].slice(-MOST);
	const status = String(task.status);
	const made = (id: string) => ({ id, status, url: fingerprint, mark, answers, at: Date.now() });
	const signed = signedUrl(url, key, task.id, mark);
	const onLate = (id: string) => remember(context, task.id, made(id));
	remember(context, task.id, made(await registerAgain(context, task.id, signed, onLate)));
	return true;
}

/**
 * At once: whoever called may have hung up, and it has to be removed one day. So has the known one: it may be pending,
 * when it is another one that has called, or be called again, when n8n cannot store the run.
 */
function remember(context: IWebhookFunctions, taskId: string, registered: Registration): void {
	const memory = recall(context);
	const known = memory.registrations[taskId] as Registration | undefined;
	const earlier = [...(known?.earlier ?? []), ...(known ? [known.id] : [])].slice(-MOST);
	memory.registrations[taskId] = { ...registered, earlier };
	persist(context, memory);
	context.logger.info(`Task ${taskId} is due, its next call is registered as ${registered.id}`);
}

/** The mark of the registration whose call this is; '' when publishing or another node made it. */
const callerOf = (context: IWebhookFunctions) => String(markOf(context.getQueryData()) ?? '');
