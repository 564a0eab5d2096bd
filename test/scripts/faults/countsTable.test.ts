/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	COUNTS_FILE,
	countsTable,
	readRows,
	recordRow,
	type CountedRow,
} from '../../../scripts/faults/countsTable';

const ZERO = { crashed: 0, hanging: 0, lost: 0, twice: 0, wrong: 0, opened: 0 };
const ROWS: CountedRow[] = [
	{ row: 'waits', counts: { ...ZERO, decided: 240, right: 239, lost: 1 }, notes: { seed: 7 } },
	{ row: 'a trigger' },
];

it('brings rows from one process to another by a file', () => {
	const folder = mkdtempSync(join(tmpdir(), 'counts-test-'));
	const file = join(folder, 'counts.jsonl');
	const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
	const before = process.env[COUNTS_FILE];
	try {
		expect(readRows(file)).toEqual([]);
		process.env[COUNTS_FILE] = file;
		ROWS.forEach(recordRow);
		expect(readRows(file)).toEqual(ROWS);
		const [[line]] = said.mock.calls;
		expect(line).toContain('waits: decided 240, right 239, crashed 0, hanging 0, lost 1');
		expect(line).toContain('seed 7');
	} finally {
		process.env[COUNTS_FILE] = before ?? '';
		said.mockRestore();
		rmSync(folder, { recursive: true });
	}
});

it('prints a line for each row, also for one that did not get to its end', () => {
	expect(countsTable(ROWS).split('\n')).toEqual([
		'row        decided  right  crashed  hanging  lost  twice  wrong  opened',
		'waits          240    239        0        0     1      0      0       0',
		'a trigger        ?      ?        ?        ?     ?      ?      ?       ?',
		'  waits: seed 7',
	]);
});
