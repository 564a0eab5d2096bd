import type { ItemOperation } from '../../../shared/items/operations';
import { getCurrentUser } from '../../api';
import { readOptions } from '../../fields';

export const getCurrent: ItemOperation = {
	name: 'Get Current',
	description: 'Retrieve the user that the credential acts as',
	action: 'Get the current user',
	access: 'read',
	fields: [],
	options: [
		{
			displayName: 'Include Permissions',
			name: 'includePermissions',
			type: 'boolean',
			default: false,
			description: 'Whether to include what the user may do',
		},
	],
	prepare(read) {
		const { itemIndex } = read;
		const { includePermissions } = readOptions(this, itemIndex);
		const query = includePermissions === true ? { includePermissions } : {};
		return async () => await getCurrentUser(this, query);
	},
};
