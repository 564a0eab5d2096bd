import { limit, returnAll } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { take } from '../../../shared/http/paging';
import { listUsers } from '../../api';
import {
	directionField,
	given,
	rawFilters,
	readFilterFields,
	readFilters,
	readLimit,
	readOptions,
	searchFilter,
	sortField,
} from '../../fields';

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve users',
	action: 'Get many users',
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
			options: [rawFilters, searchFilter],
		},
	],
	options: [sortField, directionField],
	prepare(read) {
		const { itemIndex } = read;
		const count = readLimit(this, itemIndex);
		const { search, filters } = readFilterFields(this, itemIndex);
		const { sort, dir } = readOptions(this, itemIndex);
		const query = given({ search, filters: readFilters(this, filters, itemIndex), sort, dir });
		return async () => await take(listUsers(this, query), count);
	},
};
