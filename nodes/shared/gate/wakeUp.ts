/**
 * A call to a waiting run that makes it look again (L1). Whoever calls and whatever they say: the answer is read from the
 * service, with the credential.
 */
import type { IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answer } from './callbackBody';
import { isClockNear, whenStored } from './clock';
import { notTaken } from './notTaken';
import { decisionWebhooks } from './parking';
import { isWaitAhead } from './waitsAhead';

const MOST_KNOWN = 10_000;
/** Rounds whose wake-up was handed on already. Per process. */
const handedOn = new Set<string>();

/** Where calls come as somebody has designed them. A constant, because n8n asks action nodes with one for no lifecycle methods. */
export const wakeUpWebhooks: IWebhookDescription[] = (['GET', 'POST', 'PUT'] as const).map(
	(httpMethod) => ({ ...decisionWebhooks[0], httpMethod }),
);

/**
 * Takes any call. It never throws, sleeps or calls out: n8n keeps the run as it was when the call came (L4).
 * @param untaken what is answered when it cannot be taken: 503 to who calls again later, else 200, as the clock wakes it
 */
export async function receiveWakeUp(
	context: IWebhookFunctions,
	untaken: 200 | 503 = 503,
): Promise<IWebhookResponseData> {
	try {
		return wakeUp(context);
	} catch (error) {
		return notTaken(context, error, 'Wake-up not taken, still waiting', untaken);
	}
}

function wakeUp(context: IWebhookFunctions): IWebhookResponseData {
	const read = (name: string): unknown => context.evaluateExpression(`{{ $json.${name} }}`, 0);
	const [wait, round] = [read('wait'), read('round')];
	if (typeof wait !== 'string' || wait === '') throw new Error('Nothing is parked here');
	if (read('isDeaf') === true) return answer(context, 200, 'Taken at the next look');
	const key = `${context.getExecutionId()}/${wait}/${String(round)}`;
	if (handedOn.has(key)) return answer(context, 200, 'Being taken already');
	const isLate = () => isClockNear(context) && isWaitAhead(context);
	if (isLate()) return answer(context, 200, 'Taken at the next look');
	handedOn.add(key);
	for (const oldest of handedOn) if (handedOn.size > MOST_KNOWN) handedOn.delete(oldest);
	// n8n puts it in place of the item that was parked, where who stops the run finds them (F15)
	const webhookIds = read('webhookIds');
	const left = Array.isArray(webhookIds) && { webhookIds };
	const workflowData = [[{ json: { wait, round: Number(round), isWoken: true, ...left } }]];
	whenStored(workflowData, () => {
		// n8n has held it back until now
		if (isLate()) throw new Error('The next look wakes the run up');
	});
	return { workflowData };
}
