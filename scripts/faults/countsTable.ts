/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** The counts of the rows, from the processes that measure them to the one that prints them: a line of JSON each. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

import type { Counts } from './account';

const COLUMNS = [
	...(['decided', 'right', 'crashed', 'hanging', 'lost'] as const),
	...(['twice', 'wrong', 'opened'] as const),
];

export interface CountedRow {
	row: string;
	/** None when the row did not get to its end. */
	counts?: Pick<Counts, (typeof COLUMNS)[number]>;
	/** What else was seen. */
	notes?: Record<string, unknown>;
}

/** Says where the rows write to; without it they only print. */
export const COUNTS_FILE = 'FAULTS_COUNTS';

const words = (notes: object) =>
	Object.entries(notes)
		.map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
		.join('; ');

/** Prints a row at once, and keeps it for the table. */
export function recordRow(counted: CountedRow): void {
	const { row, counts, notes = {} } = counted;
	const shown = counts
		? COLUMNS.map((column) => `${column} ${counts[column]}`).join(', ')
		: 'did not get to its end';
	// jest keeps what goes to the console until a file has ended
	process.stderr.write(
		`${row}: ${shown}${Object.keys(notes).length > 0 ? `; ${words(notes)}` : ''}\n`,
	);
	const file = process.env[COUNTS_FILE];
	if (!file) return;
	const kept = counts && Object.fromEntries(COLUMNS.map((column) => [column, counts[column]]));
	appendFileSync(file, `${JSON.stringify({ row, counts: kept, notes: counted.notes })}\n`);
}

export const readRows = (file: string): CountedRow[] =>
	existsSync(file)
		? readFileSync(file, 'utf8')
				.split('\n')
				.filter(Boolean)
				.map((line) => JSON.parse(line) as CountedRow)
		: [];

/** The table as text, a line for each row, and what was noted below it. */
export function countsTable(rows: CountedRow[]): string {
	const width = Math.max(3, ...rows.map(({ row }) => row.length));
	const line = (name: string, cells: string[]) =>
		[name.padEnd(width), ...cells.map((cell, n) => cell.padStart(COLUMNS[n].length))].join('  ');
	const cells = ({ counts }: CountedRow) =>
		COLUMNS.map((column) => (counts ? String(counts[column]) : '?'));
	const noted = rows.filter(({ notes }) => notes && Object.keys(notes).length > 0);
	return [
		line('row', [...COLUMNS]),
		...rows.map((row) => line(row.row, cells(row))),
		...noted.map(({ row, notes = {} }) => `  ${row}: ${words(notes)}`),
	].join('\n');
}
