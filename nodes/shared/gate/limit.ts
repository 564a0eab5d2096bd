/** Until when a run waits. n8n hides that from a call, so it is kept in the node's context, which is stored with the run. */
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

export function keepLimit(context: IExecuteFunctions, limit: Date): void {
	(context.getContext('node') as { limit?: number }).limit = limit.getTime();
}

/** Milliseconds since 1970; `Infinity` of a run that was parked before there was one to keep. */
export function limitOf(context: IWebhookFunctions): number {
	// braces in a name would end the expression
	const name = JSON.stringify(context.getNode().name).replace(
		/[{}]/g,
		(brace) => `\\u00${brace.charCodeAt(0).toString(16)}`,
	);
	const limit: unknown = context.evaluateExpression(`{{ $node[${name}].context.limit }}`, 0);
	return typeof limit === 'number' ? limit : Infinity;
}
