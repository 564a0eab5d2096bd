import { additionalFieldsCollection } from '../../../shared/items/fields/makeField';
import { simplify } from '../../../shared/items/fields/runFields';
import { filled } from '../../../shared/items/fields/filled';
import type { ItemOperation } from '../../../shared/items/operations';
import { createTag } from '../../api';
import { madeTagId, rawOutput, tagOutput } from '../../output';
import { readTagDetails, tagDetailFields, tagNameField } from './tagFields';

export const create: ItemOperation = {
	name: 'Create',
	description: 'Create a tag; the name must be new, in upper or lower case',
	action: 'Create a tag',
	access: 'write',
	once: true,
	madeId: madeTagId,
	fields: [tagNameField, additionalFieldsCollection(tagDetailFields), simplify],
	prepare(read) {
		const simple = read.simple();
		const tagName = read.text(tagNameField);
		const form = { tagName, ...filled(readTagDetails(read.within('additionalFields'))) };
		return async () => {
			const raw = await createTag(this, form);
			return simple ? tagOutput({ ...form, ...raw }, simple) : rawOutput(raw);
		};
	},
};
