import type {
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { receiveDecision } from '../shared/gate/receiving';
import { receiveWakeUp } from '../shared/gate/wakeUp';
import { actionNode } from '../shared/items/resource';
import { runOperations } from '../shared/items/runOperations';
import { decisionWebhooks } from '../shared/gate/parking';
import { gateOutputs, gateSubtitle, waitingTooltip } from '../shared/gate/outputs';
import { dashboard } from './actions/dashboard';
import { task } from './actions/task';
import { webhook } from './actions/webhook';
import { isDue, readCallbackTask, readTasksAgain, registerAgain } from './callback';
import { searchTasks } from './searchTasks';

const RESOURCES = [dashboard, task, webhook];

export class Appmixer implements INodeType {
	description: INodeTypeDescription = {
		...actionNode('appmixer', 'Appmixer People Task', RESOURCES, 'task'),
		version: [1, 1.1],
		defaultVersion: 1.1,
		icon: { light: 'file:appmixer.svg', dark: 'file:appmixer.dark.svg' },
		subtitle: gateSubtitle('decisions'),
		description: 'Ask a person to approve or reject, and wait for the answer',
		usableAsTool: true,
		outputs: gateOutputs('decisions'),
		waitingNodeTooltip: waitingTooltip,
		webhooks: decisionWebhooks,
		sensitiveOutputFields: ['approverSecret', 'requesterSecret', 'links'],
	};

	methods = { listSearch: { searchTasks } };

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, RESOURCES);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		if (this.getNodeParameter('operation', '') === 'wait') return await receiveWakeUp(this);
		return await receiveDecision(this, {
			readTask: readCallbackTask,
			isDue,
			registerAgain,
			readTasks: readTasksAgain,
		});
	}
}
