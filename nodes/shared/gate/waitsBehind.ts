/** Whether a node behind this one can wait: n8n plays old ends and old timers of a run only while it waits somewhere. */
import type { IWebhookFunctions } from 'n8n-workflow';

/** Nodes that wait whatever their operation is. An agent does for the people who approve its tools. */
const WAITING = /(\.wait|\.form|\.executeWorkflow|\.chat|agent|HitlTool)$/i;

export function isWaitBehind(context: IWebhookFunctions): boolean {
	const { name } = context.getNode();
	const behind = context.getChildNodes(name, { includeNodeParameters: true });
	return behind
		.filter((node) => node.name !== name && !node.disabled)
		.some(({ type, parameters }) => {
			const { operation } = parameters ?? {};
			return WAITING.test(type) || /wait/i.test(String(operation ?? ''));
		});
}
