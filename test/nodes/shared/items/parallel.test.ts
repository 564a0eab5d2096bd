import { forEachParallel } from '../../../../nodes/shared/items/parallel';

const turn = async () => await Promise.resolve();

it('works on as many as it may, and no more', async () => {
	let running = 0;
	let highest = 0;
	const failure = await forEachParallel([...Array(50).keys()], 4, async () => {
		highest = Math.max(highest, ++running);
		await turn();
		running--;
	});
	expect(failure).toBeNull();
	expect(highest).toBe(4);
});

it('starts nothing after a failure and lets what runs settle', async () => {
	const started: number[] = [];
	const settled: number[] = [];
	const failure = await forEachParallel([...Array(50).keys()], 4, async (entry) => {
		started.push(entry);
		await turn();
		if (entry === 5) throw new Error('five');
		await turn();
		settled.push(entry);
	});
	expect(failure?.message).toBe('five');
	expect(started.length).toBeLessThan(12);
	expect(settled.sort()).toEqual(started.filter((entry) => entry !== 5).sort());
});

it('has nothing to do without entries', async () => {
	expect(await forEachParallel([], 4, async () => await Promise.reject(new Error()))).toBeNull();
});
