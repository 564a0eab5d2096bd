import { limit, returnAll, simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { take } from '../../../shared/http/paging';
import { taskSite } from '../../api';
import { readCollection, readCount, wordsIn } from '../../fields';
import { filterTasks, listTasks } from '../../listTasks';
import { readSimple, taskOutput } from '../../output';
import { readExtra, readTaskTest, statusesFilter, taskFilters } from '../../query';

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve tasks of the client domain',
	action: 'Get many tasks',
	access: 'read',
	fields: [
		{ ...statusesFilter, default: 'CREATED, STARTED' },
		returnAll,
		limit,
		taskFilters,
		simplify,
	],
	prepare(read) {
		const { itemIndex } = read;
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
