import { NodeApiError, type INode } from 'n8n-workflow';

import {
	byOffset,
	ifStill,
	inOrder,
	take,
	type Listing,
} from '../../../../nodes/shared/http/paging';

interface Entry {
	id: number;
}
const entries = (count: number): Entry[] => Array.from({ length: count }, (_, id) => ({ id }));
const listing = (fetchPage: Listing<Entry>['fetchPage'], more: Partial<Listing<Entry>> = {}) => ({
	name: { node: { name: 'List' } as INode, service: 'Sample', action: 'list samples' },
	fetchPage,
	idOf: ({ id }: Entry) => String(id),
	pageSize: 100,
	...more,
});
const all = async (
	fetchPage: Listing<Entry>['fetchPage'],
	more?: Partial<Listing<Entry>>,
): Promise<number[]> =>
	(await take(byOffset(listing(fetchPage, more)), Infinity)).map(({ id }) => id);
const numbers = (count: number) => entries(count).map(({ id }) => id);

it.each([0, 1, 99, 100, 101, 199, 200, 250])('reads %i entries once each', async (count) => {
	const list = entries(count);
	expect(await all(async (offset, limit) => list.slice(offset, offset + limit))).toEqual(
		numbers(count),
	);
});

it('loses nothing when the server cuts pages lower than asked for', async () => {
	const list = entries(250);
	expect(await all(async (offset) => list.slice(offset, offset + 30))).toEqual(numbers(250));
});

it('skips nothing when entries that were read leave the list', async () => {
	const list = entries(250);
	let calls = 0;
	const ids = await all(async (offset, limit) => {
		if (calls++ === 1) list.splice(0, 50);
		return list.slice(offset, offset + limit);
	});
	expect(ids).toEqual(numbers(250));
});

it('repeats nothing when entries are added in front', async () => {
	const list = entries(250);
	let calls = 0;
	const ids = await all(async (offset, limit) => {
		if (calls++ === 1) list.unshift({ id: 1000 }, { id: 1001 });
		return list.slice(offset, offset + limit);
	});
	expect(ids).toEqual([...numbers(250), 1000, 1001]);
});

it('F7: skips nothing when one that was read leaves the list and pages are short', async () => {
	const list = entries(9);
	let calls = 0;
	const ids = await all(
		async (offset) => {
			if (calls++ === 2) list.shift();
			return list.slice(offset, offset + 2);
		},
		{ lastId: async () => '8' },
	);
	expect(ids).toEqual(numbers(9));
	expect(calls).toBeLessThan(14);
});

it('F7: does not take a page that has nothing new for the end', async () => {
	const list = entries(250);
	let calls = 0;
	const ids = await all(async (offset, limit) => {
		// all that were read so far came again
		if (calls++ === 1) list.unshift(...Array.from({ length: 99 }, (_, n) => ({ id: 1000 + n })));
		return list.slice(offset, offset + limit);
	});
	expect(ids).toEqual(expect.arrayContaining(numbers(250)));
	expect(new Set(ids).size).toBe(ids.length);
});

it('F7: takes neither a page that has nothing new nor a shorter one for the end, whatever the pages hold', async () => {
	for (const lengths of [[1], [1, 1, 3], [2], [5, 1], [1, 100]]) {
		let calls = 0;
		const list = entries(40);
		const ids = await all(async (offset) => {
			const length = lengths[calls++ % lengths.length];
			return list.slice(offset, offset + length);
		});
		expect(ids).toEqual(numbers(40));
	}
});

it('F7: gives up, saying so, when the list is new each time', async () => {
	let id = 0;
	let calls = 0;
	const reading = all(async () => {
		calls += 1;
		return Array.from({ length: 100 }, () => ({ id: id++ }));
	});
	const error = (await reading.catch((thrown: unknown) => thrown)) as NodeApiError;
	expect(error).toBeInstanceOf(NodeApiError);
	expect(error.message).toBe(
		'Sample changes its list faster than it can be read: could not list samples',
	);
	expect(error.description).toMatch(
		/^\d+ entries were read, and others may be missing\. Try again later, or narrow the filters/,
	);
	expect(error.failure).toEqual({ cause: 'temporarily-unavailable' });
	expect(calls).toBeLessThan(300);
});

