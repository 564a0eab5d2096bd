import type { INodeProperties } from 'n8n-workflow';

import { create } from './create.operation';
import { deleteOperation } from './delete.operation';
import { getActivities } from './getActivities.operation';
import { getAll } from './getAll.operation';
import { update } from './update.operation';

export const operations = { create, delete: deleteOperation, getActivities, getAll, update };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['tag'] } },
		options: [
			create.option,
			deleteOperation.option,
			getActivities.option,
			getAll.option,
			update.option,
		],
		default: 'getAll',
	},
	...create.description,
	...getAll.description,
	...getActivities.description,
	...update.description,
	...deleteOperation.description,
];
