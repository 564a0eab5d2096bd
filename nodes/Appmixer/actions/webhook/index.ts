import type { INodeProperties } from 'n8n-workflow';

import { create } from './create.operation';
import { deleteOperation } from './delete.operation';

export const operations = { create, delete: deleteOperation };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['webhook'] } },
		options: [create.option, deleteOperation.option],
		default: 'create',
	},
	...create.description,
	...deleteOperation.description,
];
