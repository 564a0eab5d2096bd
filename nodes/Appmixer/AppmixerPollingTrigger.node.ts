import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { eventsField } from '../shared/trigger/events';
import { pollingNode } from '../shared/trigger/pollingNode';
import { filtersCollection, notice } from '../shared/items/fields/makeField';
import { simplify } from '../shared/items/fields/runFields';
import { dueSoonField, pollAppmixer } from './poll';
import { roleFilter, titleFilter } from './query';

export class AppmixerPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		...pollingNode('appmixerPollingTrigger', 'Appmixer People Task Polling Trigger', 'appmixerApi'),
		icon: { light: 'file:appmixer.svg', dark: 'file:appmixer.dark.svg' },
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when any task the login can see is new, decided or due',
		properties: [
			notice(
				'visibilityNotice',
				'Sees every task in which the login of the credential is approver or requester, whoever made it.',
			),
			{
				...eventsField,
				options: [
					{ name: 'Approved', value: 'approved' },
					{ name: 'Due', value: 'due', description: 'The date in Decision By has passed' },
					{ name: 'Due Soon', value: 'dueSoon', description: 'The date in Decision By is near' },
					{ name: 'New', value: 'new' },
					{ name: 'Rejected', value: 'rejected' },
				],
				default: ['approved', 'rejected'],
			},
			dueSoonField,
			filtersCollection([roleFilter, titleFilter]),
			simplify,
		],
	};

	async poll(this: IPollFunctions) {
		return await pollAppmixer(this);
	}
}
