import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { answer, readCallbackBody } from '../shared/gate/callbackBody';
import { logOnce, notTaken, refuseBody } from '../shared/gate/notTaken';
import {
	markOf,
	newMark,
	signedTask,
	signedUrl,
	urlFingerprint,
} from '../shared/trigger/callbackToken';
import type { Task } from '../shared/task';
import { triggerFieldsOf } from '../shared/items/fields/readFields';
import { eventsField } from '../shared/trigger/events';
import { followRun } from '../shared/trigger/storedRun';
import { eventItem } from '../shared/trigger/taskEvent';
import {
	beginEmission,
	isKnown,
	persist,
	recall,
	triggerName,
	type Registration,
	type TriggerMemory,
} from '../shared/trigger/triggerMemory';
import { takeTurn } from '../shared/trigger/turns';
import { isDue, readCallbackTask, registerAgain } from './callback';
import { withoutSecrets } from './task';
import { outputsField } from './triggerOutputs';
import { signingKey } from './watch';

/** The trigger's outputs when there is one per decision, in their order. */
const TRIGGER_OUTPUTS = ['approved', 'rejected', 'due'];

/** Milliseconds: after a slow answer to "due" Appmixer may write it over an approval (W10). */
const DUE_PATIENCE = 1000;

/** So many a registration remembers: a task that is due again and again has one more each time. */
const MOST_ANSWERS = 10;

/** Takes one callback. It never throws: n8n would make a failed execution of it. */
export async function receiveTask(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await receive(context);
	} catch (error) {
		return notTaken(context, error, 'Appmixer callback not taken');
	}
}

async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const memory = recall(context);
	const { key } = memory;
	if (key === '') {
		logOnce(
			context,
			'warn',
			'Appmixer callback came before the workflow was published: to be sent again.',
		);
		return answer(context, 503, 'Not published yet, send it again later');
	}
	const signing = await signingKey(context, { key });
	const taskId = signedTask(context.getQueryData(), [signing, key]);
	if (!taskId) {
		logOnce(
			context,
			'warn',
			'Appmixer callback refused: its token is not valid. If the Callback Secret was changed, publish the workflow again to register new callbacks.',
		);
		return answer(context, 401, 'The token is not valid for this task');
	}
	const read = readCallbackBody(context);
	if (!read.ok) return refuseBody(context, read);
	const task = readCallbackTask(read.body);
	if (!task) return answer(context, 400, 'Not a task with a known status');
	if (task.id !== taskId) return answer(context, 401, 'The token is for another task');
	if (!task.decision && !isDue(task)) return answer(context, 400, 'Not decided yet');

	const registered = !task.decision && (await keepRegistered(context, task, memory, signing));
	const endTurn = await takeTurn(triggerName(context), task.decision ? undefined : DUE_PATIENCE);
	let isFollowed = false;
	try {
		// again: others may have written meanwhile
		if (registered) persist(context, recall(context));
		// who has hung up meanwhile would not hear that it was taken, and sends it again
		if (context.getResponseObject().closed) return { noWebhookResponse: true };
		const known = (registered ? memory : recall(context)).registrations[task.id];
		const started = start(context, task, read.body, known?.status ?? null, endTurn);
		isFollowed = 'workflowData' in started;
		return started;
	} finally {
		if (!isFollowed) endTurn();
	}
}

/**
 * The call that just came in has used up its registration, and a task that is due can still be decided. When it is sent
 * again, because n8n could not store its run, the registration made for the first try is pending, or has called after it
 * and led to another one. No other is relied on: another process may be taking its call now, relying on this one.
 * @returns whether it was registered again
 */
async function keepRegistered(
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
	const answers = [...(known?.answers ?? []), caller].slice(-MOST_ANSWERS);
	const status = String(task.status);
	const made = (id: string) => ({ id, status, url: fingerprint, mark, answers, at: Date.now() });
	const signed = signedUrl(url, key, task.id, mark);
	const onLate = (id: string) => remember(context, task.id, made(id));
	remember(context, task.id, made(await registerAgain(context, task.id, signed, onLate)));
	return true;
}

/** At once: whoever called may have hung up, and it has to be removed one day. */
function remember(context: IWebhookFunctions, taskId: string, registered: Registration): void {
	const memory = recall(context);
	const known = memory.registrations[taskId];
	// two registrations of the task have called: the other's may still be pending
	const other = known && !hasCalled(context, known) ? [known.id] : [];
	memory.registrations[taskId] = { ...registered, earlier: [...(known?.earlier ?? []), ...other] };
	persist(context, memory);
}

/** The mark of the registration whose call this is; '' when publishing or another node made it. */
const callerOf = (context: IWebhookFunctions) => String(markOf(context.getQueryData()) ?? '');

const hasCalled = (context: IWebhookFunctions, { mark }: Registration) =>
	mark === markOf(context.getQueryData());

function start(
	context: IWebhookFunctions,
	task: Task,
	raw: IDataObject,
	previousStatus: string | null,
	onEnd: () => void,
): IWebhookResponseData {
	const memory = recall(context);
	const emitted = itemOf(context, task, raw, previousStatus);
	const event = String((emitted?.item.json.event as IDataObject | undefined)?.id);
	const before = emitted && isKnown(context, memory, event);
	if (before === 'underWay') return answer(context, 503, 'Being taken, send it again later');
	if (!emitted || before) {
		if (task.decision) delete memory.registrations[task.id];
		persist(context, memory);
		return { webhookResponse: { message: 'Received' } };
	}
	const spent = task.decision ? task.id : null;
	followRun(context, beginEmission(context, memory, event, spent), onEnd);
	return { workflowData: emitted.outputs };
}

/** The item of an event and the outputs with it; `null` for an event that is not wanted. */
function itemOf(
	context: IWebhookFunctions,
	task: Task,
	raw: IDataObject,
	previousStatus: string | null,
): { item: INodeExecutionData; outputs: INodeExecutionData[][] } | null {
	const type = String(task.status);
	const fields = triggerFieldsOf(context);
	if (!fields.words(eventsField).includes(type)) return null;
	const json = fields.simple() ? null : withoutSecrets(raw);
	const item = eventItem(task, json, { type, previousStatus, source: 'webhook' });
	if (fields.choice(outputsField) !== 'perDecision') return { item, outputs: [[item]] };
	return { item, outputs: TRIGGER_OUTPUTS.map((output) => (output === type ? [item] : [])) };
}
