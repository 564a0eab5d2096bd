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

/** The call is over when it is answered, or its sender has hung up. */
export async function beginCall(context: IWebhookFunctions, taskId: string): Promise<void> {
	const response = context.getResponseObject();
	const end = await takeTurn(nameOf(context, taskId), 0);
	if (response.closed) end();
	else response.once('close', end);
}

/** Waits for the calls of a task, until then at most. @returns whether there were any */
export async function callsOver(
	context: IHookFunctions,
	taskId: string,
	until: number,
): Promise<boolean> {
	const name = nameOf(context, taskId);
	if (!isTaken(name)) return false;
	const end = await takeTurn(name, until - Date.now());
	end();
	await sleep(WRITTEN_MS);
	return true;
}
