import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { take } from '../shared/http/paging';
import { dateEvents, dateMark, readSoon, dueSoonIn } from '../shared/trigger/dueDates';
import { readGone } from '../shared/trigger/goneTasks';
import { loginOf } from '../shared/trigger/loginOf';
import { pollOnce } from '../shared/trigger/pollOnce';
import { readPolling, type Gone, type Listed } from '../shared/trigger/pollRequest';
import { pollTasks } from '../shared/trigger/pollTasks';
import { CREDENTIAL, openApi, readTask, type MambuApi } from './api';
import { isPicked, listByStatus, readOverdue, type TaskQuery } from './listByStatus';
import { daysUntilDue } from './overdue';
import { toQuery } from './query';
import { idOf, keyOf, numberOf, toTask, type MambuTask } from './task';
import { tenantUrl } from './tenantUrl';

/** From here on, one list of completed tasks costs less than asking for each. */
const MANY = 20;
const SHOWN = 100;
const SAMPLES = 3;
const ANY: TaskQuery = { filter: {} };

export const dueSoonField = dueSoonIn(
	'Days',
	1,
	'How many days before its due date a task counts as due soon; 0 is the day itself',
);

const listed = (raw: MambuTask): Listed => ({ task: toTask(raw), raw });

/** Tenants that do not know OVERDUE as a filter: asking them again at every tick would tell nothing new. Per process. */
const withoutOverdue = new Set<string>();

/**
 * One tick over the open tasks. Mambu has no filter by time and no webhook for tasks. Completed ones are not listed:
 * what left the open list is looked up, and what is completed of it was completed since the last tick.
 */
export const pollMambu = async (context: IPollFunctions) => await pollOnce(context, poll);

async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const { fields, events, rawOutput } = readPolling(context);
	const soonDays = readSoon(fields, dueSoonField);
	const timezone = context.getTimezone();
	const api = await openApi(context);
	const query = await toQuery(api, fields.within('filters'));
	const doneEvent = events.includes('completed') ? 'completed' : 'statusChanged';

	return await pollTasks(context, {
		login: await readLogin(context),
		events,
		rawOutput,
		knowsAgain: true,
		async list() {
			const isSample = context.getMode() === 'manual';
			const tasks = isSample
				? await sampleTasks(api, query, timezone)
				: await openTasks(api, query, timezone);
			return tasks.map(listed);
		},
		fingerprint({ task: { status, dueAt }, raw }) {
			const left = status === 'OVERDUE' ? -1 : daysUntilDue(raw, timezone);
			const mark = dateMark(left, soonDays, Date.parse(String(dueAt).slice(0, 10)) || 0);
			return { status, mark, more: [numberOf(raw)] };
		},
		changes({ task: { status } }, now, before) {
			if (status === 'COMPLETED') return [doneEvent];
			const isTold = status === 'OVERDUE' && events.includes('overdue');
			const isMoved = before !== undefined && status !== before.status && !isTold;
			return [
				...(before === undefined ? ['new'] : []),
				...dateEvents(now, before),
				...(isMoved ? ['statusChanged'] : []),
			];
		},
		async whatBecameOf(gone) {
			if (!events.includes(doneEvent)) return [];
			// under other filters they would not be listed
			const done = await completedOf(api, gone.isElsewhere ? ANY : query, gone, timezone);
			return done.map((raw) => ({ ...listed(raw), type: doneEvent }));
		},
	});
}

async function readLogin(context: IPollFunctions): Promise<string> {
	const { tenant, authentication, username, apiKey } = await context.getCredentials(CREDENTIAL);
	return loginOf(tenantUrl(tenant), authentication === 'basic' ? username : apiKey);
}

/** Every open task, those past their due date too, wherever the tenant lists them. */
async function openTasks(api: MambuApi, query: TaskQuery, timezone: string): Promise<MambuTask[]> {
	const { tenant } = await api.context.getCredentials(CREDENTIAL);
	const readLate = async () => {
		if (api.version === 'v2' && withoutOverdue.has(String(tenant))) return [];
		const overdue = await readOverdue(api, query.filter, timezone);
		if (overdue === null) withoutOverdue.add(String(tenant));
		return (overdue ?? []).filter((task) => isPicked(task, query.assigneeKey));
	};
	// before and after the open ones: a task that goes from one list to the other in between is in one of the three
	const before = await readLate();
	const open = await take(listByStatus(api, query, 'OPEN', timezone), Infinity);
	const late = [...before, ...(await readLate())];
	return [...new Map([...open, ...late].map((task) => [keyOf(task), task])).values()];
}

/** A few tasks of every kind, for a manual run. */
async function sampleTasks(api: MambuApi, query: TaskQuery, timezone: string) {
	const some = async (status: 'OPEN' | 'COMPLETED', count: number) =>
		await take(listByStatus(api, query, status, timezone, count), count);
	return [...(await some('COMPLETED', SAMPLES)), ...(await some('OPEN', SHOWN))];
}

/** Which of the tasks that are gone are completed; the others were deleted, or no longer match the filters. */
async function completedOf(
	api: MambuApi,
	query: TaskQuery,
	{ fingerprints, find, keep }: Gone,
	timezone: string,
): Promise<MambuTask[]> {
	const done: MambuTask[] = [];
	const isNumbered = fingerprints.every(({ more: [number = ''] }) => number !== '');
	if (api.version === 'v2' && fingerprints.length <= MANY && isNumbered) {
		for (const fingerprint of fingerprints) {
			const read = async () => await readTask(api, fingerprint.more[0]);
			const task = await readGone(api.context, read, () => keep(fingerprint));
			if (task?.status === 'COMPLETED') done.push(task);
		}
		return done;
	}
	for await (const task of listByStatus(api, query, 'COMPLETED', timezone)) {
		if (find(idOf(task))) done.push(task);
		if (done.length >= fingerprints.length) break;
	}
	return done;
}
