import { deletion } from '../../../shared/items/deletion';
import type { ItemOperation } from '../../../shared/items/operations';
import { deleteTask, openApi } from '../../api';
import { taskIdField } from '../../fields';

export const deleteOperation: ItemOperation = {
	name: 'Delete',
	description: 'Delete a task permanently',
	action: 'Delete a task',
	...deletion(
		taskIdField,
		async (context, taskId) => await deleteTask(await openApi(context), taskId),
	),
};
