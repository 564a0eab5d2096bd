import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { taskSite, updateRecord } from '../../api';
import {
	assignedContactField,
	customFieldsField,
	optional,
	readId,
	responsibleContactField,
	scheduledField,
	statusField,
	taskIdField,
	textField,
} from '../../fields';
import { rawOutput, readSimple, taskOutput } from '../../output';
import { readChanges } from '../../readFields';

export const update: ItemOperation = {
	name: 'Update',
	description: 'Change fields of a task; the others stay as they are',
	action: 'Update a task',
	access: 'write',
	fields: [
		taskIdField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				assignedContactField,
				customFieldsField,
				responsibleContactField,
				scheduledField,
				statusField,
				textField,
			].map(optional),
		},
		simplify,
	],
	prepare(read) {
		const { itemIndex } = read;
		const taskId = readId(this, 'taskId', 'Task', itemIndex);
		const simple = readSimple(this, itemIndex);
		const changes = readChanges(this, itemIndex);
		return async () => {
			const raw = await updateRecord(this, 'task', taskId, changes);
			if (!simple) return rawOutput(raw);
			return taskOutput({ _id: taskId, ...changes, ...raw }, simple, await taskSite(this));
		};
	},
};
