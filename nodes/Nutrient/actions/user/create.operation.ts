import type { ItemOperation } from '../../../shared/items/operations';
import { createUser } from '../../api';
import { answerOutput } from '../../output';
import { readUserBody, userBodyField } from '../../userBody';

export const create: ItemOperation = {
	name: 'Create',
	description: 'Create a user',
	action: 'Create a user',
	access: 'write',
	creates: true,
	fields: [userBodyField],
	prepare(read) {
		const { itemIndex } = read;
		const body = readUserBody(this, itemIndex);
		return async () => answerOutput(await createUser(this, body), 'sid');
	},
};
