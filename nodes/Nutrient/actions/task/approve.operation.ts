import { updateDisplayOptions, type INodePropertyOptions } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { prepareVerdict, verdictProperties } from './decision';

const option: INodePropertyOptions = {
	name: 'Approve',
	value: 'approve',
	description: 'Choose the approving option of an approval',
	action: 'Approve a task',
};

/** The usual labels; processes may have others. */
const WORDS = ['Approve', 'Approved'];

export const approve: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['approve'] } },
		verdictProperties,
	),
	access: 'write',
	prepare(itemIndex) {
		return prepareVerdict(this, itemIndex, WORDS);
	},
};
