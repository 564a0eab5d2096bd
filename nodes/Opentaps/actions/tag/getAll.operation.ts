import type { INodeProperties } from 'n8n-workflow';

import { filtersCollection } from '../../../shared/items/fields/makeField';
import { limit, returnAll, simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { findTags } from '../../api';
import { tagOutput } from '../../output';

const nameFilter: INodeProperties = {
	displayName: 'Name Contains',
	name: 'tagName',
	type: 'string',
	default: '',
	placeholder: 'e.g. sales',
	description: 'Only tags with this text in their name, in upper or lower case',
};

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve tags of the client domain',
	action: 'Get many tags',
	access: 'read',
	fields: [returnAll, limit, filtersCollection([nameFilter]), simplify],
	prepare(read) {
		const count = read.limit();
		const simple = read.simple();
		const filters = read.within('filters');
		const tagName = filters.ifGiven(nameFilter, filters.text) ?? '';
		return async () => {
			// CRM2 has no pages of tags
			const tags = await findTags(this, tagName);
			return tags.slice(0, count).map((raw) => tagOutput(raw, simple));
		};
	},
};
