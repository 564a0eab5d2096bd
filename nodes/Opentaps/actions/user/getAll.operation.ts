import { type IDataObject } from 'n8n-workflow';

import { limit, returnAll, simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { readUsers } from '../../api';
import { rawOutput } from '../../output';
import { toPerson } from '../../people';

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve the contacts who can log in, to whom tasks are assigned',
	action: 'Get many users',
	access: 'read',
	fields: [returnAll, limit, simplify],
	prepare(read) {
		const count = read.limit();
		const simple = read.simple();
		return async () => {
			// CRM2 has no pages of users
			const users = (await readUsers(this)).slice(0, count);
			return users.map((user) =>
				simple ? (toPerson(user) as unknown as IDataObject) : rawOutput(user),
			);
		};
	},
};
