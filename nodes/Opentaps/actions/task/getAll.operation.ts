import { limit, returnAll, simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { taskSite } from '../../api';
import { listTasks } from '../../listTasks';
import { taskOutput } from '../../output';
import { readExtra, readTaskTest, statusesFilter, taskFilters } from '../../query';

const openStatuses = { ...statusesFilter, default: 'CREATED, STARTED' };

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve tasks of the client domain',
	action: 'Get many tasks',
	access: 'read',
	fields: [openStatuses, returnAll, limit, taskFilters, simplify],
	prepare(read) {
		const count = read.limit();
		const simple = read.simple();
		const statuses = read.words(openStatuses);
		const filters = read.within('filters');
		const extra = readExtra(filters);
		const isWanted = readTaskTest(filters);
		return async () => {
			const site = await taskSite(this);
			// with a filter of our own nobody knows how many must be read
			const listed = await listTasks(this, statuses, isWanted ? Infinity : count, extra);
			const tasks = isWanted ? listed.filter(isWanted) : listed;
			return tasks.slice(0, count).map((raw) => taskOutput(raw, simple, site));
		};
	},
};
