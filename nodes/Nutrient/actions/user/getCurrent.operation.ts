import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelReads } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { getCurrentUser } from '../../api';
import { readOptions } from '../../fields';

const option: INodePropertyOptions = {
	name: 'Get Current',
	value: 'getCurrent',
	description: 'Retrieve the user that the credential acts as',
	action: 'Get the current user',
};

const properties: INodeProperties[] = [
	optionsField([
		{
			displayName: 'Include Permissions',
			name: 'includePermissions',
			type: 'boolean',
			default: false,
			description: 'Whether to include what the user may do',
		},
		parallelReads,
	]),
];

export const getCurrent: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['user'], operation: ['getCurrent'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const { includePermissions } = readOptions(this, itemIndex);
		const query = includePermissions === true ? { includePermissions } : {};
		return async () => await getCurrentUser(this, query);
	},
};
