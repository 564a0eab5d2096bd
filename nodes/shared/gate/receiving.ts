/** The callback of a wait. It never throws: n8n would take that for an answer and go on. */
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { Task } from '../task';
import { answer, readCallbackBody } from './callbackBody';
import { endWait, isCredentialGone } from './endWait';
import { goOn } from './goOn';
import { notTaken, refuseBody } from './notTaken';
import { logOnce } from './onceFor';
import { waitUrl } from './parking';
import { policyOf } from './policy';
import { readAnswers } from './readAnswers';
import { judged, outcomeOf, requestOf } from './request';
import { sameAsRead } from './sameAsRead';
import type { Sight } from './sight';
import { unheard } from './unheard';

const NOT_TAKEN = 'Callback not taken, still waiting';

/** What a vendor knows about its callbacks. */
export interface DecisionCallback {
	/** The task in the body, or `null` when it is none or its status is not a known word. */
	readTask(body: IDataObject): Task | null;
	isDue(task: Task): boolean;
	/** Asks the service to call again; must give up after 5 seconds. @returns the registration's id */
	registerAgain(context: IWebhookFunctions, taskId: string, url: string): Promise<string>;
	/** Reads tasks as they are now, with the credential, in their order. @throws when none could be read */
	readTasks(context: IWebhookFunctions, taskIds: string[]): Promise<Sight[]>;
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

	const awaited: unknown = context.evaluateExpression('{{ $json.id }}', 0);
	if (typeof awaited !== 'string' || awaited === '') throw new Error('No task is parked here');
	const json = context.evaluateExpression('{{ $json }}', 0) as unknown as IDataObject;
	const request = requestOf(json);
	const ids = request.tasks.map(({ asked }) => asked.id);
	if (!ids.includes(task.id)) {
		logOnce(context, 'info', `Callback for another task ignored: waiting for ${ids.join(', ')}`);
		return answer(context, 200, 'Another task is awaited here');
	}

	const isDue = callback.isDue(task);
	if (!task.decision && !isDue) return answer(context, 400, 'Not decided yet');
	const policy = policyOf(context, callback.isDue);
	if (!task.decision && !policy.endsWhenDue) {
		return await hearAgain(context, callback, task.id, ids);
	}
	if (request.rule) return await readAnswers(context, callback, request, policy);
	const asked = await sameAsRead(context, callback, request.tasks[0], task, policy);
	const known = { ...request, tasks: [judged(asked, task, policy)] };
	const outcome = outcomeOf(known);
	if (outcome === undefined) throw new Error('Nothing came of an answer');
	return goOn(context, known, outcome);
}

/** The service calls once for each time that it is asked to. */
async function hearAgain(
	context: IWebhookFunctions,
	callback: DecisionCallback,
	taskId: string,
	waitedFor: string[],
): Promise<IWebhookResponseData> {
	try {
		const id = await callback.registerAgain(context, taskId, waitUrl(context));
		// the parked item, which names the one that is used up, cannot be changed
		context.logger.info(`Task ${taskId} is due, its next call is registered as ${id}`);
	} catch (error) {
		if (isCredentialGone(error)) return endWait(context, unheard(context, waitedFor), waitedFor);
		return notTaken(context, error, NOT_TAKEN);
	}
	return answer(context, 200, 'Still waiting');
}
