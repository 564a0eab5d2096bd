/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CASES } from './cases';
import sheet from './sheet.json';

interface Row {
	/** A row of the API's operation table. */
	row: string;
	/** `null`: the node has none for it, and `why`. */
	operation: string | null;
	why?: string;
	/** Through the engine. */
	test: { file: string; name: string };
	/** The independent client's. */
	client: { file: string; name: string };
}

const rows = sheet as Row[];
const root = join(__dirname, '../../..');

describe('the table of Nutrient calls', () => {
	it.each(rows)('$row: $operation is there and tested', ({ operation, why, test, client }) => {
		const known = CASES.map((each) => each.operation);
		if (operation === null) expect(why).toBeTruthy();
		else expect(known).toContain(operation);
		for (const { file, name } of [test, client]) {
			expect(readFileSync(join(root, file), 'utf8')).toContain(`'${name}'`);
		}
	});

	it('has a row for every operation', () => {
		const covered = new Set(rows.map(({ operation }) => operation));
		expect(CASES.filter(({ operation }) => !covered.has(operation))).toEqual([]);
	});
});
