import type { INodeProperties } from 'n8n-workflow';

import { exportOperation } from './export.operation';
import { getAll } from './getAll.operation';
import { run } from './run.operation';

export const operations = { export: exportOperation, getAll, run };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['report'] } },
		options: [exportOperation.option, getAll.option, run.option],
		default: 'run',
	},
	...exportOperation.description,
	...getAll.description,
	...run.description,
];
