import type { INodeProperties } from 'n8n-workflow';

import type { ItemOperation } from '../../../shared/items/operations';
import { listProcessTasks } from '../../calls/processes';
import { textsOf } from '../../fields';
import { processField } from '../../locators';

const onlyFirst: INodeProperties = {
	displayName: 'Only First Tasks',
	name: 'onlyFirst',
	type: 'boolean',
	default: false,
	description:
		'Whether to return only the tasks that begin when a request is started. Start takes the ID of one.',
};

const taskTypes: INodeProperties = {
	displayName: 'Task Types',
	name: 'taskTypes',
	type: 'string',
	default: '',
	placeholder: 'e.g. approval',
	description: "In Nutrient's own words, several with commas; not with Only First Tasks",
};

export const getTasks: ItemOperation = {
	name: 'Get Tasks',
	description: "Retrieve the tasks of a process's design",
	action: 'Get the tasks of a process',
	access: 'read',
	fields: [processField, onlyFirst],
	options: [taskTypes],
	prepare(read) {
		const id = read.id(processField);
		const which = read.isOn(onlyFirst) ? 'firstTasks' : 'tasks';
		const query = which === 'tasks' ? textsOf(read.options(), [taskTypes]) : {};
		return async () => await listProcessTasks(this, id, which, query);
	},
};
