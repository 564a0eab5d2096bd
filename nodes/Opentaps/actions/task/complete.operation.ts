import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { taskSite, updateRecord } from '../../api';
import { readId, taskIdField } from '../../fields';
import { rawOutput, readSimple, taskOutput } from '../../output';
import { COMPLETED } from '../../task';

export const complete: ItemOperation = {
	name: 'Complete',
	description: 'Set the status of a task to COMPLETED',
	action: 'Complete a task',
	access: 'write',
	fields: [taskIdField, simplify],
	prepare(read) {
		const { itemIndex } = read;
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
