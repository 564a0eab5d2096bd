import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runOperations } from '../shared/items/runOperations';
import * as file from './actions/file';
import * as processes from './actions/process';
import * as report from './actions/report';
import * as request from './actions/request';
import * as task from './actions/task';
import * as user from './actions/user';
import {
	searchProcesses,
	searchReports,
	searchRequests,
	searchTasks,
	searchUsers,
} from './searchLists';

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
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'File', value: 'file' },
					{ name: 'Process', value: 'process' },
					{ name: 'Report', value: 'report' },
					{ name: 'Request', value: 'request' },
					{ name: 'Task', value: 'task' },
					{ name: 'User', value: 'user' },
				],
				default: 'task',
			},
			...task.description,
			...request.description,
			...processes.description,
			...report.description,
			...user.description,
			...file.description,
		],
	};

	methods = {
		listSearch: { searchProcesses, searchReports, searchRequests, searchTasks, searchUsers },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, {
			task: task.operations,
			request: request.operations,
			process: processes.operations,
			report: report.operations,
			user: user.operations,
			file: file.operations,
		});
	}
}
