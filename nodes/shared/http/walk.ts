/** Reads a list from its start to its end, again when it changed meanwhile, until nothing can be missing. */
import { notWhole, type ListName } from './notWhole';
import {
	fallsShort,
	isWhole,
	keysOf,
	newReading,
	notePage,
	type Name,
	type Reading,
} from './reading';

/** A page of a service that says how long the whole list is. */
export interface Page<T> {
	entries: T[];
	/** Absent when this answer does not say. */
	total?: number;
}

export interface Listing<T> {
	name: ListName;
	fetchPage(offset: number, limit: number): Promise<T[] | Page<T>>;
	/** What tells an entry from all others; empty where it shows nothing of the kind. */
	idOf(entry: T): string;
	pageSize: number;
	/**
	 * For a list that the service was asked to sort by what `idOf` gives, ascending: the last there is, or '' for none.
	 * What is there all the time does not come after it.
	 */
	lastId?(): Promise<string>;
}

/** How often a list is read at most that changes meanwhile, or comes in another order on each page. */
const MAX_READINGS = 6;
/** Requests for one list at most: an inventive server would give pages for ever. */
const MAX_REQUESTS = 2000;
const MAX_STEPS_BACK = 20;
/** No list is that long: who has the same page here does not look where to start. */
const FAR = 1_000_000_000;
/** What a server that does not look where to start is asked for at most. */
const LARGEST_PAGE = 100_000;

/** An entry of a list. */
export interface Place<T> {
	entry: T;
	/** Where in the list it was seen last. */
	at: number;
}

/** What is known of a list over all its readings. */
export interface Known<T> {
	places: Map<string, Place<T>>;
	/** Seen since the list had another length. */
	sinceChange: Set<string>;
	total?: number;
	lastId?: string;
	requests: number;
	/** Whether the lengths that are told can be believed: none was exceeded by what came. */
	isTold: boolean;
	/** Whether all readings were even. */
	isEven: boolean;
}

export const newKnown = <T>(): Known<T> => ({
	places: new Map(),
	sinceChange: new Set(),
	requests: 0,
	isTold: true,
	isEven: true,
});

/** Each entry once. @throws NodeApiError when some may be missing */
export async function* walk<T>(listing: Listing<T>, known: Known<T>): AsyncGenerator<Place<T>> {
	let before: Reading | undefined;
	known.lastId = await listing.lastId?.();
	if (known.lastId === '') return;
	for (let times = 1; times <= MAX_READINGS; times++) {
		const reading = newReading(before);
		yield* readOnce(listing, known, reading);
		if (isWhole(reading, known.lastId !== undefined, times)) return;
		// pages that differ in their order only have all there are together
		const { total = Infinity, sinceChange } = known;
		if (!reading.isLoose && sinceChange.size >= total) return;
		known.isEven = false;
		if (before && fallsShort(before) && fallsShort(reading)) {
			throw notWhole(listing.name, 'tellsMore', known.places.size, known.total);
		}
		before = reading;
	}
	throw notWhole(listing.name, 'changes', known.places.size, known.total);
}

/**
 * From the start to the end. Each page is to begin with the last entry of the one before; where it does not, the list
 * has become shorter, and the reading steps back.
 */
