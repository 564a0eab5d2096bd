/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- dev-only, never shipped */
/** Breaks one guarded line after another, in a copy of the tree, and tells whether the tests that belong to it notice. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { exportedFunctions, functionsAt } from './mutants/exportedFunctions';
import { MUTANTS } from './mutants/index';
import type { Mutant } from './mutants/mutant';
import { copyTree, transpiled, type TreeCopy, type Verdict } from './mutants/treeCopy';

const ROOT = resolve(__dirname, '..');
const ROOMS = ['http', 'items', 'gate', 'trigger'].map((room) => `nodes/shared/${room}`);
const WANTED = 0.95;
/** What the verdict of its tests says of a mutant. One that ends in a time-out or a file that cannot be loaded is not caught. */
const WORDS: Record<Verdict, string> = {
	failed: 'caught   ',
	passed: 'SURVIVED ',
	timedOut: 'TIMED OUT',
	broken: 'BROKEN   ',
};

const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const broken = ({ file, find, replace }: Mutant) => textOf(file).replace(find, () => replace);

function whyNotParsed(mutant: Mutant): string[] {
	try {
		transpiled(mutant.file, broken(mutant));
		return [];
	} catch (error) {
		return [`${(error as Error).message} Broken by: ${mutant.replace}`];
	}
}

/** @throws Error that names every mutant whose text does not stand in its file exactly once or breaks its syntax, or whose tests are gone */
function refuseOutdated(mutants: Mutant[]): void {
	const outdated = mutants.flatMap((mutant) => {
		const { file, find, tests } = mutant;
		const times = existsSync(join(ROOT, file)) ? textOf(file).split(find).length - 1 : 0;
		const gone = tests.filter((test) => !existsSync(join(ROOT, test)));
		return [
			...(times === 1
				? whyNotParsed(mutant)
				: [`${file} has ${times} times, and not once: ${find}`]),
			...gone.map((test) => `${file} belongs to a test that is gone: ${test}`),
		];
	});
	if (outdated.length > 0) throw new Error(outdated.join('\n'));
}

const placeOf = ({ file, find }: Mutant) => textOf(file).indexOf(find);

/** Exported functions of the shared rooms that nothing breaks. */
function unbroken(mutants: Mutant[]): string[] {
	const files = ROOMS.flatMap((room) =>
		readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => `${room}/${name}`),
	);
	return files.flatMap((file) => {
		const text = textOf(file);
		const ofFile = mutants.filter((mutant) => mutant.file === file);
		const guarded = ofFile.flatMap((mutant) => functionsAt(text, placeOf(mutant)));
		return exportedFunctions(text)
			.filter((name) => !guarded.includes(name))
			.map((name) => `${file}: ${name}`);
	});
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 70);

function titleOf(mutant: Mutant): string {
	const line = textOf(mutant.file).slice(0, placeOf(mutant)).split('\n').length;
	return `${mutant.file}:${line}  ${oneLine(mutant.find)}  →  ${oneLine(mutant.replace)}`;
}

/** Runs the tests of a mutant, the fastest first, until one of them does not pass. */
async function verdictOn(copy: TreeCopy, mutant: Mutant, tests: string[]): Promise<Verdict> {
	const { file } = mutant;
	const text = textOf(file);
	try {
		copy.write(file, broken(mutant));
		for (const test of tests) {
			const verdict = await copy.run(test);
			if (verdict !== 'passed') return verdict;
		}
		return 'passed';
	} finally {
		copy.write(file, text);
	}
}

/** Calls `work` for each entry, as many at once as there are copies. */
async function inCopies<T>(
	entries: T[],
	copies: TreeCopy[],
	work: (entry: T, copy: TreeCopy) => Promise<void>,
): Promise<void> {
	const left = [...entries];
	await Promise.all(
		copies.map(async (copy) => {
			for (let entry = left.shift(); entry !== undefined; entry = left.shift()) {
				await work(entry, copy);
			}
		}),
	);
}

/** @returns how long each test file takes. @throws Error when one fails although nothing is broken */
async function timeTests(tests: string[], copies: TreeCopy[]): Promise<Map<string, number>> {
	console.log(`${tests.length} test files without a mutant`);
	const times = new Map<string, number>();
	await inCopies(tests, copies, async (test, copy) => {
		const start = Date.now();
		const verdict = await copy.run(test);
		if (verdict !== 'passed') throw new Error(`Nothing is broken, but ${test}: ${verdict}`);
		times.set(test, Date.now() - start);
	});
	return times;
}

/** @returns the mutants that no failed test has noticed, with what came of their tests */
async function runAll(mutants: Mutant[], copies: TreeCopy[]): Promise<Array<[Mutant, Verdict]>> {
	const times = await timeTests([...new Set(mutants.flatMap(({ tests }) => tests))], copies);
	const timeOf = (test: string) => times.get(test) ?? 0;
	const left: Array<[Mutant, Verdict]> = [];
	let done = 0;
	await inCopies(mutants, copies, async (mutant, copy) => {
		const fastestFirst = [...mutant.tests].sort((a, b) => timeOf(a) - timeOf(b));
		const verdict = await verdictOn(copy, mutant, fastestFirst);
		if (verdict !== 'failed') left.push([mutant, verdict]);
		console.log(`${++done}/${mutants.length}  ${WORDS[verdict]}  ${titleOf(mutant)}`);
	});
	return left;
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { workers: { type: 'string', default: '1' } },
		allowPositionals: true,
	});
	const workers = Number(values.workers);
	if (!Number.isInteger(workers) || workers < 1) throw new Error('--workers is a number from 1 up');
	refuseOutdated(MUTANTS);
	const mutants = MUTANTS.filter(
		({ file, find }) =>
			positionals.length === 0 || positionals.some((part) => `${file} ${find}`.includes(part)),
	);
	if (mutants.length === 0) throw new Error(`No mutant of ${positionals.join(', ')}`);
	const missing = unbroken(MUTANTS);
	const copies = Array.from({ length: workers }, copyTree);
	const remove = () => copies.forEach((copy) => copy.remove());
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			remove();
			process.exit(1);
		});
	}
	try {
		const left = await runAll(mutants, copies);
		for (const [mutant, verdict] of left) {
			const why = mutant.why ?? 'no reason is known';
			console.log(`\n${WORDS[verdict]}  ${titleOf(mutant)}\n           ${why}`);
		}
		for (const name of missing) console.log(`\nNothing breaks ${name}`);
		const caught = mutants.length - left.length;
		console.log(`\n${caught} caught, ${left.length} not caught of ${mutants.length}`);
		process.exitCode = caught >= WANTED * mutants.length && missing.length === 0 ? 0 : 1;
	} finally {
		remove();
	}
}

main().catch((error: unknown) => {
	console.error((error as Error).message);
	process.exitCode = 1;
});
