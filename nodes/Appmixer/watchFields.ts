/** The fields that say which tasks a trigger watches. */
import type { IHookFunctions, INodeProperties } from 'n8n-workflow';

import { filtersCollection } from '../shared/items/fields/makeField';
import { triggerFieldsOf } from '../shared/items/fields/readFields';
import { roleFilter, titleFilter } from './query';

const DEFAULT_CAP = 500;

export const watchField: INodeProperties = {
	displayName: 'Watch',
	name: 'watch',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'All Open Tasks',
			value: 'open',
			description: 'Those open when the workflow is published',
		},
		{ name: 'Selected Tasks', value: 'selected', description: 'The tasks with these IDs' },
	],
	default: 'open',
	description: 'Which tasks start the workflow',
};

export const taskIdsField: INodeProperties = {
	displayName: 'Task IDs',
	name: 'taskIds',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 0b54ae17-88c7-4d0e-8f1d-6c2c6a7b1f3e',
	description: 'One or more IDs, separated by commas',
	displayOptions: { show: { watch: ['selected'] } },
};

export const watchFields: INodeProperties[] = [
	watchField,
	taskIdsField,
	{
		...filtersCollection([roleFilter, titleFilter]),
		displayOptions: { show: { watch: ['open'] } },
	},
];

export const capField: INodeProperties = {
	displayName: 'Maximum Watched Tasks',
	name: 'cap',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_CAP,
	description:
		'Publishing fails when more open tasks match. Each one costs a request when publishing.',
};

/** How many tasks are watched at most. */
export function capOf(context: IHookFunctions): number {
	const options = triggerFieldsOf(context).options();
	return options.ifGiven(capField, (field) => options.count(field)) ?? DEFAULT_CAP;
}
