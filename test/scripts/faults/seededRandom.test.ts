import { seededRandom } from '../../../scripts/faults/seededRandom';

const numbers = (seed: number) => {
	const random = seededRandom(seed);
	return Array.from({ length: 1000 }, () => random.between(3, 12));
};

it('gives the same numbers for the same seed, and others for another', () => {
	expect(numbers(7)).toEqual(numbers(7));
	expect(numbers(7)).not.toEqual(numbers(8));
});

it('gives each number from the first to the last, about as often', () => {
	const found = numbers(1);
	for (let n = 3; n <= 12; n++) {
		const times = found.filter((number) => number === n).length;
		expect([n, times > 60 && times < 140]).toEqual([n, true]);
	}
	expect(found.every((number) => number >= 3 && number <= 12)).toBe(true);
});
