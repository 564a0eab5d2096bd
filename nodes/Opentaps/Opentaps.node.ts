import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { resourceFields } from '../shared/items/resource';
import { runOperations } from '../shared/items/runOperations';
import { activity } from './actions/activity';
import { tag } from './actions/tag';
import { task } from './actions/task';
import { user } from './actions/user';
import {
	searchActivities,
	searchActivityTypes,
	searchContacts,
	searchTags,
	searchTasks,
} from './searchLists';

const RESOURCES = [activity, tag, task, user];

export class Opentaps implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'opentaps CRM2',
		name: 'opentaps',
		icon: { light: 'file:opentaps.svg', dark: 'file:opentaps.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with activities, tasks and tags in opentaps CRM2',
		defaults: { name: 'opentaps CRM2' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'opentapsApi', required: true }],
		properties: resourceFields(RESOURCES, 'task'),
	};

	methods = {
		listSearch: {
			searchActivities,
			searchActivityTypes,
			searchContacts,
			searchTags,
			searchTasks,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, RESOURCES);
	}
}
