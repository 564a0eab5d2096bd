import fc from 'fast-check';
import { NodeApiError, type INode } from 'n8n-workflow';

import { byOffset, inOrder, take, type Listing } from '../../../../nodes/shared/http/paging';
import { FUZZ } from '../../../fuzz';

interface Entry {
	id: string;
	/** What the list is sorted by; several may have the same. */
	rank: number;
}

/** What happens to the list before a request is answered. */
type Change = { at: number; what: 'add' | 'remove'; where: number };

interface World {
	size: number;
	/** Entries of a page at most, one number for each request, over and over. */
	caps: number[];
	tellsTotal: boolean;
	changes: Change[];
	/** How many share a rank. 1: the order is always the same. */
	ties: number;
	/** Ignores where to start, how many are wanted, or neither. */
	ignores: 'nothing' | 'offset' | 'both';
}

const NAME = { node: { name: 'List' } as INode, service: 'Sample', action: 'list samples' };
const PAGE = 4;

/** Each answer is a list as it is at that moment, with equal ranks in any order. */
function serve(world: World, random: () => number) {
	let list: Entry[] = Array.from({ length: world.size }, (_, index) => ({
		id: `e${String(index * 1000).padStart(9, '0')}`,
		rank: Math.floor((index * 1000) / world.ties),
	}));
	const always = new Set(list.map(({ id }) => id));
	let requests = 0;
	const change = ({ what, where }: Change) => {
		const index = where % (list.length + 1);
		if (what === 'add') {
			const number = Math.floor(random() * world.size * 1000);
			const id = `e${String(number).padStart(9, '0')}n`;
			if (list.some((entry) => entry.id === id)) return;
			list = [...list, { id, rank: Math.floor(number / world.ties) }];
		} else if (list[index]) {
			always.delete(list[index].id);
			list = list.filter((_, at) => at !== index);
		}
	};
	const listing: Listing<Entry> = {
		name: NAME,
		pageSize: PAGE,
		idOf: ({ id }) => id,
		async fetchPage(offset, limit) {
			world.changes.filter(({ at }) => at === requests).forEach(change);
			const cap = world.caps[requests++ % world.caps.length];
			const keyed = list.map((entry) => ({ entry, tie: world.ties > 1 ? random() : 0 }));
			keyed.sort(
				(a, b) =>
					a.entry.rank - b.entry.rank || a.tie - b.tie || (a.entry.id < b.entry.id ? -1 : 1),
			);
			const from = world.ignores === 'nothing' ? offset : 0;
			const most = world.ignores === 'both' ? Infinity : Math.min(limit, cap);
			const entries = keyed.slice(from, from + most).map(({ entry }) => entry);
			return world.tellsTotal ? { entries, total: list.length } : entries;
		},
	};
	const lastId = async () =>
		list
			.map(({ id }) => id)
			.sort()
			.at(-1) ?? '';
	return { listing, always, lastId, requests: () => requests, now: () => list };
}

const changes = fc.array(
	fc.record({
		at: fc.nat(14),
		what: fc.constantFrom('add' as const, 'remove' as const),
		where: fc.nat(20),
	}),
	{ maxLength: 10 },
);
const oneCap = fc.integer({ min: 1, max: PAGE + 1 }).map((cap) => [cap]);
const anyCaps = fc.array(fc.integer({ min: 1, max: PAGE }), { minLength: 1, maxLength: 5 });

/** Mulberry32. */
function randomOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/** Reads it all, which has to be right. @returns the error when it was not to be had */
async function read(world: World, seed: number, isById = false): Promise<string | undefined> {
	const served = serve(world, randomOf(seed));
	const listing = { ...served.listing, ...(isById && { lastId: served.lastId }) };
	const read = await take(byOffset(listing), Infinity).catch((error: unknown) => error);
	expect(served.requests()).toBeLessThanOrEqual(2000);
	if (!Array.isArray(read)) {
		expect(read).toBeInstanceOf(NodeApiError);
		expect((read as Error).message).toMatch(/^Sample .*: could not list samples$/);
		return (read as Error).message;
	}
	const ids = (read as Entry[]).map(({ id }) => id);
	expect(ids).toEqual(expect.arrayContaining([...served.always]));
	expect(new Set(ids).size).toBe(ids.length);
	return undefined;
}

const worlds = (world: Partial<{ [K in keyof World]: fc.Arbitrary<World[K]> }>) =>
	fc.record<World>({
		size: fc.nat(14),
		caps: oneCap,
		tellsTotal: fc.boolean(),
		changes,
		ties: fc.constant(1),
		ignores: fc.constant('nothing' as const),
		...world,
	});
const unchanged = fc.constant<Change[]>([]);
const ties = fc.constantFrom(2000, 5000, 20_000);

/** @param isReadable what must not end in an error */
const KINDS: Array<
	[name: string, world: fc.Arbitrary<World>, isById: boolean, isReadable: (world: World) => boolean]
> = [
	['where entries come and go', worlds({}), false, ({ changes }) => changes.length < 3],
	[
		'where entries come and go, sorted by ID',
		worlds({}),
		true,
		({ changes, caps: [cap] }) => cap > 1 || changes.length < 3,
	],
	[
		'where pages have any length',
		worlds({ caps: anyCaps, tellsTotal: fc.constant(true) }),
		false,
		({ changes }) => changes.length === 0,
	],
	[
		'where equal ranks come in any order on each page',
		worlds({ changes: unchanged, ties }),
		false,
		({ size }) => size <= 1,
	],
	[
		'where the server does not look where to start',
		worlds({
			caps: fc.constant([Infinity]),
			changes: unchanged,
			ignores: fc.constantFrom('offset' as const, 'both' as const),
		}),
		false,
		// two pages of four that are the same may be all, or all that such a server gives
		({ size, tellsTotal }) => size !== PAGE || tellsTotal,
	],
];

describe('F7: nothing that was there all the time is missing without an error, nothing comes twice, and it ends', () => {
	it.each(KINDS)('%s', async (_name, world, isById, isReadable) => {
		const property = fc.asyncProperty(world, fc.integer(), async (one, seed) => {
			const error = await read(one, seed, isById);
			if (isReadable(one)) expect(error).toBeUndefined();
		});
		await fc.assert(property, { ...FUZZ, numRuns: Math.ceil(FUZZ.numRuns / 6) });
	});

	it('in the order of the ranks, where equal ones come in any order and the length is told', async () => {
		const world = worlds({ changes: unchanged, ties, tellsTotal: fc.constant(true) });
		const property = fc.asyncProperty(
			world,
			fc.integer(),
			fc.nat(20),
			async (one, seed, wanted) => {
				const { listing, now } = serve(one, randomOf(seed));
				const entries = await inOrder(listing, wanted).catch((error: Error) => {
					expect(error).toBeInstanceOf(NodeApiError);
					return null;
				});
				const ranks = now().map(({ rank }) => rank);
				if (entries) expect(entries.map(({ rank }) => rank)).toEqual(ranks.slice(0, wanted));
			},
		);
		await fc.assert(property, { ...FUZZ, numRuns: Math.ceil(FUZZ.numRuns / 6) });
	});
});
