import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { eventsField, pollingNode } from '../shared/trigger/pollingNode';
import { simplify } from '../shared/items/fields/commonFields';
import { searchFilter } from './fields';
import { dueSoonField, pollNutrient } from './poll';

export class NutrientTrigger implements INodeType {
	description: INodeTypeDescription = {
		...pollingNode('nutrientTrigger', 'Nutrient Workflow Trigger', 'nutrientApi'),
		icon: { light: 'file:nutrient.svg', dark: 'file:nutrient.dark.svg' },
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when tasks or requests are new, change, end, or are due',
		properties: [
			{
				displayName:
					'Sees the tasks and requests of the user that the credential acts as. For other events add a REST Client task to the process, with the URL of a Webhook node.',
				name: 'visibilityNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Watch',
				name: 'watch',
				type: 'options',
				options: [
					{ name: 'My Tasks', value: 'tasks', description: 'What the user has to do' },
					{
						name: 'Requests Started by Me',
						value: 'requests',
						description: 'What became of the requests that the user started',
					},
				],
				default: 'tasks',
				description: 'What to look at',
			},
			{
				...eventsField,
				options: [
					{ name: 'Completed', value: 'completed', description: 'Done, by whichever decision' },
					{ name: 'Due Soon', value: 'dueSoon', description: 'The due date is near' },
					{ name: 'New', value: 'new' },
					{ name: 'Overdue', value: 'overdue', description: 'The due date has passed' },
					{
						name: 'Status Changed',
						value: 'statusChanged',
						description: 'Also cancelled, reassigned, and gone from the list',
					},
				],
				default: ['new'],
				displayOptions: { show: { watch: ['tasks'] } },
			},
			{
				...eventsField,
				options: [
					{ name: 'Completed', value: 'completed', description: 'Ended, and not cancelled' },
					{ name: 'New', value: 'new' },
					{
						name: 'Status Changed',
						value: 'statusChanged',
						description: 'Another milestone, or cancelled',
					},
				],
				default: ['completed'],
				displayOptions: { show: { watch: ['requests'] } },
			},
			dueSoonField,
			{
				displayName: 'Filters',
				name: 'filters',
				type: 'collection',
				placeholder: 'Add filter',
				default: {},
				options: [searchFilter],
				displayOptions: { show: { watch: ['tasks'] } },
			},
			{
				displayName: 'Filters',
				name: 'filters',
				type: 'collection',
				placeholder: 'Add filter',
				default: {},
				options: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						description: 'What the requests are called',
					},
					{
						displayName: 'Process ID',
						name: 'processId',
						type: 'string',
						default: '',
						description: 'The SID of the process',
					},
				],
				displayOptions: { show: { watch: ['requests'] } },
			},
			simplify,
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollNutrient(this);
	}
}
