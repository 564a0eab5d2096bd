/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { activity } from '../../../nodes/Opentaps/actions/activity';
import { tag } from '../../../nodes/Opentaps/actions/tag';
import { task } from '../../../nodes/Opentaps/actions/task';
import { user } from '../../../nodes/Opentaps/actions/user';
import rows from './sheet.json';

interface Row {
	/** What CRM2 offers, by the number of its row. */
	row: string;
	/** What does it here; `null` for what nothing does, and `why`. */
	operation: string | null;
	why?: string;
	/** The file below `test`, and the title of the test in it; `null` only for what nothing does. */
	test: string[] | null;
}

const sheet = rows as Row[];
const ROWS = 23;

const offered = Object.entries({ activity, tag, task, user }).flatMap(
	([resource, { operations }]) => Object.keys(operations).map((name) => `${resource}:${name}`),
);

describe('the table of what CRM2 offers', () => {
	it.each(sheet)('$row', ({ operation, why, test }) => {
		if (operation === null) expect(why).toBeTruthy();
		else expect(offered).toContain(operation);
		if (test === null) return expect(operation).toBeNull();
		const [file, title] = test;
		const path = join(__dirname, '../..', file);
		expect(existsSync(path)).toBe(true);
		const source = readFileSync(path, 'utf8').replace(/\s+/g, ' ');
		expect(source).toContain(`'${title}'`);
	});

	it('names every row, every operation, and nothing twice', () => {
		const numbers = new Set(sheet.map(({ row }) => Number.parseInt(row, 10)));
		expect([...numbers]).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));
		const named = new Set(sheet.map(({ operation }) => operation).filter(Boolean));
		expect([...named].sort()).toEqual([...offered].sort());
		expect(new Set(sheet.map(({ row }) => row)).size).toBe(sheet.length);
	});
});
