import type { IDataObject } from 'n8n-workflow';

import { notWhole } from '../shared/http/notWhole';
import type { ApiContext } from '../shared/http/transport';
import { listName, readAllActivities, readTasks, taskSite, type Form } from './api';
import { idOf, textOf } from './task';

/** What the vendor's own script asks for when it wants all. */
const ALL = 9999;
/** Nobody has that many: such a server has no end. */
const TOO_MANY = 10 * ALL;

/** Tasks of the largest page that a server has given of late: shorter ones it has not cut. Per process. */
const largestPages = new Map<string, { length: number; until: number }>();
const HOUR = 3_600_000;

const largestOf = (site: string) => {
	const { length = 0, until = 0 } = largestPages.get(site) ?? {};
	return Date.now() < until ? length : 0;
};

/**
 * Tasks in these statuses; in any when there are none. There is a `per_page`, but no way to ask for another page: when
 * it was full, more are asked for. A server may give fewer than it is asked for, which looks like the end: where that
 * cannot be excluded, the complete list of activities tells.
 */
export const listTasks = async (
	context: ApiContext,
	statuses: string[],
	count = Infinity,
	extra: Form = {},
): Promise<IDataObject[]> => await listUntil(context, statuses, { count, extra });

/** As `listTasks`, until these are found: who waits for them need not know whether that was all. */
export async function findTasks(
	context: ApiContext,
	statuses: string[],
	ids: Set<string>,
): Promise<Map<string, IDataObject>> {
	const isEnough = (tasks: Map<string, IDataObject>) => [...ids].every((id) => tasks.has(id));
	const tasks = await listUntil(context, statuses, { count: Infinity, extra: {}, isEnough });
	return new Map(tasks.map((raw) => [idOf(raw), raw] as const).filter(([id]) => ids.has(id)));
}

interface Wanted {
	count: number;
	extra: Form;
	isEnough?: (tasks: Map<string, IDataObject>) => boolean;
}

async function listUntil(
	context: ApiContext,
	statuses: string[],
	{ count, extra, isEnough = () => false }: Wanted,
): Promise<IDataObject[]> {
	const tasks = new Map<string, IDataObject>();
	const size = Math.min(count, ALL);
	let isFull = true;
	for (let asked = size; isFull && tasks.size < count; asked *= 10) {
		if (asked > TOO_MANY) throw notWhole(named(context), 'endless', tasks.size);
		const page = await readPage(context, statuses, asked, extra);
		for (const raw of page) if (isIn(raw, statuses)) tasks.set(keyOf(raw), raw);
		if (isEnough(tasks)) break;
		// who gives more than was asked for knows no pages
		isFull = page.length === asked;
		if (page.length < asked && tasks.size < count && (await mayBeCut(context, page.length))) {
			for (const raw of await leftOut(context, statuses, tasks, extra)) {
				tasks.set(keyOf(raw), raw);
			}
		}
	}
	return [...tasks.values()];
}

async function readPage(context: ApiContext, statuses: string[], size: number, extra: Form) {
	const status = statuses.length > 0 ? { status: statuses.join(',') } : {};
	const page = await readTasks(context, { ...extra, ...status, per_page: String(size) });
	const site = await taskSite(context);
	if (page.length > largestOf(site)) {
		largestPages.set(site, { length: page.length, until: Date.now() + HOUR });
	}
	return page;
}

/** Whether a page may be as long as pages get. Most servers have more tasks in all than in these statuses. */
async function mayBeCut(context: ApiContext, length: number): Promise<boolean> {
	if (length === 0) return false;
	const site = await taskSite(context);
	const isLargest = () => length >= largestOf(site);
	if (isLargest()) await readPage(context, [], Math.max(ALL, 10 * length), {});
	return isLargest();
}

/** Tasks that are among the activities and not in the list of tasks. */
async function leftOut(
	context: ApiContext,
	statuses: string[],
	found: Map<string, IDataObject>,
	extra: Form,
): Promise<IDataObject[]> {
	const isFiltered = Object.keys(extra).length > 0;
	const known = isFiltered
		? new Set((await readPage(context, statuses, ALL, {})).map(keyOf))
		: found;
	const missing: IDataObject[] = [];
	for (const status of statuses.length > 0 ? statuses : [undefined]) {
		const query = { activityType: 'TASK', ...(status !== undefined && { status }) };
		const all = await readAllActivities(context, query);
		const isTask = (raw: IDataObject) => textOf(raw, 'activityType')?.toUpperCase() === 'TASK';
		for (const raw of all) {
			if (isTask(raw) && isIn(raw, statuses) && !known.has(keyOf(raw))) missing.push(raw);
		}
	}
	// what the user's own parameters do to activities is not documented
	if (isFiltered && missing.length > 0) throw notWhole(named(context), 'cutShort', found.size);
	return missing;
}

const named = (context: ApiContext) => listName(context, 'list tasks');

const keyOf = (raw: IDataObject) => idOf(raw) || JSON.stringify(raw);

/** A record that does not show its status is taken as the server gave it. */
function isIn(raw: IDataObject, statuses: string[]): boolean {
	const shown = textOf(raw, 'status')?.toUpperCase();
	return (
		statuses.length === 0 ||
		shown === undefined ||
		statuses.some((status) => status.toUpperCase() === shown)
	);
}
