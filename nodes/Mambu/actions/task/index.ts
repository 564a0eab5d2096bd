import type { INodeProperties } from 'n8n-workflow';

import { complete } from './complete.operation';
import { create } from './create.operation';
import { deleteOperation } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { reopen } from './reopen.operation';
import { update } from './update.operation';

export const operations = {
	complete,
	create,
	delete: deleteOperation,
	get,
	getAll,
	reopen,
	update,
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['task'] } },
		options: [
			complete.option,
			create.option,
			deleteOperation.option,
			get.option,
			getAll.option,
			reopen.option,
			update.option,
		],
		default: 'create',
	},
	...create.description,
	...get.description,
	...getAll.description,
	...update.description,
	...complete.description,
	...reopen.description,
	...deleteOperation.description,
];
