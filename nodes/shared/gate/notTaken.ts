/** Answers a callback that is not taken. Its sender comes again, so why is logged once, not at each call. */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answer, type RefusedBody } from './callbackBody';
import { isCredentialGone } from './endWait';
import { onceFor } from './onceFor';

/**
 * Once for a run, or for a trigger.
 * @param line in no words of the caller: who makes up tasks would fill the log, and what was said before would be forgotten
 */
export function logOnce(
	context: IWebhookFunctions,
	level: 'error' | 'warn' | 'info',
	line: string,
): void {
	const { name, id } = context.getNode();
	const key = [context.getWorkflow().id, id, context.getExecutionId(), line].join('/');
	if (onceFor(key)) context.logger[level](`Node "${name}": ${line}`);
}

/** A decision in a body that is too large is lost, and its sender tells nobody. */
export function refuseBody(
	context: IWebhookFunctions,
	{ status, message }: RefusedBody,
): IWebhookResponseData {
	if (status === 413) logOnce(context, 'warn', `Callback refused: ${message}`);
	return answer(context, status, message);
}

/** By default 503, as it cannot be taken now. `what`: what becomes of it, as "Callback not taken, still waiting". */
export function notTaken(
	context: IWebhookFunctions,
	thrown: unknown,
	what: string,
	status: 200 | 503 = 503,
): IWebhookResponseData {
	logOnce(context, 'error', `${what}: ${whyNot(thrown)}`);
	return answer(context, status, 'Not taken now, send it again later');
}

function whyNot(thrown: unknown): string {
	if (isCredentialGone(thrown)) {
		return 'its credential no longer exists. Choose another one in the node and publish the workflow; the calls come again until then';
	}
	const { message, description } = Object(thrown) as Partial<Error> & { description?: unknown };
	return [message ?? String(thrown), description].filter(Boolean).join('. ');
}
