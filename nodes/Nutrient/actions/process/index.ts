import type { INodeProperties } from 'n8n-workflow';

import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getTasks } from './getTasks.operation';
import { start } from './start.operation';

export const operations = { get, getAll, getTasks, start };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['process'] } },
		options: [get.option, getAll.option, getTasks.option, start.option],
		default: 'start',
	},
	...get.description,
	...getAll.description,
	...getTasks.description,
	...start.description,
];
