/** Lists page by page: what is there all the time comes once, or there is an error. No list is read for ever. */
import { newKnown, walk, type Listing, type Place } from './walk';

export type { Listing, Page } from './walk';

/** Every entry as it is read; what only another reading finds comes last. */
export async function* byOffset<T>(listing: Listing<T>): AsyncGenerator<T> {
	for await (const { entry } of walk(listing, newKnown())) yield entry;
}

/** The first `wanted` entries in the service's order. No more pages are read than they need, unless entries move. */
export async function inOrder<T>(listing: Listing<T>, wanted: number): Promise<T[]> {
	const known = newKnown<T>();
	const found: Array<Place<T>> = [];
	if (wanted <= 0) return [];
	for await (const place of walk(listing, known)) {
		found.push(place);
		if (found.length >= wanted && known.isEven) break;
	}
	if (!known.isEven) found.sort((a, b) => a.at - b.at);
	return found.slice(0, wanted).map(({ entry }) => entry);
}

/** The first `wanted` entries; `null` when entries move while they are read. */
export async function ifStill<T>(listing: Listing<T>, wanted: number): Promise<T[] | null> {
	const known = newKnown<T>();
	const found: T[] = [];
	for await (const { entry } of walk(listing, known)) {
		if (!known.isEven) return null;
		found.push(entry);
		if (found.length >= wanted) break;
	}
	return known.isEven ? found : null;
}

/** The first `limit` entries, reading no more pages than they need. */
export async function take<T>(entries: AsyncIterable<T>, limit: number): Promise<T[]> {
	const taken: T[] = [];
	if (limit <= 0) return taken;
	for await (const entry of entries) {
		taken.push(entry);
		if (taken.length >= limit) break;
	}
	return taken;
}
