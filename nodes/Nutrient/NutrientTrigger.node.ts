import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { eventsField } from '../shared/trigger/events';
import { pollingNode } from '../shared/trigger/pollingNode';
import { filtersCollection, notice } from '../shared/items/fields/makeField';
import { simplify } from '../shared/items/fields/runFields';
import { searchFilter } from './fields';
import { pollNutrient, watchField } from './poll';
import { nameFilter, processFilter } from './requestQuery';
import { dueSoonField } from './watchTasks';

export class NutrientTrigger implements INodeType {
	description: INodeTypeDescription = {
		...pollingNode('nutrientTrigger', 'Nutrient Workflow Trigger', 'nutrientApi'),
		icon: { light: 'file:nutrient.svg', dark: 'file:nutrient.dark.svg' },
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when tasks or requests are new, change, end, or are due',
		properties: [
			notice(
				'visibilityNotice',
				'Sees the tasks and requests of the user that the credential acts as. For other events add a REST Client task to the process, with the URL of a Webhook node.',
			),
			watchField,

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
				...filtersCollection([searchFilter]),
				displayOptions: { show: { watch: ['tasks'] } },
			},
			{
				...filtersCollection([nameFilter, processFilter]),
				displayOptions: { show: { watch: ['requests'] } },
			},
			simplify,
		],
	};

	async poll(this: IPollFunctions) {
		return await pollNutrient(this);
	}
}
