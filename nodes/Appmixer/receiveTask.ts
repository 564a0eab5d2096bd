import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { answer, readCallbackBody } from '../shared/gate/callbackBody';
import { notTaken, refuseBody } from '../shared/gate/notTaken';
import { logOnce } from '../shared/gate/onceFor';
import { signedTask } from '../shared/trigger/callbackToken';
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
} from '../shared/trigger/triggerMemory';
import { takeTurn } from '../shared/trigger/turns';
import { isDue, readCallbackTask } from './callback';
import { beginCall } from './calls';
import { keepRegistered } from './keepRegistered';
import { withoutSecrets } from './task';
import { outputsField } from './triggerOutputs';
import { signingKey } from './watch';

/** The trigger's outputs when there is one per decision, in their order. */
const TRIGGER_OUTPUTS = ['approved', 'rejected', 'due'];

/** Milliseconds: after a slow answer to "due" Appmixer may write it over an approval (W10). */
const DUE_PATIENCE = 1000;

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
	await beginCall(context, task.id);

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
