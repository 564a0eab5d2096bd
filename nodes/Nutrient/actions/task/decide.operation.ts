import type { ItemOperation } from '../../../shared/items/operations';
import { decideFields, decideOptions, labelField, prepareDecision } from './decision';

export const decide: ItemOperation = {
	name: 'Decide',
	description: 'Choose any option of an approval, such as Re-work',
	action: 'Decide a task',
	access: 'write',
	once: true,
	fields: decideFields,
	options: decideOptions,
	prepare(read) {
		return prepareDecision(this, read, { label: read.text(labelField) });
	},
};
