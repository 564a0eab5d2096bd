/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** A copy of the repository to break things in: the tree itself is never touched. */
import { spawn, type ChildProcess } from 'node:child_process';
import {
	cpSync,
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
/** For each test file: a mutant that makes its tests wait for ever is caught as well. */
const TIMEOUT = 2 * 60_000;

export interface TreeCopy {
	/** Writes a source file, and what is built from it. @throws Error when it cannot be parsed */
	write(file: string, text: string): void;
	/** Whether the tests pass. @param workers how many processes run them */
	pass(tests: string[], workers?: number): Promise<boolean>;
	/** Ends what runs in it and deletes it. */
	remove(): void;
}

function transpiled(file: string, text: string): string {
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
		async pass(tests, workers = 1) {
			const flags = ['--ci', '--bail', '--silent', '--forceExit', '--maxWorkers', String(workers)];
			const cache = ['--cacheDirectory', join(copy, '.jest')];
			const projects = ['--selectProjects', ...PROJECTS];
			const jest = [JEST, ...flags, ...cache, ...projects, '--runTestsByPath', ...tests];
			const timeout = TIMEOUT * tests.length;
			running = spawn(process.execPath, jest, { cwd: copy, stdio: 'ignore', timeout });
			const ended = running;
			return await new Promise((done) => ended.once('close', (code) => done(code === 0)));
		},
		remove() {
			running?.kill('SIGKILL');
			rmSync(copy, { recursive: true, force: true, maxRetries: 3 });
		},
	};
}
