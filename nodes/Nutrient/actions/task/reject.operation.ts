import { updateDisplayOptions, type INodePropertyOptions } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { prepareVerdict, verdictProperties } from './decision';

const option: INodePropertyOptions = {
	name: 'Reject',
	value: 'reject',
	description: 'Choose the denying option of an approval',
	action: 'Reject a task',
};

/** The usual labels; processes may have others. */
const WORDS = ['Deny', 'Denied', 'Reject', 'Rejected'];

export const reject: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['reject'] } },
		verdictProperties,
	),
	access: 'write',
	prepare(itemIndex) {
		return prepareVerdict(this, itemIndex, WORDS);
	},
};
