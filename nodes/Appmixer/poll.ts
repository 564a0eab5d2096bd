import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { take } from '../shared/http/paging';
import { dateEvents, dateMark, readSoon, dueSoonIn } from '../shared/trigger/dueDates';
import { pollTasks, readPolling } from '../shared/trigger/pollTasks';
import { listTasks, openApi } from './api';
import { readQuery } from './query';
import { toTask, withoutSecrets } from './task';

const HOUR = 3_600_000;

export const dueSoonField = dueSoonIn(
	'Hours',
	24,
	'How many hours before Decision By a task counts as due soon',
);

/** One tick over all tasks the login can see. Appmixer has no filter by time, so the whole list is read. */
export async function pollAppmixer(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const { fields, events, rawOutput } = readPolling(context);
	const query = readQuery(fields.within('filters'));
	const soon = readSoon(fields, dueSoonField) * HOUR;

	return await pollTasks(context, {
		events,
		rawOutput,
		async list() {
			const api = await openApi(context);
			// oldest first: what is added meanwhile comes last
			const tasks = await take(listTasks(api, { ...query, sort: 'created:1' }), Infinity);
			return tasks.map((raw) => ({ task: toTask(raw), raw: withoutSecrets(raw) }));
		},
		fingerprint({ task: { status, dueAt } }) {
			const at = status === 'pending' && dueAt !== null ? Date.parse(dueAt) : NaN;
			// that it has passed is Appmixer's to say, by its status
			return { status, mark: dateMark(Math.max(0, at - Date.now()), soon, at), more: [] };
		},
		changes({ task: { status } }, now, before) {
			const happened = before === undefined ? ['new'] : [];
			if (status !== before?.status && status !== 'pending') happened.push(String(status));
			return [...happened, ...dateEvents(now, before)];
		},
	});
}
