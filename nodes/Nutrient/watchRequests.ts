/** What a poll of the open requests that the login started asks, and how those that have ended are found. */
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { filled } from '../shared/items/fields/filled';
import type { FieldReader } from '../shared/items/fields/fieldReader';
import { readGone } from '../shared/trigger/goneTasks';
import type { Listed, Occurrence } from '../shared/trigger/pollRequest';
import { listMyRequests } from './api';
import { textField } from './readWire';
import { nameFilter, processFilter } from './requestQuery';
import { toRequest } from './task';
import { changed, eachOf, type Watched } from './watched';

export function watchRequests(
	context: IPollFunctions,
	filters: FieldReader,
	events: string[],
): Watched {
	const query = filled({
		process_sid: filters.ifGiven(processFilter, filters.id),
		instance_name: filters.ifGiven(nameFilter, filters.text),
	});
	const listed = (raw: IDataObject): Listed => ({ task: toRequest(raw), raw });
	return {
		async list() {
			const rows = await listMyRequests(context, { ...query, status: 'open' }, Infinity);
			return rows.map(listed);
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
		async whatBecameOf({ fingerprints, find, keep }) {
			const occurrences: Occurrence[] = [];
			await eachOf(fingerprints, async (fingerprint) => {
				const [number = ''] = fingerprint.more;
				// before the trigger watched requests, it kept another thing there
				if (!/^\d+$/.test(number)) return;
				const range = { status: 'completed', id_range_start: number, id_range_end: number };
				const read = async () => await listMyRequests(context, range, Infinity);
				for (const raw of (await readGone(context, read, () => keep(fingerprint))) ?? []) {
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
