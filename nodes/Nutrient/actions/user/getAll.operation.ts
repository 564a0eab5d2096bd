import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { limit, optionsField, parallelReads, returnAll } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { take } from '../../../shared/http/paging';
import { listUsers } from '../../api';
import {
	directionField,
	given,
	rawFilters,
	readFilterFields,
	readFilters,
	readLimit,
	readOptions,
	searchFilter,
	sortField,
} from '../../fields';

const option: INodePropertyOptions = {
	name: 'Get Many',
	value: 'getAll',
	description: 'Retrieve users',
	action: 'Get many users',
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
		options: [rawFilters, searchFilter],
	},
	optionsField([parallelReads, sortField, directionField]),
];

export const getAll: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['user'], operation: ['getAll'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const count = readLimit(this, itemIndex);
		const { search, filters } = readFilterFields(this, itemIndex);
		const { sort, dir } = readOptions(this, itemIndex);
		const query = given({ search, filters: readFilters(this, filters, itemIndex), sort, dir });
		return async () => await take(listUsers(this, query), count);
	},
};
