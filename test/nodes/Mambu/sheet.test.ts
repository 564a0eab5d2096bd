/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { task } from '../../../nodes/Mambu/actions/task';
import rows from './sheet.json';

interface Row {
	/** What Mambu offers, as documented. */
	row: string;
	/** What does it here; `null` for what nothing does, and `why`. */
	operation: string | null;
	why?: string;
	/** The file below `test`, and the title of the test in it. */
	test: string[];
}

const sheet = rows as Row[];

/** `resource:operation` of the action node. */
const offered = Object.keys(task.operations).map((name) => `task:${name}`);

describe('the table of what Mambu offers', () => {
	it.each(sheet)('$row', ({ operation, why, test: [file, title] }) => {
		if (operation === null) expect(why).toBeTruthy();
		else expect(offered).toContain(operation);
		const path = join(__dirname, '../..', file);
		expect(existsSync(path)).toBe(true);
		// titles are split over lines where they are long
		const source = readFileSync(path, 'utf8').replace(/\s+/g, ' ');
		expect(source.includes(`'${title}'`) || source.includes(`['${title}'`)).toBe(true);
	});

	it('names every operation, and nothing twice', () => {
		const named = new Set(sheet.map(({ operation }) => operation).filter(Boolean));
		expect([...named].sort()).toEqual([...offered].sort());
		expect(new Set(sheet.map(({ row }) => row)).size).toBe(sheet.length);
	});
});
