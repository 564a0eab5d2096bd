import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { resourceFields } from '../shared/items/resource';
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
		displayName: 'Nutrient Workflow',
		name: 'nutrient',
		icon: { light: 'file:nutrient.svg', dark: 'file:nutrient.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Start requests, and approve and complete tasks in Nutrient Workflow Automation',
		defaults: { name: 'Nutrient Workflow' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'nutrientApi', required: true }],
		properties: resourceFields(RESOURCES, 'task'),
	};

	methods = {
		listSearch: { searchProcesses, searchReports, searchRequests, searchTasks, searchUsers },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, RESOURCES);
	}
}
