import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { pollingNode } from '../shared/trigger/pollingNode';
import { simplify, filtersCollection } from '../shared/items/fields/commonFields';
import { dueSoonField, pollMambu } from './poll';
import { assigneeFilter, clientFilter, groupFilter } from './query';
import { searchUsers } from './users';

export class MambuTrigger implements INodeType {
	description: INodeTypeDescription = {
		...pollingNode,
		displayName: 'Mambu Trigger',
		name: 'mambuTrigger',
		icon: { light: 'file:mambu.svg', dark: 'file:mambu.dark.svg' },
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a task in Mambu is new, completed or due',
		defaults: { name: 'Mambu Trigger' },
		credentials: [{ name: 'mambuApi', required: true }],
		properties: [
			{
				displayName:
					'Watches the open tasks the login can see. A task that is created and completed between two polls is not noticed.',
				name: 'visibilityNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: [
					{
						name: 'Completed',
						value: 'completed',
						description: 'The task is done. Nobody approved anything by it.',
					},
					{ name: 'Due Soon', value: 'dueSoon', description: 'The due date is near' },
					{ name: 'New', value: 'new' },
					{ name: 'Overdue', value: 'overdue', description: 'The due date has passed' },
					{
						name: 'Status Changed',
						value: 'statusChanged',
						description: 'Also reopened; not beside Completed or Overdue for the same change',
					},
				],
				default: ['completed'],
				description: 'What starts the workflow',
			},
			dueSoonField,
			filtersCollection([assigneeFilter, clientFilter, groupFilter]),
			simplify,
		],
	};

	methods = { listSearch: { searchUsers } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollMambu(this);
	}
}
