import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { resourceFields } from '../shared/items/resource';
import { runOperations } from '../shared/items/runOperations';
import { task } from './actions/task';
import { searchTasks } from './searchTasks';
import { searchUsers } from './users';

const RESOURCES = [task];

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
		properties: resourceFields(RESOURCES, 'task'),
	};

	methods = { listSearch: { searchTasks, searchUsers } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, RESOURCES);
	}
}
