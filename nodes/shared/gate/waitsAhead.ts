/**
 * Whether another node of the run can wait after this one: behind it, or in a branch that n8n goes through later. n8n
 * plays old ends and old timers of a run only while it waits somewhere.
 */
import type { INode, IWebhookFunctions } from 'n8n-workflow';

/** Nodes that wait whatever their operation is. An agent does for the people who approve its tools. */
const WAITING = /(\.wait|\.form|\.executeWorkflow|\.chat|agent|HitlTool)$/i;

/** The run as it was when the call came, which no API tells of. */
interface Called {
	runExecutionData?: {
		executionData?: {
			nodeExecutionStack?: Array<{ node: INode }>;
			/** By the names of nodes that wait for another input. */
			waitingExecution?: object;
		};
	} | null;
}

export function isWaitAhead(context: IWebhookFunctions): boolean {
	const { name } = context.getNode();
	const { runExecutionData } = context as unknown as Called;
	const { nodeExecutionStack = [], waitingExecution = {} } = runExecutionData?.executionData ?? {};
	const [, ...later] = nodeExecutionStack.map(({ node }) => node);
	const from = [name, ...later.map((node) => node.name), ...Object.keys(waitingExecution)];
	const behind = [...new Set(from)].flatMap((node) =>
		context.getChildNodes(node, { includeNodeParameters: true }),
	);
	return [...later, ...behind]
		.filter((node) => node.name !== name && !node.disabled)
		.some(({ type, parameters }) => {
			const { operation } = parameters ?? {};
			return WAITING.test(type) || /wait/i.test(String(operation ?? ''));
		});
}
