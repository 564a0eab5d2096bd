import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { createTag } from '../../api';
import { readCollection, readText } from '../../fields';
import { rawOutput, readSimple, tagOutput } from '../../output';
import { readTagFields, tagDetailFields, tagNameField } from './tagFields';

export const create: ItemOperation = {
	name: 'Create',
	description: 'Create a tag; the name must be new, in upper or lower case',
	action: 'Create a tag',
	access: 'write',
	fields: [
		tagNameField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: tagDetailFields,
		},
		simplify,
	],
	prepare(read) {
		const { itemIndex } = read;
		const simple = readSimple(this, itemIndex);
		const tagName = readText(this, 'tagName', 'Name', itemIndex);
		const given = readCollection(this, 'additionalFields', itemIndex);
		const form = { tagName, ...readTagFields(given) };
		return async () => {
			const raw = await createTag(this, form);
			return simple ? tagOutput({ ...form, ...raw }, simple) : rawOutput(raw);
		};
	},
};
