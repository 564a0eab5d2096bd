import { limit, returnAll, simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { take } from '../../../shared/http/paging';
import { taskSite } from '../../api';
import { listActivities } from '../../listActivities';
import { activityOutput } from '../../output';
import { activityFilters, readActivityQuery } from '../../query';

export const getAll: ItemOperation = {
	name: 'Get Many',
	description: 'Retrieve activities of the client domain',
	action: 'Get many activities',
	access: 'read',
	fields: [returnAll, limit, activityFilters, simplify],
	prepare(read) {
		const count = read.limit();
		const simple = read.simple();
		const query = readActivityQuery(read.within('filters'));
		return async () => {
			const site = await taskSite(this);
			const activities = await take(listActivities(this, query, count), count);
			return activities.map((raw) => activityOutput(raw, simple, site));
		};
	},
};
