/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const FILES = ['package.json', 'nodes/shared/items/dates.ts'];
const PLANTED = '\nexport const later = () => setTimeout(() => {}, 1000);\n';
const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A small copy of this package, with one more line in one of its files. */
function copyWith(file?: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'scanned-'));
	folders.push(folder);
	for (const name of FILES) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		cpSync(join(ROOT, name), join(folder, name), { recursive: true });
	}
	if (file) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		const before = file.endsWith('.ts') ? readFileSync(join(folder, file), 'utf8') : '';
		writeFileSync(join(folder, file), before + PLANTED);
	}
	return folder;
}

async function scan(source: string, dist: string): Promise<{ code: number; output: string }> {
	const script = join(ROOT, 'scripts/scan.ts');
	const parameters = ['--import', 'tsx', script, '--source', source, '--dist', dist];
	return await new Promise((done) => {
		execFile(process.execPath, parameters, { cwd: ROOT }, (error, stdout, stderr) =>
			done({ code: Number(error?.code ?? 0), output: stdout + stderr }),
		);
	});
}

it('reports a setTimeout planted in a source or in the tarball, and a leg that saw nothing', async () => {
	const empty = mkdtempSync(join(tmpdir(), 'scanned-'));
	folders.push(empty);
	const [planted, unseen] = await Promise.all([
		scan(copyWith('nodes/shared/items/dates.ts'), copyWith('dist/vendor/bundled.js')),
		scan(copyWith(), empty),
	]);

	expect(planted.output).toMatch(/Source: 2 files seen, ESLint violations found/);
	expect(planted.output).toMatch(
		/dates\.ts\s+\d+:\d+\s+error\s+Use of restricted global 'setTimeout'/,
	);
	expect(planted.output).toMatch(/Tarball: 2 files seen, ESLint violations found/);
	expect(planted.output).toMatch(/bundled\.js\s+\d+:\d+\s+error\s+.*'setTimeout'/);
	expect(planted.output).toMatch(/Scan failed: Source, Tarball\n$/);
	expect(planted.code).toBe(1);

	expect(unseen.output).toMatch(/Source: 2 files seen, nothing found/);
	expect(unseen.output).toMatch(/Tarball: 0 files seen/);
	expect(unseen.output).toMatch(/Scan failed: Tarball\n$/);
	expect(unseen.code).toBe(1);
}, 60_000);
