import type { IDataObject } from 'n8n-workflow';

import { notWhole } from '../shared/http/notWhole';
import type { ApiContext } from '../shared/http/transport';
import { listName, readActivityPage, readAllActivities, type Form } from './api';
import { idOf, sequenceOf, textOf } from './task';

export interface ActivityQuery {
	/** Empty: any. */
	types: string[];
	/** Empty: any. */
	statuses: string[];
	/** A sequence number; `null`: from the beginning. */
	startFrom: number | null;
	/** Further parameters, sent as they are. */
	extra: Form;
}

const MAX_PAGE = 100;
/** With one entry per page a server that repeats the last one would never get on. */
const MIN_PAGE = 2;
/** Of one listing at most: an inventive server would give pages for ever. */
const MAX_PAGES = 1000;

const keyOf = (raw: IDataObject) => idOf(raw) || JSON.stringify(raw);

/**
 * Activities page by page. Several types or statuses are asked for one after another, because how to send a list of
 * them is not documented; a server that ignores the filters is filtered here.
 */
export async function* listActivities(
	context: ApiContext,
	query: ActivityQuery,
	count = Infinity,
): AsyncGenerator<IDataObject> {
	const size = Math.min(Math.max(count, MIN_PAGE), MAX_PAGE);
	const seen = new Set<string>();
	for (const filter of inTurn(query)) {
		for await (const raw of walk(context, query.startFrom, size, { ...query.extra, ...filter })) {
			if (seen.has(keyOf(raw)) || !fits(raw, filter)) continue;
			seen.add(keyOf(raw));
			yield raw;
		}
	}
}

/** As `listActivities`, without pages: what a poll needs. */
export async function readActivities(
	context: ApiContext,
	query: ActivityQuery,
): Promise<IDataObject[]> {
	const found = new Map<string, IDataObject>();
	for (const filter of inTurn(query)) {
		for (const raw of await readAllActivities(context, { ...query.extra, ...filter })) {
			if (fits(raw, filter)) found.set(keyOf(raw), raw);
		}
	}
	return [...found.values()];
}

/** All but the last are asked for again: what went from a later one to an earlier one meanwhile was in none. */
function inTurn(query: ActivityQuery): Form[] {
	const filters = filtersOf(query);
	return [...filters, ...filters.slice(0, -1)];
}

function filtersOf({ types, statuses }: ActivityQuery): Form[] {
	const one = (name: string, values: string[]): Form[] =>
		values.length > 0 ? values.map((value) => ({ [name]: value })) : [{}];
	return one('activityType', types).flatMap((type) =>
		one('status', statuses).map((status) => ({ ...type, ...status })),
	);
}

/** A record that does not show the field is taken as the server gave it. */
const fits = (raw: IDataObject, filter: Form): boolean =>
	Object.entries(filter).every(([name, wanted]) => {
		const shown = textOf(raw, name);
		return shown === null || shown.toUpperCase() === wanted.toUpperCase();
	});

/**
 * Goes on at the last sequence number, whichever way the list runs and whether or not that entry comes again. It ends
 * with an empty page: where numbers do not lead there, the rest is read from the complete list.
 */
async function* walk(
	context: ApiContext,
	startFrom: number | null,
	size: number,
	qs: Form,
): AsyncGenerator<IDataObject> {
	const seen = new Set<string>();
	const isNew = (raw: IDataObject) => !seen.has(keyOf(raw));
	let isWithin: (raw: IDataObject) => boolean = () => true;
	let direction = 0;
	let cursor = startFrom;
	let isBeyond = false;
	for (let pages = 1; ; pages++) {
		if (pages > MAX_PAGES)
			throw notWhole(listName(context, 'list activities'), 'endless', seen.size);
		const page = await readActivityPage(context, size, cursor, qs);
		if (page.length === 0) return;
		if (pages === 1 && startFrom !== null) isWithin = sideOf(startFrom, page);
		const fresh = page.filter(isNew);
		for (const raw of fresh) seen.add(keyOf(raw));
		yield* fresh;
		const last = sequenceOf(page[page.length - 1]);
		direction ||= directionOf(page);
		const isLed = page.length === 1 || (direction !== 0 && directionOf(page) === direction);
		if (last === null || !isLed) break;
		// nothing but the entry it went on at: whether there is more after that is seen from there
		const isStill = fresh.length === 0;
		if (isStill && (isBeyond || direction === 0)) break;
		isBeyond = isStill;
		cursor = isStill ? last + direction : last;
	}
	const all = await readAllActivities(context, qs);
	yield* all.filter((raw) => isNew(raw) && isWithin(raw));
}

/** 1 or -1: sequence numbers go up or down; 0: neither, or there are none. */
function directionOf(page: IDataObject[]): number {
	const numbers = page.map((raw) => sequenceOf(raw) ?? NaN);
	const steps = numbers.slice(1).map((number, index) => Math.sign(number - numbers[index]));
	return steps.length > 0 && steps.every((step) => step === steps[0]) ? steps[0] || 0 : 0;
}

/** Which side of the number the user started from the list goes to. */
function sideOf(startFrom: number, page: IDataObject[]): (raw: IDataObject) => boolean {
	const distance = (raw: IDataObject) => (sequenceOf(raw) ?? startFrom) - startFrom;
	const isUp = page.every((raw) => distance(raw) >= 0);
	return (raw) => (isUp ? distance(raw) >= 0 : distance(raw) <= 0);
}