async function* readOnce<T>(
	listing: Listing<T>,
	known: Known<T>,
	reading: Reading,
): AsyncGenerator<Place<T>> {
	const { pageSize } = listing;
	let [offset, end, stepsBack, lookedBack] = [0, 0, 0, 0];
	let before: Name[] = [];
	for (;;) {
		const page = await fetchPage(listing, known, offset, pageSize);
		const { entries, names } = page;
		if (offset > 0 && isSame(names, before) && (await isDeaf(listing, known, names))) {
			yield* readAtOnce(listing, known, reading, page);
			return;
		}
		before = names;
		const total = lengthTold(known, page, offset);
		const keys = keysOf(reading, names, offset);
		if (offset > 0 && offset < end && !reading.seen.has(keys[0])) {
			reading.isEven = false;
			known.isEven = false;
			if (++stepsBack > MAX_STEPS_BACK) return;
			offset = Math.max(0, offset - reading.largest);
			continue;
		}
		const isApart = offset > 0 && offset === end;
		reading.isSteady &&= reading.total === undefined || reading.total === total;
		reading.total = total;
		if (entries.length === 0 && isApart && total !== undefined && lookedBack !== end) {
			// there was more a moment ago
			if (++stepsBack > MAX_STEPS_BACK) return;
			lookedBack = end;
			offset = end - 1;
			continue;
		}
		if (entries.length === 0) {
			reading.isAtEnd = true;
			reading.isLoose ||= reading.largest === 1;
			return;
		}
		reading.isLoose ||= isApart;
		yield* accept(known, reading, page, keys, offset);
		if (reading.missing?.size === 0) return;
		end = offset + entries.length;
		if (reading.isById && known.lastId !== undefined && keys[keys.length - 1] >= known.lastId) {
			reading.isAtEnd = true;
			// what comes after it is new
			reading.total = undefined;
			return;
		}
		// who gives more than was asked for knows no pages
		reading.isAtEnd = end >= (total ?? (offset === 0 ? pageSize + 1 : Infinity));
		if (reading.isAtEnd) return;
		offset = entries.length > 1 ? end - 1 : end;
	}
}

function* accept<T>(
	known: Known<T>,
	reading: Reading,
	{ entries, names }: NamedPage<T>,
	keys: string[],
	offset: number,
): Generator<Place<T>> {
	notePage(reading, names, keys, offset);
	known.isEven &&= reading.isEven;
	const fresh: Array<Place<T>> = [];
	for (const [index, key] of keys.entries()) {
		const at = offset + index;
		const place = known.places.get(key);
		known.sinceChange.add(key);
		if (place) place.at = at;
		else {
			known.places.set(key, { entry: entries[index], at });
			fresh.push(known.places.get(key)!);
		}
	}
	yield* fresh;
}

interface NamedPage<T> extends Page<T> {
	names: Name[];
}

async function fetchPage<T>(
	{ fetchPage, idOf, name }: Listing<T>,
	known: Known<T>,
	offset: number,
	limit: number,
): Promise<NamedPage<T>> {
	if (++known.requests > MAX_REQUESTS) {
		throw notWhole(name, 'endless', known.places.size, known.total);
	}
	const answer = await fetchPage(offset, limit);
	const { entries, total } = Array.isArray(answer) ? { entries: answer } : answer;
	const names = entries.map((entry) => {
		const id = idOf(entry);
		return { id, text: id || JSON.stringify(entry) };
	});
	return { entries, total, names };
}

/** How long the list is, as far as that can be believed. */
function lengthTold<T>(
	known: Known<T>,
	{ entries, total }: Page<T>,
	offset: number,
): number | undefined {
	if (total === undefined) return undefined;
	known.isTold &&= total >= (entries.length > 0 ? offset + entries.length : 0);
	const told = known.isTold ? total : undefined;
	if (told !== known.total) known.sinceChange.clear();
	known.total = told;
	return told;
}

const isSame = (one: Name[], other: Name[]) =>
	one.length > 0 &&
	one.length === other.length &&
	one.every(({ text }, index) => text === other[index].text);

/** Whether the server does not look where to start. */
async function isDeaf<T>(listing: Listing<T>, known: Known<T>, names: Name[]): Promise<boolean> {
	return isSame(names, (await fetchPage(listing, known, FAR, listing.pageSize)).names);
}

/** Asks for larger pages until one is not full. */
async function* readAtOnce<T>(
	listing: Listing<T>,
	known: Known<T>,
	reading: Reading,
	first: NamedPage<T>,
): AsyncGenerator<Place<T>> {
	let page = first;
	let size = listing.pageSize;
	const isAll = ({ entries, total }: NamedPage<T>) =>
		total === undefined ? entries.length < size : entries.length >= total;
	while (!isAll(page)) {
		size *= 10;
		const larger = await fetchPage(listing, known, 0, size);
		if (size > LARGEST_PAGE || larger.entries.length <= page.entries.length) {
			throw notWhole(listing.name, 'samePage', known.places.size, larger.total);
		}
		page = larger;
	}
	const whole = newReading();
	yield* accept(known, whole, page, keysOf(whole, page.names, 0), 0);
	Object.assign(reading, whole, { isAtEnd: true, total: page.entries.length });
}
