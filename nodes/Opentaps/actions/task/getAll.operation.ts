import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import {
	limit,
	optionsField,
	parallelReads,
	returnAll,
	simplify,
} from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { take } from '../../../shared/http/paging';
import { taskSite } from '../../api';
import { readCollection, readCount, wordsIn } from '../../fields';
import { filterTasks, listTasks } from '../../listTasks';
import { readSimple, taskOutput } from '../../output';
import { readExtra, readTaskTest, statusesFilter, taskFilters } from '../../query';

const option: INodePropertyOptions = {
	name: 'Get Many',
	value: 'getAll',
	description: 'Retrieve tasks of the client domain',
	action: 'Get many tasks',
};

const properties: INodeProperties[] = [
	{ ...statusesFilter, default: 'CREATED, STARTED' },
	returnAll,
	limit,
	taskFilters,
	simplify,
	optionsField([parallelReads]),
];

export const getAll: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['getAll'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const count = readCount(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		const statuses = wordsIn(this.getNodeParameter('statuses', itemIndex, 'CREATED, STARTED'));
		const filters = readCollection(this, 'filters', itemIndex);
		const extra = readExtra(this, filters, itemIndex);
		const isWanted = readTaskTest(this, filters, itemIndex);
		return async () => {
			const site = await taskSite(this);
			// with a filter of our own nobody knows how many must be read
			const listed = listTasks(this, statuses, isWanted ? Infinity : count, extra);
			const tasks = await take(isWanted ? filterTasks(listed, isWanted) : listed, count);
			return tasks.map((raw) => taskOutput(raw, simple, site));
		};
	},
};
