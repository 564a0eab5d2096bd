import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelWrites } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { createUser } from '../../api';
import { answerOutput } from '../../output';
import { readUserBody, userBodyField } from '../../userBody';

const option: INodePropertyOptions = {
	name: 'Create',
	value: 'create',
	description: 'Create a user',
	action: 'Create a user',
};

const properties: INodeProperties[] = [userBodyField, optionsField([parallelWrites])];

export const create: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['user'], operation: ['create'] } },
		properties,
	),
	access: 'write',
	prepare(itemIndex) {
		const body = readUserBody(this, itemIndex);
		return async () => answerOutput(await createUser(this, body), 'sid');
	},
};
