import { limit, returnAll, simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { take } from '../../../shared/http/paging';
import { listMyRequests, listVisibleRequests } from '../../api';
import { checkId, directionField, given, readLimit, readOptions, sortField } from '../../fields';
import { readSimple, requestOutput } from '../../output';
import { mineFilters, mineQuery, visibleFilters, visibleQuery } from '../../requestQuery';

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve requests',
	action: 'Get many requests',
	access: 'read',
	fields: [
		{
			displayName: 'Which Requests',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'Started by Me', value: 'mine', description: 'Those that the login started' },
				{ name: 'Visible to Me', value: 'visible', description: 'Those a permission lets it see' },
			],
			default: 'mine',
			description: 'Where to look. "Me" is the user that the credential acts as.',
		},
		{
			displayName: 'Permission Type',
			name: 'permissionType',
			type: 'string',
			required: true,
			default: '',
			description:
				"Which permission counts, in Nutrient's own words: see /workflow/admin/api-index on your host",
			displayOptions: { show: { source: ['visible'] } },
		},
		returnAll,
		limit,
		mineFilters,
		visibleFilters,
		simplify,
	],
	options: [sortField, directionField],
	prepare(read) {
		const { itemIndex } = read;
		const count = readLimit(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		const { sort, dir } = readOptions(this, itemIndex);
		const order = given({ sort, dir });
		const isMine = this.getNodeParameter('source', itemIndex, 'mine') === 'mine';
		if (isMine) {
			const query = { ...mineQuery(this, itemIndex), ...order };
			return async () =>
				(await take(listMyRequests(this, query), count)).map((raw) => requestOutput(raw, simple));
		}
		const type = this.getNodeParameter('permissionType', itemIndex, '');
		const permissionType = checkId(this, 'Permission Type', type, itemIndex);
		const query = { ...visibleQuery(this, itemIndex), ...order };
		return async () =>
			(await take(listVisibleRequests(this, permissionType, query), count)).map((raw) =>
				requestOutput(raw, simple),
			);
	},
};
