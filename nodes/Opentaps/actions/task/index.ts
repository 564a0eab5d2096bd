import type { INodeProperties } from 'n8n-workflow';

import { complete } from './complete.operation';
import { create } from './create.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const operations = { complete, create, getAll, update };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['task'] } },
		options: [complete.option, create.option, getAll.option, update.option],
		default: 'create',
	},
	...create.description,
	...getAll.description,
	...update.description,
	...complete.description,
];
