import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelWrites } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { deleteTask, openApi } from '../../api';
import { readTaskId, taskIdField } from '../../fields';

const option: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	description: 'Delete a task permanently',
	action: 'Delete a task',
};

const properties: INodeProperties[] = [taskIdField, optionsField([parallelWrites])];

export const deleteOperation: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['delete'] } },
		properties,
	),
	access: 'write',
	prepare(itemIndex) {
		const taskId = readTaskId(this, itemIndex);
		return async () => {
			await deleteTask(await openApi(this), taskId);
			return { deleted: true };
		};
	},
};
