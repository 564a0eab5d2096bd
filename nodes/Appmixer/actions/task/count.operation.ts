import {
	updateDisplayOptions,
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelReads } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { countTasks, openApi } from '../../api';
import { readSecret, readSecretField } from '../../fields';
import { filtersField, toQuery } from '../../query';

const option: INodePropertyOptions = {
	name: 'Count',
	value: 'count',
	description: 'Count the tasks that Get Many would return',
	action: 'Count tasks',
};

const properties: INodeProperties[] = [
	filtersField,
	optionsField([readSecretField, parallelReads]),
];

export const count: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['count'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const filters = this.getNodeParameter('filters', itemIndex, {}) as IDataObject;
		const query = toQuery(this.getNode(), filters, readSecret(this, itemIndex));
		return async () => ({ count: await countTasks(await openApi(this), query) });
	},
};
