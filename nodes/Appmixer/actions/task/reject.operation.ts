import { updateDisplayOptions, type INodePropertyOptions } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { decisionProperties, prepareDecision } from './decide';

const option: INodePropertyOptions = {
	name: 'Reject',
	value: 'reject',
	description: 'Reject a task that is pending or due',
	action: 'Reject a task',
};

export const reject: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['reject'] } },
		decisionProperties,
	),
	access: 'write',
	prepare(itemIndex) {
		return prepareDecision(this, itemIndex, 'reject');
	},
};
