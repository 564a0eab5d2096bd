import type { INodeProperties } from 'n8n-workflow';

import { cancel } from './cancel.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getFiles } from './getFiles.operation';
import { getTasks } from './getTasks.operation';

export const operations = { cancel, get, getAll, getFiles, getTasks };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['request'] } },
		options: [cancel.option, get.option, getAll.option, getFiles.option, getTasks.option],
		default: 'getAll',
	},
	...cancel.description,
	...get.description,
	...getAll.description,
	...getFiles.description,
	...getTasks.description,
];
