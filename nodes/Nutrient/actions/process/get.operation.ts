import type { ItemOperation } from '../../../shared/items/operations';
import { getProcess } from '../../api';
import { readId } from '../../fields';
import { processField } from '../../locators';

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a process',
	action: 'Get a process',
	access: 'read',
	fields: [processField],
	prepare(read) {
		const { itemIndex } = read;
		const id = readId(this, 'processId', 'Process', itemIndex);
		return async () => await getProcess(this, id);
	},
};
