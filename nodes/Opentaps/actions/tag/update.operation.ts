import { updateFieldsCollection } from '../../../shared/items/fields/makeField';
import { simplify } from '../../../shared/items/fields/runFields';
import { filledChanges } from '../../../shared/items/fields/filled';
import type { ItemOperation } from '../../../shared/items/operations';
import { updateTag } from '../../api';
import { tagIdField } from '../../fields';
import { rawOutput, tagOutput } from '../../output';
import { readTagDetails, tagDetailFields, tagNameField } from './tagFields';

export const update: ItemOperation = {
	name: 'Update',
	description: 'Change name, URL or keywords of a tag',
	action: 'Update a tag',
	access: 'write',
	fields: [tagIdField, updateFieldsCollection([...tagDetailFields, tagNameField]), simplify],
	prepare(read) {
		const simple = read.simple();
		const tagId = read.id(tagIdField);
		const given = read.within('updateFields');
		const changes = filledChanges(given, {
			tagName: given.ifSet(tagNameField, given.text),
			...readTagDetails(given),
		});
		return async () => {
			const raw = await updateTag(this, { tagId, ...changes });
			return simple ? tagOutput({ tagId, ...changes, ...raw }, simple) : rawOutput(raw);
		};
	},
};
