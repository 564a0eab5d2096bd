import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runOperations } from '../shared/items/runOperations';
import * as task from './actions/task';
import { searchTasks } from './searchTasks';
import { searchUsers } from './users';

export class Mambu implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Mambu',
		name: 'mambu',
		icon: { light: 'file:mambu.svg', dark: 'file:mambu.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Create, read, complete and delete tasks in Mambu',
		defaults: { name: 'Mambu' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mambuApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Task', value: 'task' }],
				default: 'task',
			},
			...task.description,
		],
	};

	methods = { listSearch: { searchTasks, searchUsers } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, { task: task.operations });
	}
}
