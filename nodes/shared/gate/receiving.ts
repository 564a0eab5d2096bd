/** The callback of a wait. It never throws: n8n would take that for an answer and go on. */
import type {
	IBinaryKeyData,
	IDataObject,
	IWebhookFunctions,
	IWebhookResponseData,
	NodeOperationError,
} from 'n8n-workflow';

import { answer, readCallbackBody } from './callbackBody';
import { fieldError } from '../http/nodeErrors';
import type { Task } from '../task';
import { endWait, isCredentialGone } from './endWait';
import { logOnce, notTaken, refuseBody } from './notTaken';
import { outputsFieldOf } from './waitFields';
import { outputsOf } from './waitPlan';
import { outcomeJson, outcomeOutput, waitUrl, type Outcome } from './parking';

const NOT_TAKEN = 'Callback not taken, still waiting';

/** What a vendor knows about its callbacks. */
export interface DecisionCallback {
	/** The task in the body, or `null` when it is none or its status is not a known word. */
	readTask(body: IDataObject): Task | null;
	isDue(task: Task): boolean;
	/** Asks the service to call again; must give up after 5 seconds. @returns the registration's id */
	registerAgain(context: IWebhookFunctions, taskId: string, url: string): Promise<string>;
}

/** Decides what a callback means: resumes on a decision for this wait's own task, and on nothing else. */
export async function receiveDecision(
	context: IWebhookFunctions,
	callback: DecisionCallback,
): Promise<IWebhookResponseData> {
	try {
		return await decide(context, callback);
	} catch (error) {
		return notTaken(context, error, NOT_TAKEN);
	}
}

async function decide(
	context: IWebhookFunctions,
	callback: DecisionCallback,
): Promise<IWebhookResponseData> {
	const read = readCallbackBody(context);
	if (!read.ok) return refuseBody(context, read);
	const task = callback.readTask(read.body);
	if (!task) return answer(context, 400, 'Not a task with a known status');

	const awaited = context.evaluateExpression('{{ $json.id }}', 0);
	if (typeof awaited !== 'string' || awaited === '') throw new Error('No task is parked here');
	if (task.id !== awaited) {
		logOnce(context, 'info', `Callback for another task ignored: waiting for ${awaited}`);
		return answer(context, 200, 'Another task is awaited here');
	}

	if (task.decision) return resume(context, task, task.decision);
	if (!callback.isDue(task)) return answer(context, 400, 'Not decided yet');
	if (context.getNodeParameter('whenDue', 'keepWaiting') === 'noDecision') {
		return resume(context, task, 'due');
	}
	try {
		const id = await callback.registerAgain(context, task.id, waitUrl(context));
		// the parked item, which names the one that is used up, cannot be changed
		context.logger.info(`Task ${task.id} is due, its next call is registered as ${id}`);
	} catch (error) {
		if (isCredentialGone(error)) return endWait(context, unheard(context, task.id));
		return notTaken(context, error, NOT_TAKEN);
	}
	return answer(context, 200, 'Still waiting');
}

/** The service calls once for each time that it is asked to, and it cannot be asked any more. */
function unheard(context: IWebhookFunctions, taskId: string): NodeOperationError {
	const error = fieldError(
		context.getNode(),
		`Task ${taskId} is due, and its decision cannot be heard: the credential of this node no longer exists`,
		`The task can still be decided. Choose another credential in this node, set Task to Use Existing, enter ${taskId}, and start a new run: this one cannot be retried.`,
		0,
	);
	context.logger.error(`${error.message}. The wait ends.`);
	return error;
}

function resume(context: IWebhookFunctions, task: Task, outcome: Outcome): IWebhookResponseData {
	const node = context.getNode();
	const chosen = context.getNodeParameter('outputs', outputsFieldOf(node).default as string);
	const outputs = outputsOf(chosen, node.type);
	const binary = context.evaluateExpression('{{ $input.item.binary }}', 0) as unknown as
		IBinaryKeyData | undefined;
	return { workflowData: outcomeOutput(outcomeJson(task, outcome), outcome, outputs, binary) };
}
