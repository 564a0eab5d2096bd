import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelWrites, simplify } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { taskSite, updateRecord } from '../../api';
import { readId, taskIdField } from '../../fields';
import { rawOutput, readSimple, taskOutput } from '../../output';
import { COMPLETED } from '../../task';

const option: INodePropertyOptions = {
	name: 'Complete',
	value: 'complete',
	description: 'Set the status of a task to COMPLETED',
	action: 'Complete a task',
};

const properties: INodeProperties[] = [taskIdField, simplify, optionsField([parallelWrites])];

export const complete: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['complete'] } },
		properties,
	),
	access: 'write',
	prepare(itemIndex) {
		const taskId = readId(this, 'taskId', 'Task', itemIndex);
		const simple = readSimple(this, itemIndex);
		return async () => {
			const changes = { status: COMPLETED };
			const raw = await updateRecord(this, 'task', taskId, changes, 'complete');
			if (!simple) return rawOutput(raw);
			return taskOutput({ _id: taskId, ...changes, ...raw }, simple, await taskSite(this));
		};
	},
};
