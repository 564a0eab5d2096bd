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

const RESOURCES = [task];

export class Affinitext implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Affinitext',
		name: 'affinitext',
		icon: { light: 'file:affinitext.svg', dark: 'file:affinitext.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read tasks from an Affinitext library',
		defaults: { name: 'Affinitext' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'affinitextApi', required: true }],
		properties: resourceFields(RESOURCES, 'task'),
	};

	methods = { listSearch: { searchTasks } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, RESOURCES);
	}
}