it('F7: gives up, saying so, when pages never end', async () => {
	let calls = 0;
	const reading = all(async (offset) => {
		calls += 1;
		return [{ id: offset }, { id: offset + 1 }];
	});
	await expect(reading).rejects.toThrow('Sample gives a list that does not end');
	// a trigger is not published on one
	await expect(reading).rejects.toMatchObject({ failure: { cause: 'configuration-invalid' } });
	expect(calls).toBe(2000);
});

it('F7: throws when fewer come than the service says there are', async () => {
	const short = async (offset: number, limit: number) => ({
		entries: entries(150).slice(offset, offset + limit),
		total: 151,
	});
	await expect(all(short)).rejects.toMatchObject({
		description: expect.stringContaining('150 of 151 entries were read'),
	});
	const steady = async () => ({ entries: entries(100), total: 250 });
	await expect(all(steady)).rejects.toThrow('gives the same page whichever is asked for');
});

it.each([-1, 0, 1, 150, NaN])(
	'F7: does not believe a length of %d where more came',
	async (total) => {
		const list = entries(250);
		let calls = 0;
		const lying = async (offset: number, limit: number) => {
			calls += 1;
			return { entries: list.slice(offset, offset + limit), total };
		};
		expect(await all(lying)).toEqual(numbers(250));
		expect(calls).toBeLessThan(15);
	},
);

it('F7: says so, soon, when a list that holds still is shorter than the service says', async () => {
	const list = entries(250);
	let calls = 0;
	const reading = all(async (offset, limit) => {
		calls += 1;
		return { entries: list.slice(offset, offset + limit), total: 251 };
	});
	await expect(reading).rejects.toMatchObject({
		message: 'Sample gives fewer entries than it says there are: could not list samples',
		description: expect.stringContaining('250 of 251 entries were read') as string,
	});
	expect(calls).toBeLessThan(15);
});

it('F7: an entry that is twice in one answer is twice in the list, and does not stop it', async () => {
	const list = entries(120);
	list[7] = { id: 3 };
	const ids = list.map(({ id }) => id);
	for (const total of [undefined, 120]) {
		const page = async (offset: number, limit: number) => ({
			entries: list.slice(offset, offset + limit),
			total,
		});
		expect(await all(page)).toEqual(ids);
		expect((await inOrder(listing(page), 10)).map(({ id }) => id)).toEqual(ids.slice(0, 10));
	}
});

it('F7: has all of a server that does not look where to start', async () => {
	const sizes: number[] = [];
	const ids = await all(async (_offset, limit) => {
		sizes.push(limit);
		return entries(1250).slice(0, limit);
	});
	expect(ids).toEqual(numbers(1250));
	expect(sizes).toEqual([100, 100, 100, 1000, 10_000]);
	expect(await all(async () => entries(1250))).toEqual(numbers(1250));
	expect(await all(async () => entries(7))).toEqual(numbers(7));
});

it('F7: tells entries that show nothing of their own apart by their content and their number', async () => {
	const list = Array.from({ length: 230 }, (_, index) => ({ id: index % 100 === 7 ? 7 : index }));
	const read = async (pageSize: number) =>
		await all(async (offset, limit) => list.slice(offset, offset + limit), {
			idOf: () => '',
			pageSize,
		});
	expect(await read(100)).toEqual(list.map(({ id }) => id));
	expect(await read(3)).toEqual(list.map(({ id }) => id));
});

it('F7: keeps the order where it finds some only by reading again', async () => {
	const list = entries(150);
	let calls = 0;
	const { fetchPage, ...rest } = listing(async (offset, limit) => {
		// entries 90 to 119 are equal in what they are sorted by
		const ties = list.slice(90, 120);
		const mixed = calls++ === 1 ? [...ties.slice(10), ...ties.slice(0, 10)] : ties;
		const sorted = [...list.slice(0, 90), ...mixed, ...list.slice(120)];
		return { entries: sorted.slice(offset, offset + limit), total: 150 };
	});
	const ids = (await inOrder({ fetchPage, ...rest }, Infinity)).map(({ id }) => id);
	expect([...ids].sort((a, b) => a - b)).toEqual(numbers(150));
	expect(ids.slice(0, 90)).toEqual(numbers(90));
	expect(ids.slice(120)).toEqual(numbers(150).slice(120));
	expect(calls).toBeGreaterThan(2);
});

