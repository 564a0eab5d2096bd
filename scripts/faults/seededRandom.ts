/** Random moments that can be had again. */

export interface SeededRandom {
	seed: number;
	/** From 0 up to 1. */
	next(): number;
	/** A whole number from `from` to `to`, both included. */
	between(from: number, to: number): number;
}

/** Mulberry32: 32 bits of state, the same numbers for the same seed everywhere. */
export function seededRandom(seed: number): SeededRandom {
	let state = seed >>> 0;
	function next(): number {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}
	return { seed, next, between: (from, to) => from + Math.floor(next() * (to - from + 1)) };
}
