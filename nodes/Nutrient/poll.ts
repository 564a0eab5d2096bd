import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { take } from '../shared/http/paging';
import { forEachParallel } from '../shared/items/parallel';
import { choiceField } from '../shared/items/fields/makeField';
import { filled } from '../shared/items/fields/filled';
import type { FieldReader } from '../shared/items/fields/fieldReader';
import { dateEvents, dateMark, readSoon, dueSoonIn } from '../shared/trigger/dueDates';
import type { DateMark } from '../shared/trigger/fingerprint';
import {
	pollTasks,
	readPolling,
	type Listed,
	type Occurrence,
	type PollRequest,
} from '../shared/trigger/pollTasks';
import type { Task } from '../shared/task';
import { findRequestTasks, listMyRequests, listMyTasks } from './api';
import { searchFilter } from './fields';
import { textField } from './readWire';
import { nameFilter, processFilter } from './requestQuery';
import { packId, unpackId } from './packId';
import { requestOfTask, stateOf, taskIdOf, toRequest, toTask } from './task';

const HOUR = 3_600_000;
const WORKERS = 5;

export const watchField = choiceField('Watch', 'watch', 'tasks', {
	description: 'What to look at',
	choices: {
		'My Tasks': ['tasks', 'What the user has to do'],
		'Requests Started by Me': ['requests', 'What became of the requests that the user started'],
	},
});

export const dueSoonField = dueSoonIn(
	'Hours',
	24,
	'How many hours before its due date a task counts as due soon',
	{ watch: ['tasks'] },
);

type Watched = Omit<PollRequest, 'events' | 'rawOutput'>;

/** One tick over the login's open tasks, or the open requests it started. What has left the list is looked up. */
export async function pollNutrient(context: IPollFunctions) {
	const { fields, events, rawOutput } = readPolling(context);
	const filters = fields.within('filters');
	const isTasks = fields.choice(watchField) === 'tasks';
	const watched = isTasks
		? watchTasks(context, filters, events, fields)
		: watchRequests(context, filters, events);
	return await pollTasks(context, { events, rawOutput, ...watched });
}

function watchTasks(
	context: IPollFunctions,
	filters: FieldReader,
	events: string[],
	fields: FieldReader,
): Watched {
	const soon = readSoon(fields, dueSoonField) * HOUR;
	const search = filters.ifGiven(searchFilter, filters.text);
	return {
		numbered: true,
		async list() {
			const rows = await take(listMyTasks(context, search ? { search } : {}), Infinity);
			return rows.filter((raw) => taskIdOf(raw) !== '').map((raw) => ({ task: toTask(raw), raw }));
		},
		fingerprint: ({ task, raw }) => ({
			status: task.status,
			mark: dueMark(task, soon),
			more: [packId(task.id), packId(requestOfTask(raw))],
		}),
		changes({ task }, now, before) {
			const dates = dateEvents(now, before);
			if (before === undefined) return ['new', ...dates];
			return before.status === task.status ? dates : [changed(task, events), ...dates];
		},
		/** The requests they belong to tell what became of them. */
		async whatBecameOf({ fingerprints }) {
			const gone = fingerprints.map(({ more: [id = '', request = ''] }) => ({
				id: unpackId(id),
				request: unpackId(request),
			}));
			const requests = [...new Set(gone.map(({ request }) => request))].filter(Boolean);
			const found = new Map<string, IDataObject>();
			await eachOf(requests, async (request) => {
				for (const raw of (await findRequestTasks(context, request)) ?? []) {
					found.set(taskIdOf(raw), raw);
				}
			});
			return gone.map(({ id, request }) => {
				const raw = found.get(id) ?? { recipientTaskSid: id, instanceSid: request };
				// not to be seen any more: it asks this login for nothing, and that is all that is known
				const task = found.has(id) ? toTask(raw) : { ...toTask(raw), state: 'done' as const };
				const type = found.has(id) ? changed(task, events) : 'statusChanged';
				return { task, raw, type };
			});
		},
	};
}

function watchRequests(context: IPollFunctions, filters: FieldReader, events: string[]): Watched {
	const query = filled({
		process_sid: filters.ifGiven(processFilter, filters.id),
		instance_name: filters.ifGiven(nameFilter, filters.text),
	});
	const listed = (raw: IDataObject): Listed => ({ task: toRequest(raw), raw });
	return {
		async list() {
			const rows = await take(listMyRequests(context, { ...query, status: 'open' }), Infinity);
			return rows.map(listed).filter(({ task }) => task.id !== '');
		},
		fingerprint: ({ task, raw }) => ({
			status: task.status,
			mark: null,
			more: [textField(raw, 'id') ?? ''],
		}),
		changes({ task }, _now, before) {
			if (before === undefined) return ['new'];
			return before.status === task.status ? [] : [changed(task, events)];
		},
		/** Found again by their number among those that have ended; one that is not there was deleted or hidden. */
		async whatBecameOf({ fingerprints, find }) {
			const occurrences: Occurrence[] = [];
			await eachOf(fingerprints, async ({ more: [number] }) => {
				if (!number) return;
				const range = { status: 'completed', id_range_start: number, id_range_end: number };
				for await (const raw of listMyRequests(context, range)) {
					const { task } = listed(raw);
					if (!find(task.id)) continue;
					const ended = {
						...task,
						state: task.state === 'cancelled' ? task.state : 'done',
					} as const;
					occurrences.push({ task: ended, raw, type: changed(ended, events) });
				}
			});
			return occurrences;
		},
	};
}

/** A completion is a change of status, also for those who asked only for these. */
const changed = (task: Task, events: string[]) =>
	task.state === 'done' && events.includes('completed') ? 'completed' : 'statusChanged';

function dueMark({ dueAt, status }: Task, soon: number): DateMark | null {
	if (dueAt === null || stateOf(status) !== 'open') return null;
	// a day ends with its last moment
	const at = Date.parse(dueAt.length === 10 ? `${dueAt}T23:59:59.999Z` : dueAt);
	return dateMark(at - Date.now(), soon, at);
}

async function eachOf<T>(entries: T[], work: (entry: T) => Promise<void>): Promise<void> {
	const failure = await forEachParallel(entries, WORKERS, work);
	if (failure) throw failure;
}
