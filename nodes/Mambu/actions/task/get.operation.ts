import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelReads, simplify } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { getTask, openApi } from '../../api';
import { readTaskId, taskIdField } from '../../fields';
import { readSimple, taskOutput } from '../../output';

const option: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	description: 'Retrieve a task. API V1 has no call for it: there, the lists are searched.',
	action: 'Get a task',
};

const properties: INodeProperties[] = [taskIdField, simplify, optionsField([parallelReads])];

export const get: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['get'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const taskId = readTaskId(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		return async () => taskOutput(await getTask(await openApi(this), taskId), simple);
	},
};
