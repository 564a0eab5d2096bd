/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- dev-only, never shipped */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { packChecked } from './pack';

const ROOT = resolve(__dirname, '..');
const SCANNER = require.resolve('@n8n/scan-community-package/scanner/scanner.mjs');
/** As the scanner lints a tarball; not exported. */
const DIST_FILE_PATTERNS = ['**/*.js', 'package.json'];

interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage(
		folder: string,
		patterns: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}

interface LintResult {
	filePath: string;
	messages: Array<{ message: string }>;
}

interface EslintModule {
	ESLint: { prototype: { lintFiles(files: string[]): Promise<LintResult[]> } };
}

const wasRead = ({ messages }: LintResult) =>
	!messages.some(({ message }) => message.startsWith('File ignored'));

/** Runs one leg of the scan n8n makes of a published package. @returns whether it saw files and found nothing. */
async function scanLeg(
	scanner: Scanner,
	name: string,
	folder: string,
	patterns: string[],
): Promise<boolean> {
	const { ESLint } = createRequire(SCANNER)('eslint') as EslintModule;
	const { lintFiles } = ESLint.prototype;
	const seen: string[] = [];
	// the scanner says nothing of what it read, and passes a folder in which it finds nothing
	ESLint.prototype.lintFiles = async function (files) {
		const results = await lintFiles.call(this, files);
		seen.push(...results.filter(wasRead).map(({ filePath }) => relative(folder, filePath)));
		return results;
	};
	const { passed, message, details } = await scanner.analyzePackage(folder, patterns);
	ESLint.prototype.lintFiles = lintFiles;

	console.log(`${name}: ${seen.length} files seen, ${passed ? 'nothing found' : message}`);
	for (const file of seen.sort()) console.log(`  ${file}`);
	if (details) console.log(details);
	return passed && seen.length > 0;
}

/** The packed package, unpacked in a new temporary folder. */
async function unpacked(): Promise<string> {
	const tarball = await packChecked(ROOT);
	const folder = mkdtempSync(join(tmpdir(), 'scan-'));
	execFileSync('tar', ['-xzf', tarball, '-C', folder]);
	rmSync(dirname(tarball), { recursive: true, force: true });
	return folder;
}

/** Both legs: the sources of this repository and what its tarball holds; or the folders given by hand. */
async function main(): Promise<void> {
	const options = { source: { type: 'string' }, dist: { type: 'string' } } as const;
	const { values } = parseArgs({ options });
	const scanner = (await import(pathToFileURL(SCANNER).href)) as Scanner;
	const made = values.dist === undefined ? await unpacked() : undefined;
	const dist = values.dist ?? join(made!, 'package');
	const legs: Array<[string, string, string[]]> = [
		['Source', resolve(values.source ?? ROOT), scanner.SOURCE_FILE_PATTERNS],
		['Tarball', resolve(dist), DIST_FILE_PATTERNS],
	];
	const failed: string[] = [];
	for (const [name, folder, patterns] of legs) {
		if (!(await scanLeg(scanner, name, folder, patterns))) failed.push(name);
	}
	if (made) rmSync(made, { recursive: true, force: true });
	console.log(failed.length === 0 ? 'Scan passed' : `Scan failed: ${failed.join(', ')}`);
	process.exitCode = failed.length === 0 ? 0 : 1;
}

void main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
