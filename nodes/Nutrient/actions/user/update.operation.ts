import type { ItemOperation } from '../../../shared/items/operations';
import { updateUser } from '../../calls/users';
import { userField } from '../../locators';
import { answerOutput } from '../../output';
import { readUserBody, userBodyField } from '../../userBody';

export const update: ItemOperation = {
	name: 'Update',
	description: 'Change a user',
	action: 'Update a user',
	access: 'write',
	fields: [userField, userBodyField],
	prepare(read) {
		const sid = read.id(userField);
		const body = readUserBody(read);
		return async () => {
			const answer = answerOutput(await updateUser(this, sid, body), 'sid');
			return 'response' in answer ? { sid, ...answer } : answer;
		};
	},
};
