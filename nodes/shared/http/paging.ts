/** Reads lists page by page so that entries added or removed meanwhile are neither repeated nor skipped. */

/** A page of a service that says how long the whole list is. */
export interface Page<T> {
	entries: T[];
	/** Absent when this answer does not say. */
	total?: number;
}

const MAX_STEPS_BACK = 20;

/**
 * Walks a list by offset. Each page starts at the last entry already seen: if that entry is gone from the page's
 * view, the list shrank and the walk steps back. Ends when a page brings nothing new, so a server that caps its
 * pages lower than asked for loses nothing, or at the list's end where the service tells its length.
 */
export async function* byOffset<T>(
	fetchPage: (offset: number, limit: number) => Promise<T[] | Page<T>>,
	idOf: (entry: T) => string,
	pageSize: number,
): AsyncGenerator<T> {
	const seen = new Set<string>();
	let offset = 0;
	let stepsBack = 0;
	for (;;) {
		const answer = await fetchPage(offset, pageSize);
		const { entries: page, total = Infinity } = Array.isArray(answer)
			? { entries: answer }
			: answer;
		const fresh = page.filter((entry) => !seen.has(idOf(entry)));
		const lost = offset > 0 && fresh.length === page.length;
		if (lost) {
			if (++stepsBack > MAX_STEPS_BACK)
				throw new Error('The list changes faster than it can be read');
			offset = Math.max(0, offset - pageSize);
			continue;
		}
		if (fresh.length === 0) return;
		for (const entry of fresh) {
			seen.add(idOf(entry));
			yield entry;
		}
		if (offset + page.length >= total) return;
		offset += page.length - 1;
	}
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
