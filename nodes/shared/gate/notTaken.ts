/** Answers 503 to a callback that cannot be taken now: its sender comes again. Why is logged once, not at each call. */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answer } from './callbackBody';
import { isCredentialGone } from './endWait';
import { onceFor } from './onceFor';

/** `what`: what becomes of it, as "Callback not taken, still waiting". */
export function notTaken(
	context: IWebhookFunctions,
	thrown: unknown,
	what: string,
): IWebhookResponseData {
	const { name, id } = context.getNode();
	const line = `${what}: ${whyNot(thrown)}`;
	const key = [context.getWorkflow().id, id, context.getExecutionId(), line].join('/');
	if (onceFor(key)) context.logger.error(`Node "${name}": ${line}`);
	return answer(context, 503, 'Not taken now, send it again later');
}

function whyNot(thrown: unknown): string {
	if (isCredentialGone(thrown)) {
		return 'its credential no longer exists. Choose another one in the node and publish the workflow; the calls come again until then';
	}
	const { message, description } = Object(thrown) as Partial<Error> & { description?: unknown };
	return [message ?? String(thrown), description].filter(Boolean).join('. ');
}
