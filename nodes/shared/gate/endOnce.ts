/**
 * Ends a wait once. n8n keeps the run as it was when a call came, and stores that it goes on when there is room for it
 * (N8N_CONCURRENCY_PRODUCTION_LIMIT). Given two ends, by calls or by its own clock, it asks only whether the run waits: in
 * another node behind this one it does, and what follows runs twice.
 */
import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answer } from './callbackBody';
import { isClockNear, whenStored } from './clock';
import { logOnce } from './onceFor';

/** Milliseconds after n8n began to store the end. A call that came before is long over; storing may have failed. */
const STORED = 5 * 60_000;
const MOST_KNOWN = 10_000;

interface End {
	/** What n8n answers to who brought it, once it is stored or could not be; absent where that was answered before. */
	response?: ReturnType<IWebhookFunctions['getResponseObject']>;
	/** What n8n goes on with. Nobody else has it: when n8n drops it, it is gone. */
	outputs: WeakRef<INodeExecutionData[][]>;
	/** When n8n began to store it. */
	storedAt?: number;
}

/** Ends that n8n was given. Per process, as are those that it has not stored yet. */
const ends = new Map<string, End>();

/** A node in a loop waits for other tasks each time. */
export const nameOfWait = (context: IWebhookFunctions, taskIds: string[]): string =>
	[context.getExecutionId(), context.getNode().id, ...taskIds].join('/');

/**
 * Gives n8n the end of a wait, unless it has one or its clock brings it: then the service is asked to call again, which
 * n8n answers when the run has gone on. Nothing may be awaited between this and the return.
 * @param end what the run goes on with
 */
export function endOnce(
	context: IWebhookFunctions,
	taskIds: string[],
	end: () => INodeExecutionData[][],
): IWebhookResponseData {
	const response = context.getResponseObject();
	const wasAnswered = response.headersSent;
	const refuse = (why: string): IWebhookResponseData =>
		wasAnswered ? { noWebhookResponse: true } : answer(context, 503, why);
	const name = nameOfWait(context, taskIds);
	const given = ends.get(name);
	if (given && isHeld(given)) return refuse('The run goes on already, send it again later');
	// within the two minutes that n8n waits longer than was asked for
	if (isClockNear(context)) {
		logOnce(context, 'warn', 'An answer came when the limit of the wait was reached: too late');
		return refuse('The limit of the wait is reached');
	}
	const workflowData = end();
	const mine: End = { outputs: new WeakRef(workflowData), ...(!wasAnswered && { response }) };
	// a response holds its connection
	response.once('finish', () => response.statusCode < 400 && delete mine.response);
	ends.delete(name);
	ends.set(name, mine);
	for (const oldest of ends.keys()) if (ends.size > MOST_KNOWN) ends.delete(oldest);
	whenStored(workflowData, () => {
		// held back until now: n8n takes it back, and its clock's end is the only one
		if (isClockNear(context))
			throw new Error('The limit of the wait was reached before the run went on');
		mine.storedAt = Date.now();
	});
	return { workflowData, ...(wasAnswered && { noWebhookResponse: true }) };
}

/** Until it cannot be played any more, as it failed or was stored; a caller that has hung up is answered all the same. */
function isHeld({ response, outputs, storedAt }: End): boolean {
	if (response?.writableEnded && response.statusCode >= 400) return false;
	return storedAt === undefined ? outputs.deref() !== undefined : Date.now() < storedAt + STORED;
}
