import type { NodeApiError } from 'n8n-workflow';

import { listTasks, type MambuApi, type Status, type TaskFilter } from './api';
import { daysUntilDue, isOverdue } from './overdue';
import { keyOf, type MambuTask } from './task';

/** What a user can ask for. Mambu has no word for all: there, the lists are merged. */
export type StatusChoice = Status | 'ALL';

/** A listing: what Mambu is asked, and what only we can tell. */
export interface TaskQuery {
	filter: TaskFilter;
	/** The key of the assignee, where Mambu would forget the client or group beside a user name. */
	assigneeKey?: string;
}

/** Whether a row could not be in a list of overdue tasks: the filter was ignored. A day either way is time zones. */
const disproves = (task: MambuTask, timezone: string) =>
	task.status === 'COMPLETED' || (daysUntilDue(task, timezone) ?? 0) > 1;

/**
 * The tasks Mambu calls overdue. Version 2 is not documented to know the word.
 * @returns `null` when it refuses or ignores it
 */
export async function readOverdue(
	api: MambuApi,
	filter: TaskFilter,
	timezone: string,
): Promise<MambuTask[] | null> {
	// a tenant that is busy says so with 400, too
	const isRefusal = ({ httpCode, failure }: NodeApiError) =>
		api.version === 'v2' && httpCode === '400' && failure?.cause === 'configuration-invalid';
	return await collectOverdue(api, filter, timezone).catch(async (error: NodeApiError) =>
		isRefusal(error) ? null : await Promise.reject(error),
	);
}

async function collectOverdue(api: MambuApi, filter: TaskFilter, timezone: string) {
	const tasks: MambuTask[] = [];
	for await (const task of listTasks(api, filter, 'OVERDUE')) {
		if (api.version === 'v2' && disproves(task, timezone)) return null;
		tasks.push(task);
	}
	return tasks;
}

async function* listOverdue(
	api: MambuApi,
	filter: TaskFilter,
	timezone: string,
): AsyncGenerator<MambuTask> {
	const overdue = await readOverdue(api, filter, timezone);
	if (overdue) {
		yield* overdue;
		return;
	}
	for await (const task of listTasks(api, filter, 'OPEN')) {
		if (isOverdue(task, timezone)) yield task;
	}
}

/** Overdue tasks may be listed among the open ones or not: both are asked for, and each task counts once. */
async function* listAll(
	api: MambuApi,
	filter: TaskFilter,
	timezone: string,
	atMost?: number,
): AsyncGenerator<MambuTask> {
	const seen = new Set<string>();
	const isNew = (task: MambuTask) => !seen.has(keyOf(task)) && Boolean(seen.add(keyOf(task)));
	for await (const task of listTasks(api, filter, 'OPEN', atMost)) if (isNew(task)) yield task;
	const overdue = await readOverdue(api, filter, timezone);
	for (const task of overdue ?? []) if (isNew(task)) yield task;
	for await (const task of listTasks(api, filter, 'COMPLETED', atMost)) {
		if (isNew(task)) yield task;
	}
	// one that was reopened or given another date meanwhile has been in no list
	for await (const task of listTasks(api, filter, 'OPEN', atMost)) if (isNew(task)) yield task;
	if (overdue === null) return;
	for (const task of (await readOverdue(api, filter, timezone)) ?? []) if (isNew(task)) yield task;
}

/** Tasks in one status or in all. @param atMost how many are needed, for the size of a page */
export async function* listByStatus(
	api: MambuApi,
	{ filter, assigneeKey }: TaskQuery,
	status: StatusChoice,
	timezone: string,
	atMost?: number,
): AsyncGenerator<MambuTask> {
	const pageFor = assigneeKey === undefined ? atMost : undefined;
	const tasks =
		status === 'ALL'
			? listAll(api, filter, timezone, pageFor)
			: status === 'OVERDUE'
				? listOverdue(api, filter, timezone)
				: listTasks(api, filter, status, pageFor);
	for await (const task of tasks) if (isPicked(task, assigneeKey)) yield task;
}

/** Whether the task is the user's that Mambu could not be asked for. */
export const isPicked = (task: MambuTask, assigneeKey: string | undefined) =>
	assigneeKey === undefined || task.assignedUserKey === assigneeKey;
