import { updateDisplayOptions, type INodePropertyOptions } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { decisionProperties, prepareDecision } from './decide';

const option: INodePropertyOptions = {
	name: 'Approve',
	value: 'approve',
	description: 'Approve a task that is pending or due',
	action: 'Approve a task',
};

export const approve: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['approve'] } },
		decisionProperties,
	),
	access: 'write',
	prepare(itemIndex) {
		return prepareDecision(this, itemIndex, 'approve');
	},
};
