import type { INodeProperties } from 'n8n-workflow';
import { choiceField, filtersCollection } from '../../../shared/items/fields/makeField';

import type { ItemOperation } from '../../../shared/items/operations';
import { listMyTasks, searchAllTasks } from '../../api';
import { rawFilters, searchFilter } from '../../fields';
import { processField } from '../../locators';
import { taskOutput } from '../../output';
import { listOperation, listQuery, orderFields } from '../../readOf';

const sourceField = choiceField('Which Tasks', 'source', 'mine', {
	description: 'Where to look. "My" is the user that the credential acts as.',
	choices: {
		'My Tasks': ['mine', 'Those that the login has to do'],
		'Of a Process': ['process', 'Those of all its requests'],
	},
});

const processFieldField: INodeProperties = {
	displayName: 'Process Field',
	name: 'processFieldName',
	type: 'string',
	default: 'processSid',
	description:
		"What the tasks of a process are filtered by, in Nutrient's spelling, which may differ between versions",
};

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve tasks',
	action: 'Get many tasks',
	...listOperation({
		source: [sourceField, { ...processField, displayOptions: { show: { source: ['process'] } } }],
		filters: [filtersCollection([rawFilters, searchFilter])],
		options: [processFieldField, ...orderFields],
		prepare(read) {
			if (read.choice(sourceField) === 'mine') return { list: listMyTasks, query: listQuery(read) };
			const options = read.options();
			const field = options.ifGiven(processFieldField, options.text) ?? 'processSid';
			const ofProcess = { field, data: { comparison: 'eq', value: read.id(processField) } };
			return { list: searchAllTasks, query: listQuery(read, [ofProcess]) };
		},
		output: taskOutput,
	}),
};
