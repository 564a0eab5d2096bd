import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';

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
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Start requests, and approve and complete tasks in Nutrient Workflow Automation',
		usableAsTool: true,
	};

	methods = {
		listSearch: { searchProcesses, searchReports, searchRequests, searchTasks, searchUsers },
	};

	async execute(this: IExecuteFunctions) {
		return await runOperations(this, RESOURCES);
	}
}
