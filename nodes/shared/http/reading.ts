/** What one reading of a list from its start has seen, and whether that proves that nothing was missed. */

export interface Reading {
	/** Where in the list each entry was seen last. */
	seen: Map<string, number>;
	/** Where entries without an ID were, by their content. */
	copies: Map<string, Set<number>>;
	/** Entries of the largest page. */
	largest: number;
	/** The length of the list, where the last page told it. */
	total?: number;
	/** Whether all pages told the same length. */
	isSteady: boolean;
	isAtEnd: boolean;
	/** Whether nothing was seen in two places, and each page began with the last entry of the one before. */
	isEven: boolean;
	/** Whether every page was sorted by ID. */
	isById: boolean;
	/**
	 * Whether a page was taken that did not begin with the last entry of the one before, as pages of one entry cannot:
	 * where the list becomes shorter just then, one is passed over.
	 */
	isLoose: boolean;
	/** What an even reading before this one has seen and this one not yet; absent when there was none. */
	missing?: Set<string>;
}

/** @param before the reading before this one, which did not prove anything by itself */
export const newReading = (before?: Reading): Reading => ({
	seen: new Map(),
	copies: new Map(),
	largest: 0,
	isSteady: true,
	isAtEnd: false,
	isEven: true,
	isById: true,
	isLoose: false,
	missing:
		before?.isAtEnd && before.isEven && before.seen.size >= (before.total ?? 0)
			? new Set(before.seen.keys())
			: undefined,
});

/** How an entry is told from others: by its ID, or where it has none by its content. */
export interface Name {
	id: string;
	/** Its ID or its content. */
	text: string;
}

/**
 * The entries of a page; those that look the same and have no ID by how many are in the list before them. An ID that
 * is twice in one answer is not one entry that moved.
 */
export function keysOf({ copies }: Reading, names: Name[], offset: number): string[] {
	const here = new Map<string, number>();
	return names.map(({ id, text }) => {
		const before = [...(copies.get(text) ?? [])].filter((place) => place < offset).length;
		const copy = here.get(text) ?? before;
		here.set(text, copy + 1);
		return id !== '' && copy === 0 ? id : `${text}#${copy}`;
	});
}

/** Takes down a page that begins at `offset`. */
export function notePage(reading: Reading, names: Name[], keys: string[], offset: number): void {
	keys.forEach((key, index) => {
		const at = offset + index;
		if ((reading.seen.get(key) ?? at) !== at) reading.isEven = false;
		if (index > 0 && keys[index - 1] >= key) reading.isById = false;
		reading.seen.set(key, at);
		reading.missing?.delete(key);
		const { id, text } = names[index];
		if (id === '') reading.copies.set(text, (reading.copies.get(text) ?? new Set()).add(at));
	});
	reading.largest = Math.max(reading.largest, keys.length);
}

/**
 * Whether nothing that was there all the time was missed. In an order that stays, pages that overlap prove it. Sorted
 * by ID it stays; elsewhere the length of the list has to agree, or nothing may have moved at all. While the length
 * changes it may agree by chance: then the list is read twice.
 */
export function isWhole(reading: Reading, isById: boolean, times: number): boolean {
	// one that has passed something over did so because an entry before it left, and that is not seen again
	if (reading.missing?.size === 0) return true;
	if (!reading.isAtEnd || reading.isLoose) return false;
	if (isById && reading.isById) return true;
	if (reading.total === undefined) return reading.isEven;
	return reading.seen.size >= reading.total && (reading.isSteady || times >= 2);
}

/** Whether nothing has moved, and fewer are there than the service says. */
export const fallsShort = ({ isAtEnd, isEven, isSteady, seen, total = 0 }: Reading) =>
	isAtEnd && isEven && isSteady && seen.size < total;
