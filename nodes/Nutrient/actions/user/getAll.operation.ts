import type { ItemOperation } from '../../../shared/items/operations';
import { listUsers } from '../../calls/users';
import { filtersField, rawFilters, searchFilter } from '../../fields';
import { listOperation, listQuery, orderFields } from '../../readOf';

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve users',
	action: 'Get many users',
	...listOperation({
		filters: [filtersField([rawFilters, searchFilter])],
		options: orderFields,
		prepare: (read) => ({ list: listUsers, query: listQuery(read) }),
	}),
};
