import type { ItemOperation } from '../../../shared/items/operations';
import { getUser } from '../../calls/users';
import { userField } from '../../locators';
import { readOf } from '../../readOf';

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a user',
	action: 'Get a user',
	...readOf(
		userField,
		async (context, id, { query }) => await getUser(context, id, query.full === true),
		[],
		[
			{
				displayName: 'Full Profile',
				name: 'full',
				type: 'boolean',
				default: false,
				description: 'Whether to retrieve all fields instead of the public ones',
			},
		],
	),
};
