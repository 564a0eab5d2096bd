import { simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { getTask, openApi } from '../../api';
import { taskIdField } from '../../fields';
import { taskOutput } from '../../output';

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a task. API V1 has no call for it: there, the lists are searched.',
	action: 'Get a task',
	access: 'read',
	fields: [taskIdField, simplify],
	prepare(read) {
		const taskId = read.id(taskIdField);
		const simple = read.simple();
		return async () => taskOutput(await getTask(await openApi(this), taskId), simple);
	},
};
