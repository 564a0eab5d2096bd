/**
 * Names after a restart what a polling trigger gave n8n last. n8n stores that it is remembered before it stores its run
 * (2.40.7, `__emit`), and where it is killed in between nothing else tells of it.
 */
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { memoryOf } from './pollMemory';

const MOST = 20;
/** When each trigger of this process gave something last. */
const here = new Map<string, string>();

const keyOf = (context: IPollFunctions) => `${context.getWorkflow().id} ${context.getNode().id}`;

/** To be called before each poll: it speaks once, when another process was the last to give something. */
export function nameLastGiven(context: IPollFunctions): void {
	const { given } = memoryOf(context);
	const key = keyOf(context);
	// static data may have been written by hand
	if (!Array.isArray(given?.events) || here.get(key) === given.at) return;
	here.set(key, given.at);
	const more = given.more > 0 ? ` and ${given.more} more` : '';
	context.logger.info(
		`The trigger "${context.getNode().name}" goes on. Before n8n was started it gave these events last, at ${given.at}: ${given.events.join(', ')}${more}. After a normal restart ignore this. If n8n was killed, check that each has an execution.`,
	);
}

/** To be called with what a poll gives. */
export function noteGiven(context: IPollFunctions, emitted: INodeExecutionData[][]): void {
	const at = new Date().toISOString();
	const events = emitted.flat().map(({ json }) => String((json.event as { id: string }).id));
	here.set(keyOf(context), at);
	memoryOf(context).given = { at, events: events.slice(0, MOST), more: events.slice(MOST).length };
}
