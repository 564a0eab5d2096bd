/** What a poll of the login's open tasks asks, and what became of those that are listed no more. */
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { FieldReader } from '../shared/items/fields/fieldReader';
import type { Task } from '../shared/task';
import { dateEvents, dateMark, dueSoonIn, readSoon } from '../shared/trigger/dueDates';
import type { DateMark } from '../shared/trigger/fingerprint';
import { readGone } from '../shared/trigger/goneTasks';
import { findRequestTasks, listMyTasks } from './api';
import { searchFilter } from './fields';
import { packId, unpackId } from './packId';
import { requestOfTask, stateOf, taskIdOf, toTask } from './task';
import { changed, eachOf, type Watched } from './watched';

const HOUR = 3_600_000;

export const dueSoonField = dueSoonIn(
	'Hours',
	24,
	'How many hours before its due date a task counts as due soon',
	{ watch: ['tasks'] },
);

export function watchTasks(
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
			const rows = await listMyTasks(context, search ? { search } : {}, Infinity);
			return rows.map((raw) => ({ task: toTask(raw), raw }));
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
		async whatBecameOf({ fingerprints, isElsewhere, keep }) {
			const gone = fingerprints.map((fingerprint) => {
				const [id = '', request = ''] = fingerprint.more.map(unpackId);
				return { id, request, fingerprint };
			});
			const requests = [...new Set(gone.map(({ request }) => request))].filter(Boolean);
			const found = new Map<string, IDataObject>();
			const unread = new Set<string>();
			await eachOf(requests, async (request) => {
				const read = async () => (await findRequestTasks(context, request)) ?? [];
				const rows = await readGone(context, read, () => {
					for (const one of gone) if (one.request === request) keep(one.fingerprint);
				});
				if (rows === null) unread.add(request);
				for (const raw of rows ?? []) found.set(taskIdOf(raw), raw);
			});
			const looked = gone.filter(({ id, request }) =>
				isElsewhere ? found.has(id) : !unread.has(request),
			);
			return looked.map(({ id, request }) => {
				const raw = found.get(id) ?? { recipientTaskSid: id, instanceSid: request };
				// not to be seen any more: it asks this login for nothing, and that is all that is known
				const task = found.has(id) ? toTask(raw) : { ...toTask(raw), state: 'done' as const };
				const type = found.has(id) ? changed(task, events) : 'statusChanged';
				return { task, raw, type };
			});
		},
	};
}

function dueMark({ dueAt, status }: Task, soon: number): DateMark | null {
	if (dueAt === null || stateOf(status) !== 'open') return null;
	// a day ends with its last moment
	const at = Date.parse(dueAt.length === 10 ? `${dueAt}T23:59:59.999Z` : dueAt);
	return dateMark(at - Date.now(), soon, at);
}
