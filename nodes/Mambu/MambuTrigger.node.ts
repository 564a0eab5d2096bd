import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { eventsField } from '../shared/trigger/events';
import { pollingNode } from '../shared/trigger/pollingNode';
import { filtersCollection, notice } from '../shared/items/fields/makeField';
import { simplify } from '../shared/items/fields/runFields';
import { dueSoonField, pollMambu } from './poll';
import { assigneeFilter, clientFilter, groupFilter } from './query';
import { searchUsers } from './users';

export class MambuTrigger implements INodeType {
	description: INodeTypeDescription = {
		...pollingNode('mambuTrigger', 'Mambu Trigger', 'mambuApi'),
		icon: { light: 'file:mambu.svg', dark: 'file:mambu.dark.svg' },
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a task in Mambu is new, completed or due',
		properties: [
			notice(
				'visibilityNotice',
				'Watches the open tasks the login can see. A task that is created and completed between two polls is not noticed.',
			),
			{
				...eventsField,
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
			},
			dueSoonField,
			filtersCollection([assigneeFilter, clientFilter, groupFilter]),
			simplify,
		],
	};

	methods = { listSearch: { searchUsers } };

	async poll(this: IPollFunctions) {
		return await pollMambu(this);
	}
}
