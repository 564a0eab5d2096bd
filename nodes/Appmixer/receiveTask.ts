import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { answer, readCallbackBody } from '../shared/gate/callbackBody';
import { signedTask, signedUrl, urlFingerprint } from '../shared/trigger/callbackToken';
import type { Task } from '../shared/task';
import { triggerFieldsOf } from '../shared/items/fields/readFields';
import { eventsField } from '../shared/trigger/events';
import { eventItem } from '../shared/trigger/taskEvent';
import {
	isFirstDelivery,
	persist,
	recall,
	type TriggerMemory,
} from '../shared/trigger/triggerMemory';
import { isDue, readCallbackTask, registerAgain } from './callback';
import { withoutSecrets } from './task';
import { outputsField } from './triggerOutputs';
import { signingKey } from './watch';

/** The trigger's outputs when there is one per decision, in their order. */
const TRIGGER_OUTPUTS = ['approved', 'rejected', 'due'];

/** Takes one callback. It never throws: n8n would make a failed execution of it. */
export async function receiveTask(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await receive(context);
	} catch (error) {
		context.logger.error(`Appmixer callback not taken: ${(error as Error)?.message}`);
		return answer(context, 503, 'Not taken now, send it again later');
	}
}

async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const memory = recall(context);
	const key = await signingKey(context, memory);
	const taskId = signedTask(context.getQueryData(), [key, memory.key]);
	if (!taskId) {
		context.logger.warn(
			'Appmixer callback refused: its token is not valid. If the Callback Secret was changed, publish the workflow again to register new callbacks.',
		);
		return answer(context, 401, 'The token is not valid for this task');
	}
	const read = readCallbackBody(context);
	if (!read.ok) return answer(context, read.status, read.message);
	const task = readCallbackTask(read.body);
	if (!task) return answer(context, 400, 'Not a task with a known status');
	if (task.id !== taskId) return answer(context, 401, 'The token is for another task');
	if (!task.decision && !isDue(task)) return answer(context, 400, 'Not decided yet');

	const previousStatus = memory.registrations[task.id]?.status ?? null;
	await keepRegistered(context, memory, task, key);
	const workflowData = emit(context, memory, task, read.body, previousStatus);
	persist(context);
	// answered here: when n8n answers, it has started the run before, which makes it drop what was just persisted
	const answered = answer(context, 200, 'Received');
	return workflowData ? { ...answered, workflowData } : answered;
}

/** The call that just came in has used up its registration. A task that is due can still be decided. */
async function keepRegistered(
	context: IWebhookFunctions,
	memory: TriggerMemory,
	task: Task,
	key: string,
): Promise<void> {
	if (task.decision) {
		delete memory.registrations[task.id];
		return;
	}
	const url = signedUrl(ownUrl(context, memory), key, task.id);
	const id = await registerAgain(context, task.id, url);
	const known = memory.registrations[task.id];
	// "due" was told twice: the registration made for the first time may still be pending
	const earlier = known?.earlier ? [...known.earlier, known.id] : [];
	const status = String(task.status);
	memory.registrations[task.id] = { id, status, url: urlFingerprint(url), earlier };
}

const ownUrl = (context: IWebhookFunctions, { url }: TriggerMemory) =>
	url || String(context.getNodeWebhookUrl('default'));

function emit(
	context: IWebhookFunctions,
	memory: TriggerMemory,
	task: Task,
	raw: IDataObject,
	previousStatus: string | null,
): INodeExecutionData[][] | null {
	const type = String(task.status);
	const fields = triggerFieldsOf(context);
	if (!fields.words(eventsField).includes(type)) return null;
	const json = fields.simple() ? null : withoutSecrets(raw);
	const item = eventItem(task, json, { type, previousStatus, source: 'webhook' });
	if (!isFirstDelivery(memory, String((item.json.event as IDataObject).id))) return null;
	if (fields.choice(outputsField) !== 'perDecision') return [[item]];
	return TRIGGER_OUTPUTS.map((output) => (output === type ? [item] : []));
}
