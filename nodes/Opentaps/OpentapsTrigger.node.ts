import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { eventsField } from '../shared/trigger/events';
import { pollingNode } from '../shared/trigger/pollingNode';
import { filtersCollection } from '../shared/items/fields/makeField';
import { simplify } from '../shared/items/fields/runFields';
import {
	activityStatuses,
	activityTypes,
	dueSoonField,
	pollOpentaps,
	taskStatuses,
	watchField,
} from './poll';
import { taskFilterOptions } from './query';
import { searchContacts } from './searchLists';

export class OpentapsTrigger implements INodeType {
	description: INodeTypeDescription = {
		...pollingNode('opentapsTrigger', 'opentaps CRM2 Trigger', 'opentapsApi'),
		icon: { light: 'file:opentaps.svg', dark: 'file:opentaps.dark.svg' },
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a task or activity in CRM2 is new, changed or due',
		properties: [
			watchField,
			{
				...eventsField,
				options: [
					{
						name: 'Completed',
						value: 'completed',
						description: 'It is done. Nobody approved anything by it.',
					},
					{ name: 'Due', value: 'due', description: 'Its scheduled time has come' },
					{ name: 'Due Soon', value: 'dueSoon', description: 'Its scheduled time is near' },
					{ name: 'New', value: 'new' },
					{
						name: 'Status Changed',
						value: 'statusChanged',
						description: 'Also reopened; not beside Completed for the same change',
					},
				],
				default: ['completed'],
			},
			dueSoonField,
			taskStatuses,
			activityTypes,
			activityStatuses,
			{
				...filtersCollection(taskFilterOptions.filter(({ type }) => type !== 'dateTime')),
				displayOptions: { show: { watch: ['tasks'] } },
			},
			simplify,
		],
	};

	methods = { listSearch: { searchContacts } };

	async poll(this: IPollFunctions) {
		return await pollOpentaps(this);
	}
}
