import type { ItemOperation } from '../../../shared/items/operations';
import { searchProcessList } from '../../calls/processes';
import { permittedList } from '../../readOf';

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve processes',
	action: 'Get many processes',
	...permittedList(searchProcessList),
};
