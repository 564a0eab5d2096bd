/** Parks a run until a human decides. Only a decision, or the limit, ends the wait; the limit never approves. */
import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
} from 'n8n-workflow';

import { fieldError } from '../http/nodeErrors';
import { isLoopback } from '../http/baseUrl';
import type { Person, Task } from '../task';
import { sleepUntil } from './clock';
import type { WaitOutputs } from './waitFields';
import type { WaitPlan } from './waitPlan';

/**
 * How a wait ended. `done`: by a service that knows no decision. `changed`: what was approved is not what was asked.
 * `cancelled`: the task is gone or was called off. Only `approved` is an approval.
 */
export type Outcome =
	'approved' | 'rejected' | 'done' | 'due' | 'timedOut' | 'changed' | 'cancelled' | 'failed';

/**
 * Who decided, and how we know: `configured` means the task's approver, not proof of who clicked; `verified`, that the
 * service has recorded who it was.
 */
export type DecidedBy = (Person & { provenance: 'configured' | 'verified' }) | null;

/** The callback of a wait. A constant, because n8n asks action nodes with one for no lifecycle methods. */
export const decisionWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: 'noData',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	},
];

/** All others leave by the first, No Decision. */
const OUTPUT_OF: Partial<Record<Outcome, number>> = { approved: 1, rejected: 2 };

/**
 * The Task record with the outcome, as every end of a wait gives it.
 * @param webhookId the registration at the service, where it may not have been used up
 */
export function outcomeJson(task: Task, outcome: Outcome, webhookId?: string): IDataObject {
	const approved = outcome === 'approved';
	const decided = approved || outcome === 'rejected';
	const decidedBy: DecidedBy =
		decided && task.assignee ? { ...task.assignee, provenance: 'configured' } : null;
	const json = { ...task, approved, outcome, decidedBy, data: { approved } };
	return { ...json, ...(webhookId !== undefined && { webhookId }) } as unknown as IDataObject;
}

/** The node's output for an outcome: one item, by the output that belongs to it, with the files that came in. */
export function outcomeOutput(
	json: IDataObject,
	outcome: Outcome,
	outputs: WaitOutputs,
	binary: IBinaryKeyData | undefined,
): INodeExecutionData[][] {
	const item = itemWith(json, binary);
	if (outputs === 'single') return [[item]];
	const branches: INodeExecutionData[][] = [[], [], []];
	branches[OUTPUT_OF[outcome] ?? 0].push(item);
	return branches;
}

/** Every end of a wait gives the files of the one item that came in. */
const itemWith = (json: IDataObject, binary: IBinaryKeyData | undefined): INodeExecutionData => ({
	json,
	...(binary && { binary }),
	pairedItem: { item: 0 },
});

const resumeUrlOf = (context: IExecuteFunctions) =>
	String(context.getWorkflowDataProxy(0).$execution.resumeUrl);

/** Where a call wakes the run up once it waits in this node, which may not have run yet. */
export const wakeUpUrl = (context: IExecuteFunctions, nodeId: string): string =>
	`${resumeUrlOf(context)}/${nodeId}`;

/** Where the service reports the decision of this wait. It carries the execution's token and survives a reverse proxy. */
export function waitUrl(context: IExecuteFunctions | IWebhookFunctions): string {
	const resumeUrl =
		'getWorkflowDataProxy' in context
			? resumeUrlOf(context)
			: String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
	return resumeUrl.includes('signature=')
		? `${resumeUrl}/${context.getNode().id}`
		: context.getSignedResumeUrl();
}

/** Refuses a callback URL that the service cannot reach, before anybody is asked. */
export function refuseUnreachable(
	context: IExecuteFunctions,
	callbackUrl: string,
	serviceUrl: string,
	itemIndex = 0,
): void {
	if (!isLoopback(callbackUrl) || isLoopback(serviceUrl)) return;
	throw fieldError(
		context.getNode(),
		`The service cannot call back to ${new URL(callbackUrl).origin}`,
		'This address is valid on this machine only, so the answer would never arrive. Set WEBHOOK_URL of n8n to an address that the service can reach.',
		itemIndex,
	);
}

/**
 * Puts the run to sleep. At the limit n8n passes the parked item on through the first output: not approved.
 * @param json what is parked: a time-out, and the registration: who stops the run can then delete it, or the service calls
 * for ever
 * @returns what `execute` must return.
 */
export async function park(
	context: IExecuteFunctions,
	json: IDataObject,
	plan: Pick<WaitPlan, 'deadline'>,
): Promise<INodeExecutionData[][]> {
	const parked = itemWith(json, context.getInputData()[0]?.binary);
	const data = context.getExecuteData();
	// replaces all input, or Execute Once would let the other items through after a time-out
	data.data.main = [[parked]];
	const source = data.source?.main[0];
	// n8n pairs an item on output N with input N: give each the one source there is
	if (data.source && source) data.source = { ...data.source, main: [source, source, source] };
	await sleepUntil(context, plan.deadline);
	return [[parked]];
}
