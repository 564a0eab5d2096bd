import { limit, returnAll, simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { readTagActivities, taskSite } from '../../api';
import { readCount, readId, tagIdField } from '../../fields';
import { activityOutput, readSimple } from '../../output';

export const getActivities: ItemOperation = {
	name: 'Get Activities',
	description: 'Retrieve the activities and tasks that carry a tag',
	action: 'Get activities of a tag',
	access: 'read',
	fields: [tagIdField, returnAll, limit, simplify],
	prepare(read) {
		const { itemIndex } = read;
		const tagId = readId(this, 'tagId', 'Tag', itemIndex);
		const count = readCount(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		return async () => {
			const site = await taskSite(this);
			const activities = await readTagActivities(this, tagId);
			return activities.slice(0, count).map((raw) => activityOutput(raw, simple, site));
		};
	},
};
