/** @jest-environment ./test/engine/environment.ts */
import type { Row } from '../scripts/register';
import { operationsOf } from './operationsOf';
import { exists, filesIn, textOf } from './packageSources';

// whether the tests that the rows name ran and passed is asked by the register, in scripts/test.ts
describe.each(filesIn('test/nodes', /\/names\.json$/))('the sheet beside %s', (file) => {
	const sheet = JSON.parse(textOf(file.replace('names', 'sheet'))) as Row[];
	const { action } = JSON.parse(textOf(file)) as { action: string };

	it('names tests in files that exist, and says why where nothing does it', () => {
		for (const { row, operation, why, test, client } of sheet) {
			expect([row, operation ?? why]).toEqual([row, expect.stringMatching(/./)]);
			if (operation !== null) expect([row, test]).toEqual([row, expect.any(Array)]);
			for (const named of [test, client]) {
				if (named) expect([named[0], exists(`test/${named[0]}`)]).toEqual([named[0], true]);
			}
		}
	});

	it('names every operation there is and no other', async () => {
		const named = new Set(sheet.flatMap(({ operation }) => operation ?? []));
		expect([...named].sort()).toEqual(await operationsOf(action));
	});

	it('says nothing twice, and leaves out no number where its rows have numbers', () => {
		const said = sheet.map(({ row, operation }) => `${row} ${operation}`);
		expect(said).toEqual([...new Set(said)]);
		const numbers = new Set(sheet.flatMap(({ row }) => /^\d+/.exec(row) ?? []).map(Number));
		expect([...numbers]).toEqual(Array.from(numbers, (_, index) => index + 1));
	});
});
