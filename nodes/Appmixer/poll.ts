import { NodeApiError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';

import { dateEvents, dateMark, readSoon, dueSoonIn } from '../shared/trigger/dueDates';
import { loginOf } from '../shared/trigger/loginOf';
import { pollOnce } from '../shared/trigger/pollOnce';
import {
	readPolling,
	type Gone,
	type Listed,
	type Occurrence,
} from '../shared/trigger/pollRequest';
import { pollTasks } from '../shared/trigger/pollTasks';
import { CREDENTIAL, openApi, type TaskQuery } from './api';
import { firstTasks } from './firstTasks';
import { readQuery } from './query';
import { toTask, withoutSecrets, type AppmixerTask } from './task';

const HOUR = 3_600_000;

export const dueSoonField = dueSoonIn(
	'Hours',
	24,
	'How many hours before Decision By a task counts as due soon',
);

/** One tick over all tasks the login can see. Appmixer has no filter by time, so the whole list is read. */
export const pollAppmixer = async (context: IPollFunctions) => await pollOnce(context, poll);

async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const { fields, events, rawOutput } = readPolling(context);
	const query = readQuery(fields.within('filters'));
	const soon = readSoon(fields, dueSoonField) * HOUR;

	return await pollTasks(context, {
		login: await readLogin(context),
		events,
		rawOutput,
		list: async () => await list(context, query),
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
		changedAt: ({ status, decidedAt, dueAt, createdAt }) =>
			decidedAt ?? (status === 'due' ? dueAt : createdAt),
		whatBecameOf: async (gone) => (gone.isElsewhere ? await decidedOf(context, gone) : []),
	});
}

async function readLogin(context: IPollFunctions): Promise<string> {
	const { baseUrl, authentication, username, accessToken } =
		await context.getCredentials(CREDENTIAL);
	return loginOf(baseUrl, authentication === 'login' ? username : accessToken);
}

async function list(context: IPollFunctions, query: TaskQuery): Promise<Listed[]> {
	const api = await openApi(context);
	const read = async (more: TaskQuery) =>
		await firstTasks(api, { ...query, ...more, sort: 'created:1' }, Infinity);
	const tasks = await read({}).catch(async (error: Error) => {
		if (!(error instanceof NodeApiError && error.httpCode === '500')) {
			return await Promise.reject(error);
		}
		return await readAllButDescriptions(context, read, error);
	});
	return tasks.map((raw) => ({ task: toTask(raw), raw: withoutSecrets(raw) }));
}

/** In bundle 1.1.0 one task whose description is null makes every list fail that renders it. */
async function readAllButDescriptions(
	{ logger }: IPollFunctions,
	read: (more: TaskQuery) => Promise<AppmixerTask[]>,
	error: Error,
): Promise<AppmixerTask[]> {
	const tasks = await read({ projection: '-description' }).catch(() => null);
	if (!tasks) return await Promise.reject(error);
	logger.warn(
		`${error.message}. One task probably has no description, which this Appmixer version cannot list. This poll's items have no descriptions. That task's approver can repair it with Update.`,
	);
	return tasks;
}

/** Tasks are never deleted: under other filters those known before are still listed without any. */
async function decidedOf(context: IPollFunctions, { find }: Gone): Promise<Occurrence[]> {
	const known = (await list(context, {})).filter(({ task }) => find(task.id));
	return known.map((entry) => ({ ...entry, type: String(entry.task.status) }));
}
