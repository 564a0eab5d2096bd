/** Which tasks a trigger watches: its fields, and the tasks they mean when it is published. */
import type { IHookFunctions, INodeProperties } from 'n8n-workflow';

import { fieldError } from '../shared/http/nodeErrors';
import { take } from '../shared/http/paging';
import type { FieldReader } from '../shared/items/fields/fieldReader';
import { filtersCollection } from '../shared/items/fields/makeField';
import { triggerFieldsOf } from '../shared/items/fields/readFields';
import { whyNotHeard } from './answerable';
import { findTask, listTasks, type AppmixerApi } from './api';
import { roleFilter, titleFilter, readQuery } from './query';
import { toTask, type AppmixerTask } from './task';

const DEFAULT_CAP = 500;
const TEST_TASKS = 10;

const watchField: INodeProperties = {
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

const taskIdsField: INodeProperties = {
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

/** @throws NodeOperationError when they are too many, or one cannot be found */
export async function tasksToWatch(
	api: AppmixerApi,
	context: IHookFunctions,
): Promise<AppmixerTask[]> {
	const read = triggerFieldsOf(context);
	if (read.choice(watchField) === 'selected') return await selected(api, read);
	const query = readQuery(read.within('filters'));
	const test = context.getMode() === 'manual';
	const options = read.options();
	const cap = test
		? TEST_TASKS
		: (options.ifGiven(capField, (field) => options.count(field)) ?? DEFAULT_CAP);
	const found: AppmixerTask[] = [];
	// a task that is due can still be approved
	for (const status of ['pending', 'due']) {
		const filtered = { ...query, filter: `status:${status}` };
		found.push(...(await take(listTasks(api, filtered), cap + 1)));
	}
	if (test) {
		return found
			.sort((a, b) => String(b.created).localeCompare(String(a.created)))
			.slice(0, cap)
			.filter((task) => isHeard(context, task));
	}
	if (found.length > cap) throw tooMany(context, found.length);
	return found.filter((task) => isHeard(context, task));
}

/** One task of somebody else's must not keep all others from being watched: it is skipped and told. */
function isHeard(context: IHookFunctions, task: AppmixerTask): boolean {
	const why = whyNotHeard(context.getNode(), task);
	if (why) context.logger.warn(`${why.message}. It is not watched. ${why.description}`);
	return !why;
}

async function selected(api: AppmixerApi, read: FieldReader): Promise<AppmixerTask[]> {
	const ids = read.words(taskIdsField).flatMap((word) => word.split(/\s+/));
	if (ids.length === 0) throw read.error('Task IDs is empty', 'Enter at least one task ID.');
	const tasks: AppmixerTask[] = [];
	for (const id of new Set(ids)) {
		const task = await findTask(api, id);
		if (!task) {
			throw read.error(
				`Task ${id} was not found`,
				'Appmixer shows a task only to its approver and its requester. Check the ID and whose login the credential has.',
			);
		}
		if (toTask(task).state !== 'open') continue;
		const why = whyNotHeard(api.context.getNode(), task);
		if (why) throw why;
		tasks.push(task);
	}
	return tasks;
}

export const tooMany = (context: IHookFunctions, found: number) =>
	fieldError(
		context.getNode(),
		`There are too many open tasks to watch (${found} or more)`,
		'Narrow the filters, raise Maximum Watched Tasks in Options, or use the Appmixer People Task Polling Trigger.',
	);
