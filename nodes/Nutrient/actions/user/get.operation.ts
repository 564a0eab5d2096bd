import type { ItemOperation } from '../../../shared/items/operations';
import { getUser } from '../../api';
import { readId, readOptions } from '../../fields';
import { userField } from '../../locators';

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a user',
	action: 'Get a user',
	access: 'read',
	fields: [userField],
	options: [
		{
			displayName: 'Full Profile',
			name: 'full',
			type: 'boolean',
			default: false,
			description: 'Whether to retrieve all fields instead of the public ones',
		},
	],
	prepare(read) {
		const { itemIndex } = read;
		const id = readId(this, 'userId', 'User', itemIndex);
		const { full } = readOptions(this, itemIndex);
		return async () => await getUser(this, id, full === true);
	},
};
