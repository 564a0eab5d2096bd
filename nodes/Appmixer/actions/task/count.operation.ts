import { type IDataObject } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { countTasks, openApi } from '../../api';
import { readSecret, readSecretField } from '../../fields';
import { filtersField, toQuery } from '../../query';

export const count: ItemOperation = {
	name: 'Count',
	description: 'Count the tasks that Get Many would return',
	action: 'Count tasks',
	access: 'read',
	fields: [filtersField],
	options: [readSecretField],
	prepare(read) {
		const { itemIndex } = read;
		const filters = this.getNodeParameter('filters', itemIndex, {}) as IDataObject;
		const query = toQuery(this.getNode(), filters, readSecret(this, itemIndex));
		return async () => ({ count: await countTasks(await openApi(this), query) });
	},
};
