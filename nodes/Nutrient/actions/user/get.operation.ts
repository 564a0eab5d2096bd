import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelReads } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { getUser } from '../../api';
import { readId, readOptions } from '../../fields';
import { userField } from '../../locators';

const option: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	description: 'Retrieve a user',
	action: 'Get a user',
};

const properties: INodeProperties[] = [
	userField,
	optionsField([
		{
			displayName: 'Full Profile',
			name: 'full',
			type: 'boolean',
			default: false,
			description: 'Whether to retrieve all fields instead of the public ones',
		},
		parallelReads,
	]),
];

export const get: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['user'], operation: ['get'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const id = readId(this, 'userId', 'User', itemIndex);
		const { full } = readOptions(this, itemIndex);
		return async () => await getUser(this, id, full === true);
	},
};
