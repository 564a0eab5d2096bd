import type { ItemOperation } from '../../../shared/items/operations';
import { searchReportList } from '../../calls/reports';
import { permittedList } from '../../readOf';

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve the reports that can be run',
	action: 'Get many reports',
	...permittedList(searchReportList),
};
