import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { receiveDecision } from '../shared/gate/receiving';
import { runOperations } from '../shared/items/runOperations';
import { decisionWebhooks } from '../shared/gate/parking';
import { decisionOutputs, waitingTooltip } from '../shared/gate/outputs';
import * as dashboard from './actions/dashboard';
import * as task from './actions/task';
import * as webhook from './actions/webhook';
import { isDue, readCallbackTask, registerAgain } from './callback';
import { searchTasks } from './searchTasks';

export class Appmixer implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Appmixer People Task',
		name: 'appmixer',
		icon: { light: 'file:appmixer.svg', dark: 'file:appmixer.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] === "sendAndWait" ? "request approval and wait" : $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Ask a person to approve or reject, and wait for the answer',
		defaults: { name: 'Appmixer People Task' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: decisionOutputs,
		waitingNodeTooltip: waitingTooltip,
		webhooks: decisionWebhooks,
		sensitiveOutputFields: ['approverSecret', 'requesterSecret', 'links'],
		credentials: [{ name: 'appmixerApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Dashboard', value: 'dashboard' },
					{ name: 'Task', value: 'task' },
					{ name: 'Webhook', value: 'webhook' },
				],
				default: 'task',
			},
			...task.description,
			...webhook.description,
			...dashboard.description,
		],
	};

	methods = { listSearch: { searchTasks } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, {
			task: task.operations,
			webhook: webhook.operations,
			dashboard: dashboard.operations,
		});
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDecision(this, {
			readTask: readCallbackTask,
			isDue,
			registerAgain: async (context, taskId, url) => {
				await registerAgain(context, taskId, url);
			},
		});
	}
}
