/** Which tasks a trigger watches when it is published. */
import type { IHookFunctions } from 'n8n-workflow';

import { DeadlineError, withinDeadline } from '../shared/http/deadline';
import { fieldError } from '../shared/http/nodeErrors';
import type { FieldReader } from '../shared/items/fields/fieldReader';
import { triggerFieldsOf } from '../shared/items/fields/readFields';
import { forEachParallel } from '../shared/items/parallel';
import { whyNotHeard } from './answerable';
import { findTask, openApi, type AppmixerApi } from './api';
import { firstTasks } from './firstTasks';
import { workersFor } from './pace';
import { readQuery } from './query';
import { idOf, toTask, type AppmixerTask } from './task';
import { capOf, taskIdsField, watchField } from './watchFields';

const TEST_TASKS = 10;

/**
 * The tasks, and where to register them.
 * @param until when to stop, in milliseconds
 * @throws NodeOperationError when they are too many, one cannot be found, or they are not read by then
 */
export async function listedBy(until: number, context: IHookFunctions) {
	const requireTime = () => {
		if (Date.now() >= until) throw tooSlow(context);
	};
	const listing = async () => {
		const api = { ...(await openApi(context)), context };
		return { api, tasks: await tasksToWatch(api, context, requireTime) };
	};
	return await withinDeadline(Math.max(1, until - Date.now()), undefined, listing).catch(
		async (error: unknown) =>
			await Promise.reject(error instanceof DeadlineError ? tooSlow(context) : error),
	);
}

async function tasksToWatch(
	api: AppmixerApi,
	context: IHookFunctions,
	requireTime: () => void,
): Promise<AppmixerTask[]> {
	const read = triggerFieldsOf(context);
	if (read.choice(watchField) === 'selected') return await selected(api, read, requireTime);
	const query = readQuery(read.within('filters'));
	const test = context.getMode() === 'manual';
	const cap = test ? TEST_TASKS : capOf(context);
	const byId = new Map<string, AppmixerTask>();
	// a task that is due can still be approved; one that becomes due just now is in both lists
	for (const status of ['pending', 'due']) {
		const filtered = { ...query, filter: `status:${status}` };
		for (const task of await firstTasks(api, filtered, cap + 1, requireTime)) {
			byId.set(idOf(task), task);
		}
	}
	const found = [...byId.values()];
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
	if (idOf(task) === '') {
		const { title } = toTask(task);
		const named = title ? ` "${title.slice(0, 100)}"` : '';
		context.logger.warn(
			`The trigger "${context.getNode().name}" does not watch the listed task${named}: it has no ID, and never starts the workflow.`,
		);
		return false;
	}
	const why = whyNotHeard(context.getNode(), task);
	if (why) context.logger.warn(`${why.message}. It is not watched. ${why.description}`);
	return !why;
}

async function selected(
	api: AppmixerApi,
	read: FieldReader,
	requireTime: () => void,
): Promise<AppmixerTask[]> {
	const entered = read.words(taskIdsField).flatMap((word) => word.split(/\s+/));
	if (entered.length === 0) throw read.error('Task IDs is empty', 'Enter at least one task ID.');
	const ids = [...new Set(entered)];
	const tasks: AppmixerTask[] = [];
	const failure = await forEachParallel(ids, workersFor(ids.length), async (id, index) => {
		requireTime();
		const task = await findTask(api, id);
		if (!task) {
			throw read.error(
				`Task ${id} was not found`,
				'Appmixer shows a task only to its approver and its requester. Check the ID and whose login the credential has.',
			);
		}
		const why = toTask(task).state === 'open' ? whyNotHeard(api.context.getNode(), task) : null;
		if (why) throw why;
		tasks[index] = task;
	});
	if (failure) throw failure;
	return tasks.filter((task) => toTask(task).state === 'open');
}

const tooMany = (context: IHookFunctions, found: number) =>
	fieldError(
		context.getNode(),
		`There are too many open tasks to watch (${found} or more)`,
		'Narrow the filters, raise Maximum Watched Tasks in Options, or use the Appmixer People Task Polling Trigger.',
	);

/** @param done how many of them Appmixer has registered */
export const tooManyFor = (context: IHookFunctions, all: number, done: number) =>
	fieldError(
		context.getNode(),
		`There are too many open tasks to watch within a minute (${all}, of which ${done} were registered): Appmixer answered too slowly; n8n allows 84 seconds, undoing included`,
		`Watch fewer, by narrower filters or fewer Task IDs (Maximum Watched Tasks in Options allows ${capOf(context)}), or use the Appmixer People Task Polling Trigger.`,
	);

const tooSlow = (context: IHookFunctions) =>
	fieldError(
		context.getNode(),
		'Appmixer did not list the tasks to watch within a minute; n8n allows 84 seconds for publishing',
		'Try again later, narrow the filters, or use the Appmixer People Task Polling Trigger.',
	);
