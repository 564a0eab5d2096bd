import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelWrites } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { updateUser } from '../../api';
import { readId } from '../../fields';
import { userField } from '../../locators';
import { answerOutput } from '../../output';
import { readUserBody, userBodyField } from '../../userBody';

const option: INodePropertyOptions = {
	name: 'Update',
	value: 'update',
	description: 'Change a user',
	action: 'Update a user',
};

const properties: INodeProperties[] = [userField, userBodyField, optionsField([parallelWrites])];

export const update: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['user'], operation: ['update'] } },
		properties,
	),
	access: 'write',
	prepare(itemIndex) {
		const sid = readId(this, 'userId', 'User', itemIndex);
		const body = readUserBody(this, itemIndex);
		return async () => {
			const answer = answerOutput(await updateUser(this, sid, body), 'sid');
			return 'response' in answer ? { sid, ...answer } : answer;
		};
	},
};
