import type { INodeProperties } from 'n8n-workflow';

import { addContact } from './addContact.operation';
import { create } from './create.operation';
import { deleteOperation } from './delete.operation';
import { getAll } from './getAll.operation';
import { removeContact } from './removeContact.operation';
import { update } from './update.operation';

export const operations = {
	addContact,
	create,
	delete: deleteOperation,
	getAll,
	removeContact,
	update,
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['activity'] } },
		options: [
			addContact.option,
			create.option,
			deleteOperation.option,
			getAll.option,
			removeContact.option,
			update.option,
		],
		default: 'create',
	},
	...create.description,
	...getAll.description,
	...update.description,
	...deleteOperation.description,
	...addContact.description,
	...removeContact.description,
];
