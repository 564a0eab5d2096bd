import type { ItemOperation } from '../../../shared/items/operations';
import { deleteActivity } from '../../api';
import { activityIdField, readId } from '../../fields';

export const deleteOperation: ItemOperation = {
	name: 'Delete',
	description: 'Delete an activity or a task',
	action: 'Delete an activity',
	access: 'write',
	fields: [activityIdField],
	prepare(read) {
		const { itemIndex } = read;
		const activityId = readId(this, 'activityId', 'Activity', itemIndex);
		return async () => {
			await deleteActivity(this, activityId);
			return { deleted: true };
		};
	},
};
