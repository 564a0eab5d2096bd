/** Answers a callback that is not taken. Its sender comes again, so why is logged once, not at each call. */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answer, type RefusedBody } from './callbackBody';
import { isCredentialGone } from './endWait';
import { logOnce } from './onceFor';

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
