import type { INodeProperties } from 'n8n-workflow';

import { create } from './create.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getCurrent } from './getCurrent.operation';
import { update } from './update.operation';

export const operations = { create, get, getAll, getCurrent, update };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['user'] } },
		options: [create.option, get.option, getCurrent.option, getAll.option, update.option],
		default: 'getAll',
	},
	...create.description,
	...get.description,
	...getAll.description,
	...getCurrent.description,
	...update.description,
];
