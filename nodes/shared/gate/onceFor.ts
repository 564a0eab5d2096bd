/** Keeps a log readable: what is said of a thing again and again, such as a call the service repeats, is said once. */
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

const MAX_SAID = 1000;
const said = new Set<string>();

/** Whether it is the first time in this process; the oldest of 1,000 are forgotten, so that no stranger may name things. */
export function onceFor(thing: string): boolean {
	if (said.has(thing)) return false;
	said.add(thing);
	for (const oldest of said) if (said.size > MAX_SAID) said.delete(oldest);
	return true;
}

/**
 * Once for a run, or for a trigger.
 * @param line in no words of the caller: who makes up tasks would fill the log, and what was said before would be forgotten
 */
export function logOnce(
	context: IExecuteFunctions | IWebhookFunctions,
	level: 'error' | 'warn' | 'info',
	line: string,
): void {
	const { name, id } = context.getNode();
	const key = [context.getWorkflow().id, id, context.getExecutionId(), line].join('/');
	if (onceFor(key)) context.logger[level](`Node "${name}": ${line}`);
}
