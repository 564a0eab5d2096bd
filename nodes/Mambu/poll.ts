import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { take } from '../shared/http/paging';
import { pollTasks, type Left, type Listed, type Occurrence } from '../shared/trigger/pollTasks';
import { openApi, readTask, type MambuApi } from './api';
import { isPicked, listByStatus, readOverdue, type TaskQuery } from './listTasks';
import { daysUntilDue, isOverdue } from './overdue';
import { toQuery } from './query';
import { idOf, numberOf, toTask, type MambuTask } from './task';

/** From here on, one list of completed tasks costs less than asking for each. */
const MANY = 20;
const SHOWN = 100;
const SAMPLES = 3;

const listed = (raw: MambuTask): Listed => ({ task: toTask(raw), raw });

/** Tenants that do not know OVERDUE as a filter: asking them again at every tick would tell nothing new. Per process. */
const withoutOverdue = new Set<string>();

/**
 * One tick over the open tasks. Mambu has no filter by time and no webhook for tasks. Completed ones are not listed:
 * what left the open list is looked up, and what is completed of it was completed since the last tick.
 */
export async function pollMambu(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const filters = context.getNodeParameter('filters', {}) as IDataObject;
	const events = context.getNodeParameter('events', []) as string[];
	const soonDays = Number(context.getNodeParameter('dueSoonDays', 1));
	const timezone = context.getTimezone();
	const api = await openApi(context);
	const query = await toQuery(api, filters);

	/** Empty, or why the date matters: `late` or `soon`, and the due day. */
	const mark = ({ raw, task }: Listed) => {
		const days = daysUntilDue(raw as MambuTask, timezone);
		const day = String(task.dueAt).slice(0, 10);
		if (isOverdue(raw as MambuTask, timezone)) return `late${day}`;
		return days !== null && days <= soonDays ? `soon${day}` : '';
	};
	const doneEvent = events.includes('completed') ? 'completed' : 'statusChanged';

	return await pollTasks(context, {
		events,
		rawOutput: !(context.getNodeParameter('simple', true) as boolean),
		knowsAgain: true,
		async list() {
			const isSample = context.getMode() === 'manual';
			const tasks = isSample
				? await sampleTasks(api, query, timezone)
				: await openTasks(api, query, timezone);
			return tasks.map(listed);
		},
		fingerprint: (entry) =>
			[entry.task.status, mark(entry), numberOf(entry.raw as MambuTask)].join(';'),
		changes(entry, before) {
			const { status } = entry.task;
			if (status === 'COMPLETED') return [doneEvent];
			const [oldStatus, oldMark] = before?.split(';') ?? [undefined, ''];
			const newMark = mark(entry);
			const happened = before === undefined ? ['new'] : [];
			if (newMark !== oldMark && newMark.startsWith('soon')) happened.push('dueSoon');
			if (newMark !== oldMark && newMark.startsWith('late')) happened.push('overdue');
			const isTold = status === 'OVERDUE' && events.includes('overdue');
			if (before !== undefined && status !== oldStatus && !isTold) happened.push('statusChanged');
			return happened;
		},
		async left(left, isLeft) {
			if (!events.includes(doneEvent)) return [];
			const done = await completedOf(api, query, left, isLeft, timezone);
			return done.map((raw) => occurrence(raw, left, doneEvent));
		},
	});
}

/** Every open task, those past their due date too, wherever the tenant lists them. */
async function openTasks(api: MambuApi, query: TaskQuery, timezone: string): Promise<MambuTask[]> {
	const { tenant } = await api.context.getCredentials('mambuApi');
	const open = await take(listByStatus(api, query, 'OPEN', timezone), Infinity);
	if (api.version === 'v2' && withoutOverdue.has(String(tenant))) return open;
	// after the open ones: a task that becomes overdue in between is in one of the two
	const overdue = await readOverdue(api, query.filter, timezone);
	if (overdue === null) withoutOverdue.add(String(tenant));
	const late = (overdue ?? []).filter((task) => isPicked(task, query.assigneeKey));
	return [...new Map([...open, ...late].map((task) => [idOf(task), task])).values()];
}

/** A few tasks of every kind, for a manual run. */
async function sampleTasks(api: MambuApi, query: TaskQuery, timezone: string) {
	const some = async (status: 'OPEN' | 'COMPLETED', count: number) =>
		await take(listByStatus(api, query, status, timezone, count), count);
	return [...(await some('COMPLETED', SAMPLES)), ...(await some('OPEN', SHOWN))];
}

/** Which of the tasks that left are completed; the others were deleted, or no longer match the filters. */
async function completedOf(
	api: MambuApi,
	query: TaskQuery,
	left: Left[],
	isLeft: (id: string) => boolean,
	timezone: string,
): Promise<MambuTask[]> {
	const numbers = left.map(numberIn);
	const done: MambuTask[] = [];
	if (api.version === 'v2' && left.length <= MANY && numbers.every((number) => number !== '')) {
		for (const number of numbers) {
			const task = await readTask(api, number);
			if (task?.status === 'COMPLETED') done.push(task);
		}
		return done;
	}
	for await (const task of listByStatus(api, query, 'COMPLETED', timezone)) {
		if (isLeft(idOf(task))) done.push(task);
		if (done.length >= left.length) break;
	}
	return done;
}

const numberIn = ({ fingerprint }: Left) => fingerprint.split(';')[2] ?? '';

function occurrence(raw: MambuTask, left: Left[], type: string): Occurrence {
	const before = left.find((entry) => numberIn(entry) === numberOf(raw));
	return { ...listed(raw), type, previousStatus: before?.fingerprint.split(';')[0] ?? null };
}
