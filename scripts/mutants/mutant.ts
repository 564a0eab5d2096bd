/** One guarded line, broken. */
export interface Mutant {
	/** From the repository's root. */
	file: string;
	/** The text that is broken, as it stands in the file: exactly once, or the table is out of date. */
	find: string;
	replace: string;
	/** The tests that belong to it, from the repository's root; none of them needs a real n8n. */
	tests: string[];
	/** Why it may survive. */
	why?: string;
}

/** What is broken: the text, what stands there instead, and why that may survive. */
type Broken = [find: string, replace: string, why?: string];

/** Mutants of one file that the same tests belong to. Both are named without what all of them share. */
export const breaking = (file: string, tests: string[], broken: Broken[]): Mutant[] =>
	broken.map(([find, replace, why]) => ({
		file: `nodes/${file}.ts`,
		find,
		replace,
		tests: tests.map((name) => `test/nodes/${name}.test.ts`),
		...(why !== undefined && { why }),
	}));
