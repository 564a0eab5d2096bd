/**
 * Calls that this process has not answered yet. Appmixer writes down what its call was answered before it saves the
 * decision, and fails to when the registration is gone by then (W11): it is not removed meanwhile.
 */
import { sleep, type IHookFunctions, type IWebhookFunctions } from 'n8n-workflow';

import { triggerName } from '../shared/trigger/triggerMemory';
import { isTaken, takeTurn } from '../shared/trigger/turns';

/** Milliseconds in which Appmixer has written down an answer. */
const WRITTEN_MS = 1000;

const nameOf = (context: IHookFunctions | IWebhookFunctions, taskId: string) =>
	`${triggerName(context)}/${taskId}`;

/** The call is over when it was answered, or its sender has hung up, and Appmixer has had its time. */
export async function beginCall(context: IWebhookFunctions, taskId: string): Promise<void> {
	const response = context.getResponseObject();
	const end = await takeTurn(nameOf(context, taskId), 0);
	if (response.closed) end();
	else response.once('close', () => void sleep(WRITTEN_MS).then(end));
}

export const isCalling = (context: IHookFunctions, taskId: string) =>
	isTaken(nameOf(context, taskId));

/** Waits for the calls of a task, until then at most. @returns whether there were any */
export async function callsOver(
	context: IHookFunctions,
	taskId: string,
	until: number,
): Promise<boolean> {
	const time = until - Date.now();
	if (!isCalling(context, taskId) || time <= 0) return false;
	const end = await takeTurn(nameOf(context, taskId), time);
	end();
	return true;
}
