import { limit, returnAll, simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { readTagActivities, taskSite } from '../../api';
import { tagIdField } from '../../fields';
import { activityOutput } from '../../output';

export const getActivities: ItemOperation = {
	name: 'Get Activities',
	description: 'Retrieve the activities and tasks that carry a tag',
	action: 'Get activities of a tag',
	access: 'read',
	fields: [tagIdField, returnAll, limit, simplify],
	prepare(read) {
		const tagId = read.id(tagIdField);
		const count = read.limit();
		const simple = read.simple();
		return async () => {
			const site = await taskSite(this);
			const activities = await readTagActivities(this, tagId);
			return activities.slice(0, count).map((raw) => activityOutput(raw, simple, site));
		};
	},
};
