import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { runOperations } from '../shared/items/runOperations';
import * as activity from './actions/activity';
import * as tag from './actions/tag';
import * as task from './actions/task';
import * as user from './actions/user';
import {
	searchActivities,
	searchActivityTypes,
	searchContacts,
	searchTags,
	searchTasks,
} from './searchLists';

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
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Activity', value: 'activity' },
					{ name: 'Tag', value: 'tag' },
					{ name: 'Task', value: 'task' },
					{ name: 'User', value: 'user' },
				],
				default: 'task',
			},
			...task.description,
			...activity.description,
			...tag.description,
			...user.description,
		],
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
		return await runOperations(this, {
			activity: activity.operations,
			tag: tag.operations,
			task: task.operations,
			user: user.operations,
		});
	}
}
