/**
 * A call to a waiting run that makes it look again (L1). Whoever calls and whatever they say: the answer is read from the
 * service, with the credential.
 */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answer } from './callbackBody';
import { notTaken } from './notTaken';

const MOST_KNOWN = 10_000;
/** Rounds whose wake-up was handed on already. Per process. */
const handedOn = new Set<string>();

/** What a parked wait shows: the only thing that goes round by the wire. */
export interface Parked {
	wait: string;
	round: number;
	/** Whether it was woken so often that only the clock wakes it. */
	isDeaf?: boolean;
}

/** Takes any call. It never throws, sleeps or calls out: n8n keeps the run as it was when the call came (L4). */
export async function receiveWakeUp(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return wakeUp(context);
	} catch (error) {
		return notTaken(context, error, 'Wake-up not taken, still waiting');
	}
}

function wakeUp(context: IWebhookFunctions): IWebhookResponseData {
	const read = (name: string): unknown => context.evaluateExpression(`{{ $json.${name} }}`, 0);
	const [wait, round] = [read('wait'), read('round')];
	if (typeof wait !== 'string' || wait === '') throw new Error('Nothing is parked here');
	if (read('isDeaf') === true) return answer(context, 200, 'Taken at the next look');
	const key = `${context.getExecutionId()}/${wait}/${String(round)}`;
	if (handedOn.has(key)) return answer(context, 200, 'Being taken already');
	handedOn.add(key);
	for (const oldest of handedOn) if (handedOn.size > MOST_KNOWN) handedOn.delete(oldest);
	return { workflowData: [[{ json: { wait, round: Number(round), isWoken: true } }]] };
}
