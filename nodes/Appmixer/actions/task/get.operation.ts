import { simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { getTask, openApi } from '../../api';
import { readSecretField, taskIdField } from '../../fields';
import { taskOutput } from '../../output';

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a task',
	action: 'Get a task',
	access: 'read',
	fields: [taskIdField, simplify],
	options: [readSecretField],
	prepare(read) {
		const options = read.options();
		const taskId = read.id(taskIdField);
		const secret = options.ifGiven(readSecretField, options.text);
		const simple = read.simple();
		return async () => taskOutput(await getTask(await openApi(this), taskId, secret), simple);
	},
};
