import { WebhookContext } from 'n8n-core';
import type { INodeExecutionData, IWebhookData, IWebhookResponseData } from 'n8n-workflow';

import { additionalData } from './additionalData';
import { openCallbackServer, type Callback, type CallbackServer } from './callbackServer';
import { nodeTypeOf } from './loadedPackage';
import { runNode, type RunResult, type RunSketch, type SeenItem } from './runNode';
import { NODE } from './sketch';

/** A run of Request Approval and Wait with n8n's waiting webhooks in front of it. */
export interface Wait {
	run: RunResult;
	server: CallbackServer;
	/** The outputs each callback resumed the run with; empty while it waits. */
	resumed: SeenItem[][][];
	/** The same as n8n got it: it has them until it has stored that the run goes on, or drops what it cannot store. */
	held: INodeExecutionData[][][];
	close(): Promise<void>;
}

/** Hands one callback to the parked run, as n8n does before it goes on. */
export async function takeCallback(
	{ parked }: RunResult,
	callback: Callback,
	url: string,
): Promise<IWebhookResponseData> {
	const { workflow, data, credentials, executionId } = parked;
	const type = nodeTypeOf('appmixer');
	const webhookData = { webhookDescription: type.description.webhooks![0] } as IWebhookData;
	const context = new WebhookContext(
		workflow,
		workflow.getNode(NODE)!,
		{ ...additionalData(credentials, url, { executionId }), ...callback },
		'trigger',
		webhookData,
		[],
		data,
	);
	return await type.webhook!.call(context);
}

export async function openWait(
	parameters: Omit<RunSketch, 'type' | 'callbackUrl'>,
	publicUrl?: string,
): Promise<Wait> {
	const server = await openCallbackServer();
	const callbackUrl = publicUrl ?? server.url;
	const run = await runNode({ ...parameters, type: 'appmixer', callbackUrl });
	const resumed: SeenItem[][][] = [];
	const held: INodeExecutionData[][][] = [];
	server.take = async (callback) => {
		const answer = await takeCallback(run, callback, callbackUrl);
		// as n8n does: a node that has answered by itself may go on all the same
		if (!answer.noWebhookResponse || answer.workflowData) {
			const outputs: INodeExecutionData[][] = answer.workflowData ?? [[{ json: {} }]];
			held.push(outputs);
			resumed.push(
				outputs.map((items) => items.map(({ json, pairedItem }) => ({ json, pairedItem }))),
			);
		}
		return answer;
	};
	return { run, server, resumed, held, close: async () => await server.close() };
}
