import { createHash } from 'node:crypto';

/** A place among equals that differs from list to list, in a repeatable way: `turn` counts the lists. */
export const placeOf = (turn: number, id: string): string =>
	createHash('sha256').update(`${turn}${id}`).digest('hex');

/** The same rows in another order at each turn. */
export const anyOrder = <T>(rows: T[], turn: number, idOf: (row: T) => string): T[] =>
	rows
		.map((row) => ({ row, place: placeOf(turn, idOf(row)) }))
		.sort((a, b) => (a.place < b.place ? -1 : 1))
		.map(({ row }) => row);
