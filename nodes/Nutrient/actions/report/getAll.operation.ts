import { limit, returnAll } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { searchReportList } from '../../api';
import { given, readFilterFields, readLimit, searchFilter } from '../../fields';

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve the reports that can be run',
	action: 'Get many reports',
	access: 'read',
	fields: [
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
	],
	prepare(read) {
		const { itemIndex } = read;
		const count = readLimit(this, itemIndex);
		const { search, permissionType } = readFilterFields(this, itemIndex);
		const query = given({ search, permissionType });
		return async () => (await searchReportList(this, query)).slice(0, count);
	},
};
