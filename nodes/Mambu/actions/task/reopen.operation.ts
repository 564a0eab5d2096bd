import { simplify } from '../../../shared/items/fields/commonFields';
import type { ItemOperation } from '../../../shared/items/operations';
import { openApi, patchTask } from '../../api';
import { updateV1 } from '../../change';
import { readTaskId, taskIdField } from '../../fields';
import { readSimple, taskOutput } from '../../output';

export const reopen: ItemOperation = {
	name: 'Reopen',
	description: 'Open a completed task again',
	action: 'Reopen a task',
	access: 'write',
	fields: [taskIdField, simplify],
	async prepare(read) {
		const { itemIndex } = read;
		const api = await openApi(this);
		const taskId = readTaskId(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		const action = `reopen task ${taskId}`;
		if (api.version === 'v2') {
			const change = { op: 'REPLACE' as const, path: '/status', value: 'OPEN' };
			return async () => taskOutput(await patchTask(api, taskId, [change], action), simple);
		}
		const changes = { status: 'OPEN', completionDate: undefined };
		return async () => {
			const task = await updateV1(
				api,
				taskId,
				(known) => (known.status === 'COMPLETED' ? changes : null),
				action,
			);
			return taskOutput(task, simple);
		};
	},
};
