import type {
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { gateOutputs, gateSubtitle, waitingTooltip } from '../shared/gate/outputs';
import { receiveWakeUp, wakeUpWebhooks } from '../shared/gate/wakeUp';
import { actionNode } from '../shared/items/resource';
import { runOperations } from '../shared/items/runOperations';
import { file } from './actions/file';
import { processes } from './actions/process';
import { report } from './actions/report';
import { request } from './actions/request';
import { task } from './actions/task';
import { user } from './actions/user';
import {
	searchProcesses,
	searchReports,
	searchRequests,
	searchTasks,
	searchUsers,
} from './searchLists';

const RESOURCES = [file, processes, report, request, task, user];

export class Nutrient implements INodeType {
	description: INodeTypeDescription = {
		...actionNode('nutrient', 'Nutrient Workflow', RESOURCES, 'task'),
		icon: { light: 'file:nutrient.svg', dark: 'file:nutrient.dark.svg' },
		subtitle: gateSubtitle('decisions'),
		description: 'Start requests, and approve and complete tasks in Nutrient Workflow Automation',
		usableAsTool: true,
		outputs: gateOutputs('decisions'),
		waitingNodeTooltip: waitingTooltip,
		webhooks: wakeUpWebhooks,
	};

	methods = {
		listSearch: { searchProcesses, searchReports, searchRequests, searchTasks, searchUsers },
	};

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, RESOURCES);
	}

	/** A REST Client task, which does not call again, and may hold its process up when it is refused. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveWakeUp(this, 200);
	}
}
