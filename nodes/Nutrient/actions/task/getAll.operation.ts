import { type IDataObject } from 'n8n-workflow';

import { limit, returnAll, simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { take } from '../../../shared/http/paging';
import { listMyTasks, searchAllTasks } from '../../api';
import {
	directionField,
	given,
	rawFilters,
	readFilterFields,
	readFilters,
	readId,
	readLimit,
	readOptions,
	searchFilter,
	sortField,
} from '../../fields';
import { processField } from '../../locators';
import { readSimple, taskOutput } from '../../output';

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve tasks',
	action: 'Get many tasks',
	access: 'read',
	fields: [
		{
			displayName: 'Which Tasks',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'My Tasks', value: 'mine', description: 'Those that the login has to do' },
				{ name: 'Of a Process', value: 'process', description: 'Those of all its requests' },
			],
			default: 'mine',
			description: 'Where to look. "My" is the user that the credential acts as.',
		},
		{ ...processField, displayOptions: { show: { source: ['process'] } } },
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
		simplify,
	],
	options: [
		{
			displayName: 'Process Field',
			name: 'processFieldName',
			type: 'string',
			default: 'processSid',
			description:
				"What the tasks of a process are filtered by, in Nutrient's spelling, which may differ between versions",
		},
		sortField,
		directionField,
	],
	prepare(read) {
		const { itemIndex } = read;
		const count = readLimit(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		const { search, filters } = readFilterFields(this, itemIndex);
		const { sort, dir, processFieldName } = readOptions(this, itemIndex);
		const isMine = this.getNodeParameter('source', itemIndex, 'mine') === 'mine';
		const ofProcess: IDataObject[] = [];
		if (!isMine) {
			const value = readId(this, 'processId', 'Process', itemIndex);
			const field = String(processFieldName || 'processSid');
			ofProcess.push({ field, data: { comparison: 'eq', value } });
		}
		const query = given({
			search,
			filters: readFilters(this, filters, itemIndex, ofProcess),
			sort,
			dir,
		});
		return async () => {
			const tasks = (isMine ? listMyTasks : searchAllTasks)(this, query);
			return (await take(tasks, count)).map((raw) => taskOutput(raw, simple));
		};
	},
};
