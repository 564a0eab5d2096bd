import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelWrites, simplify } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { openApi, patchTask } from '../../api';
import { updateV1 } from '../../change';
import { readTaskId, taskIdField } from '../../fields';
import { readSimple, taskOutput } from '../../output';

const option: INodePropertyOptions = {
	name: 'Reopen',
	value: 'reopen',
	description: 'Open a completed task again',
	action: 'Reopen a task',
};

const properties: INodeProperties[] = [taskIdField, simplify, optionsField([parallelWrites])];

export const reopen: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['reopen'] } },
		properties,
	),
	access: 'write',
	async prepare(itemIndex) {
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
