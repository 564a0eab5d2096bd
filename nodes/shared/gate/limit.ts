/** Until when a run waits. n8n hides that from a call, so it is kept in the node's context, which is stored with the run. */
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

interface Kept {
	limit?: number;
}

/** The run as it was when the call came, which no API tells of. */
interface Called {
	runExecutionData?: {
		executionData?: { contextData?: Record<string, Kept | undefined> };
	} | null;
}

export function keepLimit(context: IExecuteFunctions, limit: Date): void {
	(context.getContext('node') as Kept).limit = limit.getTime();
}

/** Milliseconds since 1970; `Infinity` of a run that was parked before there was one to keep. */
export function limitOf(context: IWebhookFunctions): number {
	const { runExecutionData } = context as unknown as Called;
	const kept = runExecutionData?.executionData?.contextData?.[`node:${context.getNode().name}`];
	return typeof kept?.limit === 'number' ? kept.limit : Infinity;
}
