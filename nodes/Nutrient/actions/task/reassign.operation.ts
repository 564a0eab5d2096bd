import { notice } from '../../../shared/items/fields/makeField';
import type { ItemOperation } from '../../../shared/items/operations';
import { reassignTask } from '../../calls/tasks';
import { taskField, userField } from '../../locators';

export const reassign: ItemOperation = {
	name: 'Reassign',
	description: 'Give a task to another person',
	action: 'Reassign a task',
	access: 'write',
	once: true,
	fields: [
		taskField,
		userField,
		notice(
			'reassignNotice',
			'Allowed to the assignee where the task is designed so, and to managers of the process. Nutrient lists this call as hidden: it may change.',
		),
	],
	prepare(read) {
		const taskId = read.id(taskField);
		const userId = read.id(userField);
		return async () => ({
			taskId,
			userId,
			response: await reassignTask(this, taskId, userId),
		});
	},
};
