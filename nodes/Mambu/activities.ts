import type { IDataObject } from 'n8n-workflow';

import { byOffset, take } from '../shared/http/paging';
import type { ApiContext, ApiRequest } from '../shared/http/transport';
import { toTaskDate } from '../shared/items/wireDates';
import type { Task } from '../shared/task';
import { listing, type MambuApi } from './api';
import { V1 } from './login';

/** Who completed a task, and when, as the tenant has recorded it. */
export interface Completion {
	userKey: string;
	/** The user's name, where the feed has it. */
	userName: string | null;
	/** ISO 8601 UTC. */
	at: string;
}

/** An entry of the feed as far as it is needed. */
interface Activity {
	type: unknown;
	taskKey: unknown;
	userKey: unknown;
	userName: unknown;
	timestamp: string | null;
}

const DAY = 86_400_000;
const PAGE = 1000;
/** A feed of a few days that is longer is not read to its end. */
const MOST = 50_000;
const COMPLETED = 'TASK_COMPLETED';
const UNCOMPLETED = 'TASK_UNCOMPLETED';

/** Feeds already read, for as long as one look lasts. */
const feeds = new WeakMap<ApiContext, Map<string, Promise<Activity[]>>>();

const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is told of it stands in `activity`, with names beside it. https://docs.mambu.com/api/api-v1/activities */
function activityIn(entry: IDataObject): Activity {
	const { type, taskKey, userKey, timestamp } = isRecord(entry.activity) ? entry.activity : entry;
	return { type, taskKey, userKey, userName: entry.userName, timestamp: toTaskDate(timestamp) };
}

const keyOf = ({ activity, encodedKey }: IDataObject) =>
	String((isRecord(activity) ? activity.encodedKey : encodedKey) ?? '');

const isEntry = (value: unknown) => isRecord(value) && keyOf(value) !== '';

/**
 * The completions and reopenings of these days. The feed is of version 1, which has no counterpart in version 2, and can be
 * limited to days, but not to a task.
 */
async function readFeed(context: ApiContext, from: string, to: string): Promise<Activity[]> {
	const api: MambuApi = { context, version: 'v1' };
	const request: ApiRequest = {
		method: 'GET',
		path: '/activities',
		action: 'read the activity feed',
		headers: { Accept: V1 },
		qs: { from, to },
	};
	const entries = byOffset({ ...listing(api, request, isEntry), idOf: keyOf, pageSize: PAGE });
	const read = (await take(entries, MOST)).map(activityIn);
	// what was not read may tell that the task was reopened
	if (read.length >= MOST) return [];
	return read.filter(({ type }) => type === COMPLETED || type === UNCOMPLETED);
}

async function feedOf(context: ApiContext, from: string, to: string): Promise<Activity[]> {
	const known = feeds.get(context) ?? new Map<string, Promise<Activity[]>>();
	feeds.set(context, known);
	const feed = known.get(`${from}/${to}`) ?? readFeed(context, from, to);
	known.set(`${from}/${to}`, feed);
	return await feed;
}

/**
 * The completion that a task is done by. It is looked for around the day of the task's last change, a day more on both
 * sides: days are the tenant's, in a zone that is not told.
 * @returns `null` when the feed does not tell, or not for certain
 */
export async function completionOf(context: ApiContext, task: Task): Promise<Completion | null> {
	const changed = Date.parse(task.updatedAt ?? '');
	if (Number.isNaN(changed)) return null;
	const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
	const feed = await feedOf(context, dayOf(changed - DAY), dayOf(changed + DAY));
	const own = feed.filter(({ taskKey }) => taskKey === task.id);
	const last = own.reduce((latest, { timestamp }) => maxOf(latest, timestamp), '');
	const done = own.filter(({ type, timestamp }) => type === COMPLETED && timestamp === last);
	// seconds are the finest it tells: of two in one, nobody knows which was the last
	if (new Set(done.map(({ userKey }) => userKey)).size !== 1) return null;
	const [{ userKey, userName }] = done;
	if (typeof userKey !== 'string' || userKey === '' || last === '') return null;
	return { userKey, userName: typeof userName === 'string' ? userName : null, at: last };
}

const maxOf = (one: string, other: string | null) => (other !== null && other > one ? other : one);
