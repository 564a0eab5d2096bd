import type { ItemOperation } from '../../../shared/items/operations';
import { listProcessTasks } from '../../api';
import { given, readId, readOptions } from '../../fields';
import { processField } from '../../locators';

export const getTasks: ItemOperation = {
	name: 'Get Tasks',
	description: "Retrieve the tasks of a process's design",
	action: 'Get the tasks of a process',
	access: 'read',
	fields: [
		processField,
		{
			displayName: 'Only First Tasks',
			name: 'onlyFirst',
			type: 'boolean',
			default: false,
			description:
				'Whether to return only the tasks that begin when a request is started. Start takes the ID of one.',
		},
	],
	options: [
		{
			displayName: 'Task Types',
			name: 'taskTypes',
			type: 'string',
			default: '',
			placeholder: 'e.g. approval',
			description: "In Nutrient's own words, several with commas; not with Only First Tasks",
		},
	],
	prepare(read) {
		const { itemIndex } = read;
		const id = readId(this, 'processId', 'Process', itemIndex);
		const which = this.getNodeParameter('onlyFirst', itemIndex, false) ? 'firstTasks' : 'tasks';
		const { taskTypes } = readOptions(this, itemIndex);
		const query = which === 'tasks' ? given({ taskTypes }) : {};
		return async () => await listProcessTasks(this, id, which, query);
	},
};