it('reads no page too many', async () => {
	const offsets: number[] = [];
	const pages = byOffset(
		listing(async (offset) => {
			offsets.push(offset);
			return entries(1000).slice(offset, offset + 100);
		}),
	);
	expect(await take(pages, 100)).toHaveLength(100);
	expect(offsets).toEqual([0]);
	const more = byOffset(listing(async () => entries(5)));
	expect(await take(more, 0)).toEqual([]);
});

/** Of `list`, where `change` happens before the request of that number, counted from 0, is answered. */
function changing(
	list: Entry[],
	changes: Record<number, () => void>,
	{ told = false, size = 100 } = {},
) {
	const requests = { count: 0 };
	const fetchPage = async (offset: number) => {
		changes[requests.count++]?.();
		const page = list.slice(offset, offset + size);
		return told ? { entries: page, total: list.length } : page;
	};
	return { requests, fetchPage };
}

const move = (list: Entry[], id: number, to: number) => () => {
	const [entry] = list.splice(
		list.findIndex((one) => one.id === id),
		1,
	);
	list.splice(to, 0, entry);
};

describe('F7: one that has moved to the front, past where the reading is,', () => {
	it.each([
		['of a list that tells its length', { told: true }, {}],
		['of one that does not', {}, {}],
		['of one that is not sorted by ID, as was asked for', {}, { lastId: async () => '~' }],
	])('is found: %s', async (_, told, more) => {
		const list = entries(250);
		const { fetchPage } = changing(list, { 1: move(list, 220, 0) }, told);
		expect((await all(fetchPage, more)).sort((a, b) => a - b)).toEqual(numbers(250));
	});

	it('is found when it moves back before the list is read again', async () => {
		const list = entries(299);
		const there = { 1: move(list, 298, 0), 6: move(list, 298, 298) };
		const { fetchPage } = changing(list, there);
		expect((await all(fetchPage)).sort((a, b) => a - b)).toEqual(numbers(299));
	});

	it('ends a reading that wants a list that stays', async () => {
		const list = entries(250);
		const { fetchPage, requests } = changing(list, { 1: move(list, 220, 0) });
		expect(await ifStill(listing(fetchPage), Infinity)).toBeNull();
		expect(requests.count).toBe(2);
	});

	it('comes first where the order counts', async () => {
		const list = entries(250);
		const { fetchPage } = changing(list, { 1: move(list, 220, 0) });
		const first = await inOrder(listing(fetchPage), 150);
		expect(first.map(({ id }) => id)).toEqual([220, ...numbers(149)]);
	});
});

it('F7: skips nothing when one leaves a list that comes one by one', async () => {
	const list = entries(10);
	const { fetchPage } = changing(list, { 5: () => void list.shift() }, { size: 1 });
	expect((await all(fetchPage)).sort((a, b) => a - b)).toEqual(numbers(10));
});

describe('of a list that does not change', () => {
	it('the first are read with the pages they are on, and as they are', async () => {
		for (const read of [inOrder, ifStill]) {
			const list = entries(1000);
			const { fetchPage, requests } = changing(list, {});
			const first = await read(listing(fetchPage), 150);
			expect(first).toHaveLength(150);
			first!.forEach((entry, index) => expect(entry).toBe(list[index]));
			expect(requests.count).toBe(2);
		}
	});

	it('nothing is read for none, nor where there is none', async () => {
		const { fetchPage, requests } = changing(entries(3), {});
		expect(await inOrder(listing(fetchPage), 0)).toEqual([]);
		expect(await all(fetchPage, { lastId: async () => '' })).toEqual([]);
		expect(requests.count).toBe(0);
	});
});

it('entries are given as they are', async () => {
	const list = entries(3);
	const given = await take(byOffset(listing(async () => list)), Infinity);
	given.forEach((entry, index) => expect(entry).toBe(list[index]));
});

it('F7: asks no further where larger pages bring nothing more', async () => {
	const sizes: number[] = [];
	const reading = all(async (_offset, limit) => {
		sizes.push(limit);
		return entries(100);
	});
	await expect(reading).rejects.toThrow('gives the same page whichever is asked for');
	expect(sizes).toEqual([100, 100, 100, 1000]);
});
