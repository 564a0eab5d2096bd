import type { INodeProperties } from 'n8n-workflow';
import { choiceField } from '../../../shared/items/fields/makeField';

import type { ItemOperation } from '../../../shared/items/operations';
import { listMyRequests, listVisibleRequests } from '../../api';
import { requestOutput } from '../../output';
import { listOperation, listQuery, orderFields, orderOf } from '../../readOf';
import { mineFilters, mineQuery, visibleFilters } from '../../requestQuery';

const sourceField = choiceField('Which Requests', 'source', 'mine', {
	description: 'Where to look. "Me" is the user that the credential acts as.',
	choices: {
		'Started by Me': ['mine', 'Those that the login started'],
		'Visible to Me': ['visible', 'Those a permission lets it see'],
	},
});

const permissionField: INodeProperties = {
	displayName: 'Permission Type',
	name: 'permissionType',
	type: 'string',
	required: true,
	default: '',
	description:
		"Which permission counts, in Nutrient's own words: see /workflow/admin/api-index on your host",
	displayOptions: { show: { source: ['visible'] } },
};

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve requests',
	action: 'Get many requests',
	...listOperation({
		source: [sourceField, permissionField],
		filters: [mineFilters, visibleFilters],
		options: orderFields,
		prepare(read) {
			if (read.choice(sourceField) === 'mine') {
				return { list: listMyRequests, query: { ...mineQuery(read), ...orderOf(read) } };
			}
			return { list: listVisibleRequests(read.id(permissionField)), query: listQuery(read) };
		},
		output: requestOutput,
	}),
};
