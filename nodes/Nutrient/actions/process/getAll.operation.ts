import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { limit, optionsField, parallelReads, returnAll } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { searchProcessList } from '../../api';
import { given, readFilterFields, readLimit, searchFilter } from '../../fields';

const option: INodePropertyOptions = {
	name: 'Get Many',
	value: 'getAll',
	description: 'Retrieve processes',
	action: 'Get many processes',
};

const properties: INodeProperties[] = [
	returnAll,
	limit,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{
				displayName: 'Permission Type',
				name: 'permissionType',
				type: 'string',
				default: '',
				description: "Which of the login's permissions counts, in Nutrient's own words",
			},
			searchFilter,
		],
	},
	optionsField([parallelReads]),
];

export const getAll: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['process'], operation: ['getAll'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const count = readLimit(this, itemIndex);
		const { search, permissionType } = readFilterFields(this, itemIndex);
		const query = given({ search, permissionType });
		return async () => (await searchProcessList(this, query)).slice(0, count);
	},
};
