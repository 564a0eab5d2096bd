/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { task } from '../../../nodes/Affinitext/actions/task';
import rows from './sheet.json';

interface Row {
	/** What Affinitext offers, or what to beware of. */
	row: string;
	/** What does it here; `null` for what no operation does, and `why`. */
	operation: string | null;
	why?: string;
	/** The file, and the title of the test in it. */
	test: string[];
}

const sheet = rows as Row[];
const offered = Object.keys(task.operations).map((name) => `task:${name}`);

describe('the table of what Affinitext offers', () => {
	it.each(sheet)('$row', ({ operation, why, test: [file, title] }) => {
		if (operation === null) expect(why).toBeTruthy();
		else expect(offered).toContain(operation);
		const source = readFileSync(join(__dirname, file), 'utf8').replace(/\s+/g, ' ');
		expect(source).toContain(`'${title}'`);
	});

	it('names every operation, and nothing twice', () => {
		const named = new Set(sheet.flatMap(({ operation }) => operation ?? []));
		expect([...named].sort()).toEqual([...offered].sort());
		expect(new Set(sheet.map(({ row }) => row)).size).toBe(sheet.length);
	});
});
