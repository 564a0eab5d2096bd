import { fieldError } from '../../../shared/http/errors';
import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { updateTag } from '../../api';
import { optional, readCollection, readId, tagIdField } from '../../fields';
import { rawOutput, readSimple, tagOutput } from '../../output';
import { readTagFields, tagDetailFields, tagNameField } from './tagFields';

export const update: ItemOperation = {
	name: 'Update',
	description: 'Change name, URL or keywords of a tag',
	action: 'Update a tag',
	access: 'write',
	fields: [
		tagIdField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [...tagDetailFields, optional(tagNameField)].sort((a, b) =>
				a.displayName.localeCompare(b.displayName),
			),
		},
		simplify,
	],
	prepare(read) {
		const { itemIndex } = read;
		const simple = readSimple(this, itemIndex);
		const tagId = readId(this, 'tagId', 'Tag', itemIndex);
		const changes = readTagFields(readCollection(this, 'updateFields', itemIndex));
		const problem =
			Object.keys(changes).length === 0
				? 'There is nothing to update'
				: changes.tagName === ''
					? 'Name is empty'
					: null;
		if (problem) {
			const advice =
				changes.tagName === ''
					? 'Enter a name, or remove the field.'
					: 'Add at least one field under Update Fields.';
			throw fieldError(this.getNode(), problem, advice, itemIndex);
		}
		return async () => {
			const raw = await updateTag(this, { tagId, ...changes });
			return simple ? tagOutput({ tagId, ...changes, ...raw }, simple) : rawOutput(raw);
		};
	},
};
