import type { ItemOperation } from '../../../shared/items/operations';
import { readText } from '../../fields';
import { decideFields, decideOptions, prepareDecision } from './decision';

export const decide: ItemOperation = {
	name: 'Decide',
	description: 'Choose any option of an approval, such as Re-work',
	action: 'Decide a task',
	access: 'write',
	fields: decideFields,
	options: decideOptions,
	prepare(read) {
		const { itemIndex } = read;
		const label = readText(this, 'optionLabel', 'Option Label', itemIndex);
		return prepareDecision(this, itemIndex, { label });
	},
};
