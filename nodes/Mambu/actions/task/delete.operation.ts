import type { ItemOperation } from '../../../shared/items/operations';
import { deleteTask, openApi } from '../../api';
import { readTaskId, taskIdField } from '../../fields';

export const deleteOperation: ItemOperation = {
	name: 'Delete',
	description: 'Delete a task permanently',
	action: 'Delete a task',
	access: 'write',
	fields: [taskIdField],
	prepare(read) {
		const { itemIndex } = read;
		const taskId = readTaskId(this, itemIndex);
		return async () => {
			await deleteTask(await openApi(this), taskId);
			return { deleted: true };
		};
	},
};
