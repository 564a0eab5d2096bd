/**
 * The clock by which n8n wakes a run up: at the limit of a request, for the next look of a wait. It sets a timer up to 70
 * seconds before, and a call that wakes the run up first does not take it back (n8n 2.40, `wait-tracker`): it then wakes
 * the run wherever that waits, as if its time there were over. So near that time calls are left to the clock.
 */
import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

/** Milliseconds before its time in which n8n may have set the timer. */
const TIMER = 75_000;

interface Kept {
	wakesAt?: number;
}

/** The run as it was when the call came, which no API tells of. */
interface Called {
	runExecutionData?: {
		executionData?: { contextData?: Record<string, Kept | undefined> };
	} | null;
}

/**
 * Puts the run to sleep. When it wakes is hidden from a call, so it is kept in the node's context, stored with the run.
 *
 * n8n wakes a run up by deactivating the first node of its stack, which then hands on what it is given. All entries of the
 * stack that are of the same node have that one object (two outputs lead to the gate, or an agent calls its tool twice):
 * n8n would hand each of them on unasked, so this entry gets an object of its own (W29, n8n 2.40, `handleWaitingState`).
 */
export async function sleepUntil(context: IExecuteFunctions, time: Date): Promise<void> {
	(context.getContext('node') as Kept).wakesAt = time.getTime();
	const entry = context.getExecuteData();
	entry.node = { ...entry.node };
	await context.putExecutionToWait(time);
}

/** When the clock was to wake the run that goes on now. Milliseconds since 1970. */
export const wokeAt = (context: IExecuteFunctions): number | undefined =>
	(context.getContext('node') as Kept).wakesAt;

/** Whether the clock wakes the run soon; never of one that was parked before its time was kept. */
export function isClockNear(context: IWebhookFunctions): boolean {
	const { runExecutionData } = context as unknown as Called;
	const kept = runExecutionData?.executionData?.contextData?.[`node:${context.getNode().name}`];
	return typeof kept?.wakesAt === 'number' && Date.now() > kept.wakesAt - TIMER;
}

/**
 * Calls when n8n begins to store that the run goes on with these outputs: it tells nobody, but makes JSON of them. They have
 * nothing of it in them afterwards.
 * @param stored may throw: then n8n takes it back, and the run waits on
 */
export function whenStored(outputs: INodeExecutionData[][], stored: () => void): void {
	const toJSON = () => {
		stored();
		Reflect.deleteProperty(outputs, 'toJSON');
		return outputs;
	};
	Object.defineProperty(outputs, 'toJSON', { value: toJSON, configurable: true });
}
