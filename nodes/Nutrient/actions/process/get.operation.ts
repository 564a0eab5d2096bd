import type { ItemOperation } from '../../../shared/items/operations';
import { getProcess } from '../../calls/processes';
import { processField } from '../../locators';
import { readOf } from '../../readOf';

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a process',
	action: 'Get a process',
	...readOf(processField, getProcess),
};
