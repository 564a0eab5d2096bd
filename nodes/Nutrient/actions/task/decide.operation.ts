import { updateDisplayOptions, type INodePropertyOptions } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { readText } from '../../fields';
import { decideProperties, prepareDecision } from './decision';

const option: INodePropertyOptions = {
	name: 'Decide',
	value: 'decide',
	description: 'Choose any option of an approval, such as Re-work',
	action: 'Decide a task',
};

export const decide: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['decide'] } },
		decideProperties,
	),
	access: 'write',
	prepare(itemIndex) {
		const label = readText(this, 'optionLabel', 'Option Label', itemIndex);
		return prepareDecision(this, itemIndex, { label });
	},
};
