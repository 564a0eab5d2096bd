import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelReads, simplify } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { getTask, openApi } from '../../api';
import { readSecret, readSecretField, readTaskId, taskIdField } from '../../fields';
import { readSimple, taskOutput } from '../../output';

const option: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	description: 'Retrieve a task',
	action: 'Get a task',
};

const properties: INodeProperties[] = [
	taskIdField,
	simplify,
	optionsField([readSecretField, parallelReads]),
];

export const get: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['task'], operation: ['get'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const taskId = readTaskId(this, itemIndex);
		const secret = readSecret(this, itemIndex);
		const simple = readSimple(this, itemIndex);
		return async () => taskOutput(await getTask(await openApi(this), taskId, secret), simple);
	},
};
