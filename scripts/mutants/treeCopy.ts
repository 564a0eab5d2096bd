/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** A copy of the repository to break things in: the tree itself is never touched. */
import { spawn, type ChildProcess } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';

import ts from 'typescript';

const ROOT = resolve(__dirname, '../..');
const JEST = require.resolve('jest/bin/jest');
const LEFT_OUT = /^(node_modules|dist|coverage|pictures|\.git)$/;
const PROJECTS = ['unit', 'tools', 'badInputs'];
/** A mutant may make a test file wait for ever. */
const TIMEOUT = 3 * 60_000;

/** `broken`: the file never came to its tests, so nothing is known of them. */
export type Verdict = 'passed' | 'failed' | 'timedOut' | 'broken';

export interface TreeCopy {
	/** Writes a source file, and what is built from it. @throws Error when it cannot be parsed */
	write(file: string, text: string): void;
	/** Runs a test file. */
	run(test: string): Promise<Verdict>;
	/** Ends what runs in it and deletes it. */
	remove(): void;
}

/** What is built from a source file. @throws Error when it cannot be parsed */
export function transpiled(file: string, text: string): string {
	const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile) as {
		config: { compilerOptions: object };
	};
	const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
	const { outputText, diagnostics = [] } = ts.transpileModule(text, {
		compilerOptions: { ...options, rootDir: undefined, declaration: false, sourceMap: false },
		reportDiagnostics: true,
	});
	if (diagnostics.length === 0) return outputText;
	throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, ' ')}`);
}

/** Only a failed test tells something: a file that cannot be loaded would fail for any reason. */
function verdictOf(report: string): Verdict {
	const { numFailedTests, numPassedTests, success } = JSON.parse(report) as {
		numFailedTests: number;
		numPassedTests: number;
		success: boolean;
	};
	if (numFailedTests > 0) return 'failed';
	return success && numPassedTests > 0 ? 'passed' : 'broken';
}

export function copyTree(): TreeCopy {
	const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
	for (const name of readdirSync(ROOT)) {
		if (!LEFT_OUT.test(name)) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
	}
	symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));

	function build(file: string, text: string | Buffer): void {
		const target = join(copy, 'dist', file.replace(/\.ts$/, '.js'));
		mkdirSync(dirname(target), { recursive: true });
		writeFileSync(target, extname(file) === '.ts' ? transpiled(file, String(text)) : text);
	}
	for (const folder of ['nodes', 'credentials']) {
		for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
			const file = join(folder, name);
			if (/\.(ts|svg|json)$/.test(file)) build(file, readFileSync(join(ROOT, file)));
		}
	}

	let running: ChildProcess | undefined;
	return {
		write(file, text) {
			build(file, text);
			writeFileSync(join(copy, file), text);
		},
		async run(test) {
			const report = join(copy, 'report.json');
			rmSync(report, { force: true });
			const flags = ['--ci', '--silent', '--forceExit', '--runInBand', '--json'];
			const files = ['--outputFile', report, '--cacheDirectory', join(copy, '.jest')];
			const projects = ['--selectProjects', ...PROJECTS];
			const jest = [JEST, ...flags, ...files, ...projects, '--runTestsByPath', test];
			const ended = spawn(process.execPath, jest, {
				...{ cwd: copy, stdio: 'ignore', timeout: TIMEOUT, killSignal: 'SIGKILL' },
			});
			running = ended;
			const signal = await new Promise((done) => ended.once('close', (_code, by) => done(by)));
			if (signal !== null) return 'timedOut';
			return existsSync(report) ? verdictOf(readFileSync(report, 'utf8')) : 'broken';
		},
		remove() {
			running?.kill('SIGKILL');
			rmSync(copy, { recursive: true, force: true, maxRetries: 3 });
		},
	};
}
