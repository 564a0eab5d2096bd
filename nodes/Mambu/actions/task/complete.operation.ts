import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { openApi, patchTask } from '../../api';
import { updateV1 } from '../../change';
import {
	checkDate,
	completionDateField,
	readOptions,
	readTaskId,
	taskIdField,
	wrongVersion,
} from '../../fields';
import { readSimple, taskOutput } from '../../output';

export const complete: ItemOperation = {
	name: 'Complete',
	description: 'Mark a task as done. Nobody approves anything by it.',
	action: 'Complete a task',
	access: 'write',
	fields: [taskIdField, simplify],
	options: [completionDateField],
	async prepare(read) {
		const { itemIndex } = read;
		const api = await openApi(this);
		const taskId = readTaskId(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		const given = readOptions(this, itemIndex).completionDate;
		const action = `complete task ${taskId}`;
		const status = 'COMPLETED';
		if (api.version === 'v2') {
			if (given) throw wrongVersion(this, 'Completion Date', 'V1', itemIndex);
			const change = { op: 'REPLACE' as const, path: '/status', value: status };
			return async () => taskOutput(await patchTask(api, taskId, [change], action), simple);
		}
		const completionDate = checkDate(this, 'Completion Date', given || new Date(), 'v1', itemIndex);
		return async () => {
			const task = await updateV1(
				api,
				taskId,
				// a second try must not move the date
				(known) => (known.status === status ? null : { status, completionDate }),
				action,
			);
			return taskOutput(task, simple);
		};
	},
};
