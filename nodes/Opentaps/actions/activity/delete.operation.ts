import { deletion } from '../../../shared/items/deletion';
import type { ItemOperation } from '../../../shared/items/operations';
import { deleteActivity } from '../../api';
import { activityIdField } from '../../fields';

export const deleteOperation: ItemOperation = {
	name: 'Delete',
	description: 'Delete an activity or a task',
	action: 'Delete an activity',
	...deletion(activityIdField, deleteActivity),
};
