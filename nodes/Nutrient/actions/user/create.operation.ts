import type { ItemOperation } from '../../../shared/items/operations';
import { createUser } from '../../calls/users';
import { answerOutput, madeId } from '../../output';
import { readUserBody, userBodyField } from '../../userBody';

export const create: ItemOperation = {
	name: 'Create',
	description: 'Create a user',
	action: 'Create a user',
	access: 'write',
	once: true,
	madeId,
	fields: [userBodyField],
	prepare(read) {
		const body = readUserBody(read);
		return async () => answerOutput(await createUser(this, body), 'sid');
	},
};
