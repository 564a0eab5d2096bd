import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelReads, simplify } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { listRequestTasks } from '../../api';
import { readId } from '../../fields';
import { requestField } from '../../locators';
import { readSimple, taskOutput } from '../../output';

const option: INodePropertyOptions = {
	name: 'Get Tasks',
	value: 'getTasks',
	description: 'Retrieve the tasks of a request, one for each assignee',
	action: 'Get the tasks of a request',
};

const properties: INodeProperties[] = [requestField, simplify, optionsField([parallelReads])];

export const getTasks: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['request'], operation: ['getTasks'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const id = readId(this, 'requestId', 'Request', itemIndex);
		const simple = readSimple(this, itemIndex);
		return async () => (await listRequestTasks(this, id)).map((raw) => taskOutput(raw, simple));
	},
};
