import type { ItemOperation } from '../../../shared/items/operations';
import { createUser } from '../../calls/users';
import { answerOutput } from '../../output';
import { readUserBody, userBodyField } from '../../userBody';

export const create: ItemOperation = {
	name: 'Create',
	description: 'Create a user',
	action: 'Create a user',
	access: 'write',
	once: true,
	fields: [userBodyField],
	prepare(read) {
		const body = readUserBody(read);
		return async () => answerOutput(await createUser(this, body), 'sid');
	},
};
