import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { listRequestTasks } from '../../api';
import { readId } from '../../fields';
import { requestField } from '../../locators';
import { readSimple, taskOutput } from '../../output';

export const getTasks: ItemOperation = {
	name: 'Get Tasks',
	description: 'Retrieve the tasks of a request, one for each assignee',
	action: 'Get the tasks of a request',
	access: 'read',
	fields: [requestField, simplify],
	prepare(read) {
		const { itemIndex } = read;
		const id = readId(this, 'requestId', 'Request', itemIndex);
		const simple = readSimple(this, itemIndex);
		return async () => (await listRequestTasks(this, id)).map((raw) => taskOutput(raw, simple));
	},
};
