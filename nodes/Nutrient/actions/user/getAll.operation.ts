import { filtersCollection } from '../../../shared/items/fields/makeField';
import type { ItemOperation } from '../../../shared/items/operations';
import { listUsers } from '../../calls/users';
import { rawFilters, searchFilter } from '../../fields';
import { listOperation, listQuery, orderFields } from '../../readOf';

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve users',
	action: 'Get many users',
	...listOperation({
		filters: [filtersCollection([rawFilters, searchFilter])],
		options: orderFields,
		prepare: (read) => ({ list: listUsers, query: listQuery(read) }),
	}),
};
