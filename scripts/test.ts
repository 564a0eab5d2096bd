/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- dev-only, never shipped */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
const JEST = require.resolve('jest/bin/jest');

/** e2e files mostly wait for n8n: more of them at once than there are cores. */
const PROJECTS = [
	{ name: 'unit', workers: 2 },
	{ name: 'tools', workers: 2 },
	{ name: 'badInputs', workers: 2 },
	{ name: 'e2e', workers: 3 },
];

interface Counts {
	passed: number;
	failed: number;
	skipped: number;
}

function jest(project: string, workers: number, more: string[]): Counts {
	const folder = mkdtempSync(join(tmpdir(), 'jest-'));
	const report = join(folder, 'report.json');
	const flags = ['--selectProjects', project, '--maxWorkers', String(workers), '--ci'];
	const { status } = spawnSync(
		process.execPath,
		[JEST, ...flags, '--json', '--outputFile', report, ...more],
		{ cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
	);
	try {
		const result = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
		const broken = Math.max(result.numRuntimeErrorTestSuites, status === 0 ? 0 : 1);
		return {
			passed: result.numPassedTests,
			failed: result.numFailedTests || broken,
			skipped: result.numPendingTests + result.numTodoTests,
		};
	} catch {
		return { passed: 0, failed: 1, skipped: 0 };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function main(): void {
	const [only, ...more] = process.argv.slice(2);
	const build = spawnSync('npm', ['run', 'build'], { cwd: ROOT, stdio: 'inherit' });
	const total: Counts = { passed: 0, failed: build.status === 0 ? 0 : 1, skipped: 0 };
	for (const { name, workers } of PROJECTS) {
		if (build.status !== 0) break;
		if (only !== undefined && only !== name) continue;
		console.log(`\n${name} tests`);
		const counts = jest(name, workers, more);
		total.passed += counts.passed;
		total.failed += counts.failed;
		total.skipped += counts.skipped;
	}
	if (total.skipped > 0) console.log(`\n${total.skipped} skipped: a skipped test counts as failed`);
	process.exitCode = total.failed + total.skipped === 0 && total.passed > 0 ? 0 : 1;
	console.log(`\n${total.passed} passed, ${total.failed + total.skipped} failed`);
}

main();
