import type { INodeProperties } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { getUser } from '../../calls/users';
import { userField } from '../../locators';

const fullField: INodeProperties = {
	displayName: 'Full Profile',
	name: 'full',
	type: 'boolean',
	default: false,
	description: 'Whether to retrieve all fields instead of the public ones',
};

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a user',
	action: 'Get a user',
	access: 'read',
	fields: [userField],
	options: [fullField],
	prepare(read) {
		const id = read.id(userField);
		const isFull = read.options().isOn(fullField);
		return async () => await getUser(this, id, isFull);
	},
};
