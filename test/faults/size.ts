/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { seededRandom, type SeededRandom } from '../../scripts/faults/seededRandom';

/** `FAULTS=long`: as many as it takes to see what is rare; otherwise as many as CI has time for. */
export const IS_LONG = process.env.FAULTS === 'long';
export const size = (short: number, long: number) => (IS_LONG ? long : short);

/** `FAULTS_SEED=<the seed a row has printed>` has its moments again. */
export const openRandom = () =>
	seededRandom(Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 2 ** 31)));

/** The same in any order. */
export const shuffled = <T>(list: T[], random: SeededRandom): T[] =>
	list
		.map((one) => ({ one, order: random.next() }))
		.sort((a, b) => a.order - b.order)
		.map(({ one }) => one);
