/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- dev-only, never shipped */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { COUNTS_FILE, countsTable, readRows } from './faults/countsTable';
import {
	check,
	claimOfRule,
	claimsOfRow,
	promisesIn,
	rulesIn,
	type Report,
	type Row,
} from './register';

const ROOT = resolve(__dirname, '..');
const JEST = require.resolve('jest/bin/jest');

/** Many wait, for an answer or between tries: more files at once than there are cores. */
const PROJECTS = [
	{ name: 'unit', workers: 3 },
	{ name: 'tools', workers: 2 },
	{ name: 'badInputs', workers: 2 },
	{ name: 'e2e', workers: 3 },
];

/** Only when it is asked for, by its name or as part of all. */
const FAULTS = { name: 'faults', workers: 1 };
const ALL = 'all';

interface Summary extends Report {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	numRuntimeErrorTestSuites: number;
}

interface Counts {
	passed: number;
	failed: number;
	skipped: number;
	/** None when Jest broke off. */
	report?: Report;
}

function jest(project: string, workers: number, more: string[]): Counts {
	const folder = mkdtempSync(join(tmpdir(), 'jest-'));
	const report = join(folder, 'report.json');
	const counts = join(folder, 'counts.jsonl');
	const flags = ['--selectProjects', project, '--maxWorkers', String(workers), '--ci'];
	const { status } = spawnSync(
		process.execPath,
		[JEST, ...flags, '--json', '--outputFile', report, ...more],
		{
			cwd: ROOT,
			env: { ...process.env, [COUNTS_FILE]: counts },
			stdio: ['ignore', 'ignore', 'inherit'],
		},
	);
	const rows = readRows(counts);
	if (rows.length > 0) console.log(`\n${countsTable(rows)}`);
	try {
		const result = JSON.parse(readFileSync(report, 'utf8')) as Summary;
		const broken = Math.max(result.numRuntimeErrorTestSuites, status === 0 ? 0 : 1);
		return {
			passed: result.numPassedTests,
			failed: result.numFailedTests || broken,
			skipped: result.numPendingTests + result.numTodoTests,
			report: result,
		};
	} catch {
		return { passed: 0, failed: 1, skipped: 0 };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** What the rules, the README's promises and the vendors' sheets claim. */
function allClaims() {
	const rules = rulesIn(readFileSync(join(ROOT, 'docs/gate-rules.md'), 'utf8'));
	const promises = promisesIn(readFileSync(join(ROOT, 'README.md'), 'utf8'));
	const vendors = readdirSync(join(ROOT, 'test/nodes')).map((vendor) => ({
		vendor,
		sheet: join(ROOT, 'test/nodes', vendor, 'sheet.json'),
	}));
	const rows = vendors
		.filter(({ sheet }) => existsSync(sheet))
		.flatMap(({ vendor, sheet }) =>
			(JSON.parse(readFileSync(sheet, 'utf8')) as Row[]).flatMap((row) => claimsOfRow(vendor, row)),
		);
	return [...rules.map(claimOfRule), ...promises, ...rows];
}

/** Says which rules, promises and rows no test has shown; gives how many those are. */
function checkRegister(reports: Report[]): number {
	const claims = allClaims();
	const faults = claims.filter(({ file }) => file?.startsWith('test/faults/'));
	const areAll = reports.length > PROJECTS.length;
	const arePlain = reports.length === PROJECTS.length;
	const asked = arePlain ? claims.filter((claim) => !faults.includes(claim)) : claims;
	const { ticked, missing, unchecked } = check(asked, reports, ROOT, areAll || arePlain);
	if (arePlain) unchecked.push(...faults);
	console.log(`\nregister of rules, promises and sheets: ${ticked} shown by a test that passed`);
	for (const name of missing) console.log(`  no test that ran and passed: ${name}`);
	const left = [...new Set(unchecked.map(({ name, file }) => file ?? name))];
	if (left.length > 0) {
		console.log(`  ${unchecked.length} not checked, as not all tests ran: ${left.join(', ')}`);
	}
	return missing.length;
}

/** The projects that an argument names. */
function chosen(only: string | undefined) {
	const every = [...PROJECTS, FAULTS];
	if (only === undefined) return PROJECTS;
	return only === ALL ? every : every.filter(({ name }) => name === only);
}

function main(): void {
	const [only, ...more] = process.argv.slice(2);
	const build = spawnSync('npm', ['run', 'build'], { cwd: ROOT, stdio: 'inherit' });
	const total: Counts = { passed: 0, failed: build.status === 0 ? 0 : 1, skipped: 0 };
	const whole: Report[] = [];
	// a filter for files or names may have left out any test
	const isWhole = more.length === 0;
	for (const { name, workers } of build.status === 0 ? chosen(only) : []) {
		console.log(`\n${name} tests`);
		const counts = jest(name, workers, more);
		total.passed += counts.passed;
		total.failed += counts.failed;
		total.skipped += counts.skipped;
		if (counts.report) whole.push(counts.report);
	}
	if (isWhole) {
		if (total.skipped > 0) console.log(`\n${total.skipped} skipped: that counts as failed`);
		total.failed += total.skipped + checkRegister(whole);
	} else {
		console.log(`\n${total.skipped} not asked for, and what the rules claim is not checked`);
	}
	process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
	console.log(`\n${total.passed} passed, ${total.failed} failed`);
}

main();
