import { limit, returnAll, simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { findTags } from '../../api';
import { readCollection, readCount, valueOf } from '../../fields';
import { readSimple, tagOutput } from '../../output';

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve tags of the client domain',
	action: 'Get many tags',
	access: 'read',
	fields: [
		returnAll,
		limit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Name Contains',
					name: 'tagName',
					type: 'string',
					default: '',
					placeholder: 'e.g. sales',
					description: 'Only tags with this text in their name, in upper or lower case',
				},
			],
		},
		simplify,
	],
	prepare(read) {
		const { itemIndex } = read;
		const count = readCount(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		const { tagName } = readCollection(this, 'filters', itemIndex);
		return async () => {
			// CRM2 has no pages of tags
			const tags = await findTags(this, valueOf(tagName));
			return tags.slice(0, count).map((raw) => tagOutput(raw, simple));
		};
	},
};
