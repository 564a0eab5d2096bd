import type { INodeProperties } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { getCurrentUser } from '../../calls/users';
import { switchesOn } from '../../fields';

const permissionsField: INodeProperties = {
	displayName: 'Include Permissions',
	name: 'includePermissions',
	type: 'boolean',
	default: false,
	description: 'Whether to include what the user may do',
};

export const getCurrent: ItemOperation = {
	name: 'Get Current',
	description: 'Retrieve the user that the credential acts as',
	action: 'Get the current user',
	access: 'read',
	fields: [],
	options: [permissionsField],
	prepare(read) {
		const query = switchesOn(read.options(), [permissionsField]);
		return async () => await getCurrentUser(this, query);
	},
};
