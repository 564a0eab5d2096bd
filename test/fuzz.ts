/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */

const { FUZZ_SEED, FUZZ_RUNS } = process.env;

/**
 * How a property is tried: `fc.assert(property, FUZZ)`. What failed is had again with `FUZZ_SEED=<what was printed>`
 * before the command, and more or less is tried with `FUZZ_RUNS`.
 */
export const FUZZ = {
	seed: FUZZ_SEED ? Number(FUZZ_SEED) : Math.floor(Math.random() * 2 ** 31),
	numRuns: FUZZ_RUNS ? Number(FUZZ_RUNS) : 10_000,
};

if (!Number.isInteger(FUZZ.seed)) throw new Error(`FUZZ_SEED is not a whole number: ${FUZZ_SEED}`);

const file = String(expect.getState().testPath).replace(/^.*\/test\//, 'test/');
process.stderr.write(`FUZZ_SEED=${FUZZ.seed} ${file}\n`);
