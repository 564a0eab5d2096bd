import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelReads } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { getProcess } from '../../api';
import { readId } from '../../fields';
import { processField } from '../../locators';

const option: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	description: 'Retrieve a process',
	action: 'Get a process',
};

const properties: INodeProperties[] = [processField, optionsField([parallelReads])];

export const get: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['process'], operation: ['get'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const id = readId(this, 'processId', 'Process', itemIndex);
		return async () => await getProcess(this, id);
	},
};
