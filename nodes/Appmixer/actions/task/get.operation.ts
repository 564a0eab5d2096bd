import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { getTask, openApi } from '../../api';
import { readSecret, readSecretField, readTaskId, taskIdField } from '../../fields';
import { readSimple, taskOutput } from '../../output';

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a task',
	action: 'Get a task',
	access: 'read',
	fields: [taskIdField, simplify],
	options: [readSecretField],
	prepare(read) {
		const { itemIndex } = read;
		const taskId = readTaskId(this, itemIndex);
		const secret = readSecret(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		return async () => taskOutput(await getTask(await openApi(this), taskId, secret), simple);
	},
};
