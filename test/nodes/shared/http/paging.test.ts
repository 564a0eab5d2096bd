import { byOffset, take } from '../../../../nodes/shared/http/paging';

interface Entry {
	id: number;
}
const entries = (count: number): Entry[] => Array.from({ length: count }, (_, id) => ({ id }));
const all = async (fetchPage: (offset: number, limit: number) => Promise<Entry[]>) =>
	(
		await take(
			byOffset(fetchPage, ({ id }) => String(id), 100),
			Infinity,
		)
	).map(({ id }) => id);
const inOrder = (count: number) => entries(count).map(({ id }) => id);

it.each([0, 1, 99, 100, 101, 199, 200, 250])('reads %i entries once each', async (count) => {
	const list = entries(count);
	expect(await all(async (offset, limit) => list.slice(offset, offset + limit))).toEqual(
		inOrder(count),
	);
});

it('loses nothing when the server cuts pages lower than asked for', async () => {
	const list = entries(250);
	expect(await all(async (offset) => list.slice(offset, offset + 30))).toEqual(inOrder(250));
});

it('skips nothing when entries that were read leave the list', async () => {
	const list = entries(250);
	let calls = 0;
	const ids = await all(async (offset, limit) => {
		if (calls++ === 1) list.splice(0, 50);
		return list.slice(offset, offset + limit);
	});
	expect(ids).toEqual(inOrder(250));
});

it('repeats nothing when entries are added in front', async () => {
	const list = entries(250);
	let calls = 0;
	const ids = await all(async (offset, limit) => {
		if (calls++ === 1) list.unshift({ id: 1000 }, { id: 1001 });
		return list.slice(offset, offset + limit);
	});
	expect(ids).toEqual(inOrder(250));
});

it('gives up, saying so, when the list is new each time', async () => {
	let id = 0;
	let calls = 0;
	const reading = all(async () => {
		calls += 1;
		return Array.from({ length: 100 }, () => ({ id: id++ }));
	});
	await expect(reading).rejects.toThrow('The list changes faster than it can be read');
	expect(calls).toBeLessThan(50);
});

it('reads no page too many', async () => {
	const offsets: number[] = [];
	const pages = byOffset(
		async (offset) => {
			offsets.push(offset);
			return entries(1000).slice(offset, offset + 100);
		},
		({ id }) => String(id),
		100,
	);
	expect(await take(pages, 100)).toHaveLength(100);
	expect(offsets).toEqual([0]);
	const more = byOffset(
		async () => entries(5),
		({ id }) => String(id),
		100,
	);
	expect(await take(more, 0)).toEqual([]);
});
