/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { relative } from 'node:path';

/** What is read of the report that `jest --json` writes about a project. */
export interface Report {
	testResults: Array<{
		name: string;
		assertionResults: Array<{ ancestorTitles: string[]; title: string; status: string }>;
	}>;
}

/** A row of a `sheet.json`: something a vendor offers, and what shows that it works here. */
export interface Row {
	/** What the vendor offers, or what to beware of. */
	row: string;
	/** `resource:operation` of the action node; `null` for what none does, and `why`. */
	operation: string | null;
	why?: string;
	/** A file below `test`, and the title of a test in it; `null` only for what no operation does. */
	test: [file: string, title: string] | null;
	/** The same for the stand-in, as a client that knows nothing of the node sees it. */
	client?: [file: string, title: string];
}

/** Something that a test has to show. */
export interface Claim {
	name: string;
	/** From the root; without it, a test in any file. */
	file?: string;
	/** Fits the title of the test, or of a `describe` around it. */
	title: RegExp;
}

/** The numbers of the rules in docs/gate-rules.md that tests have to be named after; of F those that are kept already. */
export const rulesIn = (text: string): string[] =>
	[...text.matchAll(/^- \*\*([WTEFL]\d+)\*\* ([^]*?)(?=^- \*\*|^#|(?![^]))/gm)]
		.filter(([, rule, words]) => !rule.startsWith('F') || words.includes('_Kept'))
		.map(([, rule]) => rule);

/** A rule claims a test called `W1: …`, `W1, W3: …` or `T6 and W1: …`. */
export function claimOfRule(rule: string): Claim {
	const others = '[A-Z]\\d+(?:, | and )';
	const title = new RegExp(`^(?:${others})*${rule}(?:(?:, | and )[A-Z]\\d+)*: `);
	return { name: rule, title };
}

/** What `it.each` puts a value in place of. */
const PLACEHOLDER = /%[psdifjoO#]|\$(?:#|[A-Za-z_][\w.]*)/;

/** The test of that title, as it is written. @param file below `test` */
function claimOfTest(name: string, file: string, title: string): Claim {
	const fixed = title.split(PLACEHOLDER).map((part) => part.replace(/\W/g, '\\$&'));
	return {
		name: `${name}: ${file}, "${title}"`,
		file: `test/${file}`,
		title: new RegExp(`^${fixed.join('.*')}$`, 's'),
	};
}

/** A row claims the tests it names, those of `it.each` by the title they are written with. */
export const claimsOfRow = (vendor: string, { row, test, client }: Row): Claim[] =>
	[test, client].flatMap((named) =>
		named ? [claimOfTest(`${vendor}, "${row}"`, named[0], named[1])] : [],
	);

/** A promise claims the tests in the list below it, each of which is written `- \`test/file.test.ts\`: its title`. */
export function promisesIn(text: string): Claim[] {
	return [...text.matchAll(/^- (.+)\n((?: {2}- `test\/.+\n)+)/gm)].flatMap(([, promise, tests]) =>
		tests
			.trim()
			.split('\n')
			.map((named) => {
				const [, file, title] = /`test\/(.+?)`: (.+)$/.exec(named) ?? [];
				if (!title) throw new Error(`Promise "${promise}" names no test: ${named.trim()}`);
				return claimOfTest(`Promise "${promise}"`, file, title);
			}),
	);
}

/**
 * Ticks each claim for which a test ran and passed.
 * @param reports of the projects that ran whole
 * @param areAll whether those are all projects there are: otherwise what an unread file may show is left `unchecked`
 */
export function check(claims: Claim[], reports: Report[], root: string, areAll: boolean) {
	const tests = reports.flatMap(({ testResults }) =>
		testResults.flatMap(({ name, assertionResults }) =>
			assertionResults.map((test) => ({ ...test, file: relative(root, name) })),
		),
	);
	const ran = new Set(tests.map(({ file }) => file));
	const isShown = ({ file, title }: Claim) =>
		tests.some(
			(test) =>
				test.status === 'passed' &&
				(file === undefined || file === test.file) &&
				[...test.ancestorTitles, test.title].some((one) => title.test(one)),
		);
	const open = claims.filter((claim) => !isShown(claim));
	const isDue = ({ file }: Claim) => areAll || (file !== undefined && ran.has(file));
	return {
		ticked: claims.length - open.length,
		missing: open.filter(isDue).map(({ name }) => name),
		unchecked: open.filter((claim) => !isDue(claim)),
	};
}
