import {
	check,
	claimOfRule,
	claimsOfRow,
	promisesIn,
	rulesIn,
	type Report,
	type Row,
} from '../../scripts/register';
import { exists, textOf } from '../packageSources';

const FILE = 'test/nodes/Acme/operations.test.ts';

/** What Jest says of one file, with a status for each title; `describe > test` for a test inside another title. */
const report = (titles: Record<string, string>, file = FILE): Report => ({
	testResults: [
		{
			name: `/root/${file}`,
			assertionResults: Object.entries(titles).map(([whole, status]) => {
				const parts = whole.split(' > ');
				return { ancestorTitles: parts.slice(0, -1), title: parts[parts.length - 1], status };
			}),
		},
	],
});

const rule = (number: string, titles: Record<string, string>, areAll = true) =>
	check([claimOfRule(number)], [report(titles)], '/root', areAll);

const row = (title: string, more: Partial<Row> = {}) =>
	claimsOfRow('Acme', {
		...{ row: 'list', operation: 'task:getAll' },
		...{ test: ['nodes/Acme/operations.test.ts', title], ...more },
	});

const TICKED = { ticked: 1, missing: [], unchecked: [] };

it.each(['W1: x', 'W1, W3: x', 'T6, W1: x', 'T6 and W1: x', 'gate > W1: x', 'W1: gate > x'])(
	'a rule is ticked by a passed test called %s',
	(title) => expect(rule('W1', { [title]: 'passed' })).toEqual(TICKED),
);

it.each(['W11: x', 'about W1: x', 'W1 x', 'W3: x; W1: y'])('not by one called %s', (title) =>
	expect(rule('W1', { [title]: 'passed' }).missing).toEqual(['W1']),
);

it.each(['pending', 'failed', 'todo', 'skipped', 'disabled'])('nor by one that is %s', (status) => {
	expect(rule('W1', { 'W1: x': status }).missing).toEqual(['W1']);
	expect(check(row('x'), [report({ x: status })], '/root', true).missing).toEqual([
		'Acme, "list": nodes/Acme/operations.test.ts, "x"',
	]);
});

it('a title that only stands in the source ticks nothing', () => {
	expect(textOf('test/scripts/register.test.ts')).toContain("'W1: x'");
	const own = 'scripts/register.test.ts';
	const claims = [claimOfRule('W1'), ...row('W1: x', { test: [own, 'W1: x'] })];
	const { missing } = check(claims, [report({ other: 'passed' }, `test/${own}`)], '/root', true);
	expect(missing).toEqual(['W1', `Acme, "list": ${own}, "W1: x"`]);
});

it.each([
	['%s pages are read (100%)', 'two pages are read (100%)'],
	['$operation gives $task.id', 'getAll gives 7'],
	['case %#: %j', 'case 0: {"a":\n1}'],
	['plain', 'plain'],
])('a row of %j is ticked by the test %j', (title, ran) => {
	expect(check(row(title), [report({ [ran]: 'passed' })], '/root', true)).toEqual(TICKED);
	const others = { [`${ran} and more`]: 'passed', unlike: 'passed' };
	const longer = check(row(`${title}!`), [report(others)], '/root', true);
	expect(longer.ticked).toBe(0);
});

it('a row is ticked in its own file only, and by the client as well where it names one', () => {
	const elsewhere = [report({ x: 'passed' }, 'test/nodes/Other/operations.test.ts')];
	expect(check(row('x'), elsewhere, '/root', true).ticked).toBe(0);
	const both = row('x', { client: ['sandbox/acme.test.ts', 'y'] });
	const { missing } = check(both, [report({ x: 'passed', y: 'passed' })], '/root', true);
	expect(missing).toEqual(['Acme, "list": sandbox/acme.test.ts, "y"']);
	expect(row('x', { test: null })).toEqual([]);
});

it('what tests that did not run may show is left unchecked', () => {
	expect(rule('W1', { x: 'passed' }, false)).toMatchObject({
		missing: [],
		unchecked: [{ name: 'W1' }],
	});
	const claims = [...row('gone'), ...row('y', { test: ['e2e/acme.e2e.test.ts', 'y'] })];
	const { missing, unchecked } = check(claims, [report({ x: 'passed' })], '/root', false);
	expect(missing).toEqual(['Acme, "list": nodes/Acme/operations.test.ts, "gone"']);
	expect(unchecked).toMatchObject([{ file: 'test/e2e/acme.e2e.test.ts' }]);
});

it('reads the rules from docs/gate-rules.md, which numbers them without a gap', () => {
	const rules = rulesIn(textOf('docs/gate-rules.md')).filter((one) => !one.startsWith('F'));
	const numbered = ['W', 'L', 'T', 'E'].flatMap((letter) => {
		const count = rules.filter((one) => one.startsWith(letter)).length;
		expect(count).toBeGreaterThan(0);
		return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
	});
	expect(rules).toEqual(numbered);
});

it('of the rules F it reads those that say what keeps them', () => {
	const text = '- **F1** One.\n  _Kept: `x`._\n- **F2** Two.\n  _Not yet._\n- **F3** _Kept: `y`._';
	expect(rulesIn(text)).toEqual(['F1', 'F3']);
	expect(rulesIn(textOf('docs/gate-rules.md'))).toEqual(
		expect.arrayContaining(['F1', 'F10', 'F16']),
	);
});

it('the files that docs/gate-rules.md names are there', () => {
	const named = textOf('docs/gate-rules.md').match(/test\/[\w/.]+\.test\.ts/g) ?? [];
	expect(named.length).toBeGreaterThan(10);
	expect(named.filter((file) => !exists(file))).toEqual([]);
});

const promise = (...tests: string[]) =>
	promisesIn(['## Promises', '', '- Never', ...tests.map((one) => `  - ${one}`), ''].join('\n'));

it('a promise of the README claims each test it names', () => {
	const claims = promise('`test/nodes/a.test.ts`: x, y', '`test/faults/b.faults.test.ts`: "z" %s');
	expect(claims.map(({ file }) => file)).toEqual([
		'test/nodes/a.test.ts',
		'test/faults/b.faults.test.ts',
	]);
	const reports = [
		report({ 'x, y': 'passed' }, 'test/nodes/a.test.ts'),
		report({ '"z" 3': 'passed' }, 'test/faults/b.faults.test.ts'),
	];
	expect(check(claims, reports, '/root', true).ticked).toBe(2);
	expect(check(claims, reports.slice(0, 1), '/root', true).missing).toEqual([
		'Promise "Never": faults/b.faults.test.ts, ""z" %s"',
	]);
});

it('a promise that names no test is an error', () =>
	expect(() => promise('`test/nodes/a.test.ts`')).toThrow('Promise "Never" names no test'));

it('each promise of the README names a test', () => {
	const readme = textOf('README.md');
	const [, made] = /^## What it promises$([^]+?)^## /m.exec(readme) ?? [];
	const promises = made.match(/^- .+$/gm) ?? [];
	const named = new Set(promisesIn(readme).map(({ name }) => /^Promise "(.+?)":/.exec(name)?.[1]));
	expect(promises.map((line) => line.slice(2))).toEqual([...named]);
	expect(promises.length).toBeGreaterThan(10);
});
