import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { take } from '../shared/http/paging';
import { forEachParallel } from '../shared/items/parallel';
import { pollTasks, type Left, type Listed, type Occurrence } from '../shared/trigger/pollTasks';
import type { Task } from '../shared/task';
import { findRequestTasks, listMyRequests, listMyTasks } from './api';
import { textField } from './readWire';
import { packId, unpackId } from './packId';
import { requestOfTask, stateOf, taskIdOf, toRequest, toTask } from './task';

const HOUR = 3_600_000;
const WORKERS = 5;

/** One tick over the login's open tasks, or the open requests it started. What has left the list is looked up. */
export async function pollNutrient(context: IPollFunctions) {
	const isTasks = context.getNodeParameter('watch', 'tasks') === 'tasks';
	const events = context.getNodeParameter('events', []) as string[];
	const shared = { events, rawOutput: !(context.getNodeParameter('simple', true) as boolean) };
	const filters = context.getNodeParameter('filters', {}) as IDataObject;
	return await pollTasks(context, {
		...shared,
		...(isTasks ? watchTasks(context, filters, events) : watchRequests(context, filters, events)),
	});
}

function watchTasks(context: IPollFunctions, { search }: IDataObject, events: string[]) {
	const hours = Number(context.getNodeParameter('dueSoonHours', 24));
	return {
		numbered: true,
		async list(): Promise<Listed[]> {
			const rows = await take(listMyTasks(context, search ? { search } : {}), Infinity);
			return rows.filter((raw) => taskIdOf(raw) !== '').map((raw) => ({ task: toTask(raw), raw }));
		},
		fingerprint: ({ task, raw }: Listed) =>
			[word(task.status), nearness(task, hours), packId(task.id), packId(requestOfTask(raw))].join(
				';',
			),
		changes({ task }: Listed, before: string | undefined): string[] {
			const [oldStatus, oldNearness] = before?.split(';') ?? [];
			const types = before === undefined ? ['new'] : [];
			if (before !== undefined && oldStatus !== word(task.status))
				types.push(changed(task, events));
			const now = nearness(task, hours);
			if (now !== '' && now !== oldNearness)
				types.push(now.startsWith('o') ? 'overdue' : 'dueSoon');
			return types;
		},
		/** The requests they belong to tell what became of them. */
		async left(left: Left[]): Promise<Occurrence[]> {
			const gone = left.map(({ fingerprint }) => {
				const [status, , id, request] = fingerprint.split(';');
				return { status, id: unpackId(id), request: unpackId(request) };
			});
			const requests = [...new Set(gone.map(({ request }) => request))].filter(Boolean);
			const found = new Map<string, IDataObject>();
			await eachOf(requests, async (request) => {
				for (const raw of (await findRequestTasks(context, request)) ?? []) {
					found.set(taskIdOf(raw), raw);
				}
			});
			return gone.map(({ status, id, request }) => {
				const raw = found.get(id) ?? { recipientTaskSid: id, instanceSid: request };
				// not to be seen any more: it asks this login for nothing, and that is all that is known
				const task = found.has(id) ? toTask(raw) : { ...toTask(raw), state: 'done' as const };
				const type = found.has(id) ? changed(task, events) : 'statusChanged';
				return { task, raw, type, previousStatus: status || null };
			});
		},
	};
}

function watchRequests(context: IPollFunctions, filters: IDataObject, events: string[]) {
	const query: IDataObject = {};
	if (filters.processId) query.process_sid = filters.processId;
	if (filters.name) query.instance_name = filters.name;
	const listed = (raw: IDataObject): Listed => ({ task: toRequest(raw), raw });
	return {
		async list(): Promise<Listed[]> {
			const rows = await take(listMyRequests(context, { ...query, status: 'open' }), Infinity);
			return rows.map(listed).filter(({ task }) => task.id !== '');
		},
		fingerprint: ({ task, raw }: Listed) =>
			[word(task.status), '', textField(raw, 'id') ?? ''].join(';'),
		changes({ task }: Listed, before: string | undefined): string[] {
			if (before === undefined) return ['new'];
			return before.split(';')[0] === word(task.status) ? [] : [changed(task, events)];
		},
		/** Found again by their number among those that have ended; one that is not there was deleted or hidden. */
		async left(left: Left[], isLeft: (id: string) => boolean): Promise<Occurrence[]> {
			const occurrences: Occurrence[] = [];
			await eachOf(left, async ({ fingerprint }) => {
				const [status, , number] = fingerprint.split(';');
				if (!number) return;
				const range = { status: 'completed', id_range_start: number, id_range_end: number };
				for await (const raw of listMyRequests(context, range)) {
					const { task } = listed(raw);
					if (!isLeft(task.id)) continue;
					const ended = {
						...task,
						state: task.state === 'cancelled' ? task.state : 'done',
					} as const;
					const type = changed(ended, events);
					occurrences.push({ task: ended, raw, type, previousStatus: status || null });
				}
			});
			return occurrences;
		},
	};
}

/** A completion is a change of status, also for those who asked only for these. */
const changed = (task: Task, events: string[]) =>
	task.state === 'done' && events.includes('completed') ? 'completed' : 'statusChanged';

/** A status as a fingerprint can hold it. */
const word = (status: string | null) => (status ?? '').replace(/;/g, ',');

/** `o` and the date when it has passed, `s` and the date when it is near, else nothing. */
function nearness({ dueAt, status }: Task, hours: number): string {
	if (dueAt === null || stateOf(status) !== 'open') return '';
	// a day ends with its last moment
	const due = Date.parse(dueAt.length === 10 ? `${dueAt}T23:59:59.999Z` : dueAt);
	const left = due - Date.now();
	if (left > hours * HOUR) return '';
	return `${left <= 0 ? 'o' : 's'}${due.toString(36)}`;
}

async function eachOf<T>(entries: T[], work: (entry: T) => Promise<void>): Promise<void> {
	const failure = await forEachParallel(entries, WORKERS, work);
	if (failure) throw failure;
}
