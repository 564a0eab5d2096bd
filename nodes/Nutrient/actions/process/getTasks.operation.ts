import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { optionsField, parallelReads } from '../../../shared/items/fields/common';
import type { ItemOperation } from '../../../shared/items/operations';
import { listProcessTasks } from '../../api';
import { given, readId, readOptions } from '../../fields';
import { processField } from '../../locators';

const option: INodePropertyOptions = {
	name: 'Get Tasks',
	value: 'getTasks',
	description: "Retrieve the tasks of a process's design",
	action: 'Get the tasks of a process',
};

const properties: INodeProperties[] = [
	processField,
	{
		displayName: 'Only First Tasks',
		name: 'onlyFirst',
		type: 'boolean',
		default: false,
		description:
			'Whether to return only the tasks that begin when a request is started. Start takes the ID of one.',
	},
	optionsField([
		parallelReads,
		{
			displayName: 'Task Types',
			name: 'taskTypes',
			type: 'string',
			default: '',
			placeholder: 'e.g. approval',
			description: "In Nutrient's own words, several with commas; not with Only First Tasks",
		},
	]),
];

export const getTasks: ItemOperation = {
	option,
	description: updateDisplayOptions(
		{ show: { resource: ['process'], operation: ['getTasks'] } },
		properties,
	),
	access: 'read',
	prepare(itemIndex) {
		const id = readId(this, 'processId', 'Process', itemIndex);
		const which = this.getNodeParameter('onlyFirst', itemIndex, false) ? 'firstTasks' : 'tasks';
		const { taskTypes } = readOptions(this, itemIndex);
		const query = which === 'tasks' ? given({ taskTypes }) : {};
		return async () => await listProcessTasks(this, id, which, query);
	},
};
