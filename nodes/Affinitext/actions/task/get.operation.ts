import type { ItemOperation } from '../../../shared/items/operations';
import { feedFields, readFeedRequest, readTaskId, simplifyField, taskIdField } from '../../fields';
import { findOne, sharedList } from '../../lookUp';
import { taskOutput } from '../../output';

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a task. The API has no call for it: the list is searched.',
	action: 'Get a task',
	access: 'read',
	fields: [taskIdField, simplifyField],
	options: [...feedFields],
	prepare(read) {
		const taskId = readTaskId(read);
		const simple = read.simple(simplifyField);
		const request = readFeedRequest(read.options());
		const reading = { timezone: this.getTimezone(), monthFirst: request.monthFirst };
		return async () => {
			const list = await sharedList(this, request);
			return taskOutput(findOne(this, list, taskId), simple, reading);
		};
	},
};
