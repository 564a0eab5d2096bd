import {
	updateDisplayOptions,
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelWrites } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { reassignTask } from '../../api';
import { readId } from '../../fields';
import { taskField, userField } from '../../locators';

const option: INodePropertyOptions = {
	name: 'Reassign',
	value: 'reassign',
	description: 'Give a task to another person',
	action: 'Reassign a task',
};

const properties: INodeProperties[] = [
	taskField,
	userField,
	{
		displayName:
			'Allowed to the assignee where the task is designed so, and to managers of the process. Nutrient lists this call as hidden: it may change.',
		name: 'reassignNotice',
		type: 'notice',
		default: '',
	},
	optionsField([parallelWrites]),
];

export const reassign: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['reassign'] } },
		properties,
	),
	access: 'write',
	prepare(itemIndex) {
		const taskId = readId(this, 'taskId', 'Task', itemIndex);
		const userId = readId(this, 'userId', 'User', itemIndex);
		return async () => {
			const answer = await reassignTask(this, taskId, userId);
			return { taskId, userId, response: answer as IDataObject | null };
		};
	},
};
