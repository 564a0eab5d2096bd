import { simplify } from '../../../shared/items/fields/runFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { listRequestTasks } from '../../api';
import { requestField } from '../../locators';
import { taskOutput } from '../../output';
import { readOf } from '../../readOf';

export const getTasks: ItemOperation = {
	name: 'Get Tasks',
	description: 'Retrieve the tasks of a request, one for each assignee',
	action: 'Get the tasks of a request',
	...readOf(
		requestField,
		async (context, id, { simple }) =>
			(await listRequestTasks(context, id)).map((raw) => taskOutput(raw, simple)),
		[simplify],
	),
};
