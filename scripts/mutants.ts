/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- dev-only, never shipped */
/** Breaks one guarded line after another, in a copy of the tree, and tells whether the tests that belong to it notice. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { exportedFunctions, functionsAt } from './mutants/exportedFunctions';
import { MUTANTS } from './mutants/index';
import type { Mutant } from './mutants/mutant';
import { copyTree, type TreeCopy } from './mutants/treeCopy';

const ROOT = resolve(__dirname, '..');
const ROOMS = ['http', 'items', 'gate', 'trigger'].map((room) => `nodes/shared/${room}`);
const WANTED = 0.95;

const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** @throws Error that names every mutant whose text does not stand in its file exactly once, or whose tests are gone */
function refuseOutdated(mutants: Mutant[]): void {
	const outdated = mutants.flatMap(({ file, find, tests }) => {
		const times = existsSync(join(ROOT, file)) ? textOf(file).split(find).length - 1 : 0;
		const gone = tests.filter((test) => !existsSync(join(ROOT, test)));
		return [
			...(times === 1 ? [] : [`${file} has ${times} times, and not once: ${find}`]),
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
		const broken = ofFile.flatMap((mutant) => functionsAt(text, placeOf(mutant)));
		return exportedFunctions(text)
			.filter((name) => !broken.includes(name))
			.map((name) => `${file}: ${name}`);
	});
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 70);

function titleOf(mutant: Mutant): string {
	const line = textOf(mutant.file).slice(0, placeOf(mutant)).split('\n').length;
	return `${mutant.file}:${line}  ${oneLine(mutant.find)}  →  ${oneLine(mutant.replace)}`;
}

async function isCaught(copy: TreeCopy, mutant: Mutant): Promise<boolean> {
	const { file, find, replace, tests } = mutant;
	const text = textOf(file);
	try {
		copy.write(
			file,
			text.replace(find, () => replace),
		);
		return !(await copy.pass(tests));
	} finally {
		copy.write(file, text);
	}
}

/** @returns the mutants that no test has noticed */
async function runAll(mutants: Mutant[], copies: TreeCopy[]): Promise<Mutant[]> {
	if (mutants.length === 0) return [];
	const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests))];
	console.log(`${tests.length} test files without a mutant`);
	if (!(await copies[0].pass(tests, copies.length))) {
		throw new Error('A test fails although nothing is broken');
	}
	const survivors: Mutant[] = [];
	let next = 0;
	const work = async (copy: TreeCopy) => {
		while (next < mutants.length) {
			const number = ++next;
			const mutant = mutants[number - 1];
			const caught = await isCaught(copy, mutant);
			if (!caught) survivors.push(mutant);
			const word = caught ? 'caught  ' : 'SURVIVED';
			console.log(`${number}/${mutants.length}  ${word}  ${titleOf(mutant)}`);
		}
	};
	await Promise.all(copies.map(work));
	return survivors;
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { workers: { type: 'string', default: '1' } },
		allowPositionals: true,
	});
	const chosen = ({ file, find }: Mutant) =>
		positionals.length === 0 || positionals.some((part) => `${file} ${find}`.includes(part));
	const mutants = MUTANTS.filter(chosen);
	refuseOutdated(MUTANTS);
	const missing = unbroken(MUTANTS);
	const copies = Array.from({ length: values.workers === '1' ? 1 : 2 }, copyTree);
	const remove = () => copies.forEach((copy) => copy.remove());
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			remove();
			process.exit(1);
		});
	}
	try {
		const survivors = await runAll(mutants, copies);
		for (const one of survivors) {
			console.log(`\nSURVIVED  ${titleOf(one)}\n          ${one.why ?? 'no reason is known'}`);
		}
		for (const name of missing) console.log(`\nNothing breaks ${name}`);
		const caught = mutants.length - survivors.length;
		console.log(`\n${caught} caught, ${survivors.length} survived of ${mutants.length}`);
		process.exitCode = caught >= WANTED * mutants.length && missing.length === 0 ? 0 : 1;
	} finally {
		remove();
	}
}

main().catch((error: unknown) => {
	console.error((error as Error).message);
	process.exitCode = 1;
});
