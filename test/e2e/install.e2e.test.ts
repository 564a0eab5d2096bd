/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cacheRoot, installFolder } from '../../scripts/n8n/cacheFolder';
import { installN8n } from '../../scripts/n8n/install';
import { isRunning, type ProcessIdentity } from '../../scripts/isRunning';

const ROOT = resolve(__dirname, '../..');
const store = join(cacheRoot(), 'pnpm-store');
let cache: string;

beforeAll(async () => {
	await installN8n();
	cache = mkdtempSync(join(tmpdir(), 'n8n-install-test-'));
});

afterAll(() => rmSync(cache, { recursive: true, force: true }));

/** Starts an install in a process of its own, kills it with SIGKILL as soon as it says `stage` and `afterMs` have passed. */
async function killDuring(
	stage: RegExp,
	afterMs: number,
): Promise<{ printed: string; tool: ProcessIdentity }> {
	const script = `require('./scripts/n8n/install').installN8n(${JSON.stringify({ cache, store })})`;
	const child = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
		cwd: ROOT,
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	const ended = once(child, 'exit');
	let printed = '';
	await new Promise<void>((found, failed) => {
		child.stderr.on('data', (chunk: Buffer) => {
			printed += chunk.toString();
			if (stage.test(printed)) setTimeout(found, afterMs);
		});
		ended.then(
			() => failed(new Error(`The install ended before it was killed: ${printed}`)),
			failed,
		);
	});
	const running = readFileSync(join(installFolder(cache), 'running.json'), 'utf8');
	child.kill('SIGKILL');
	await ended;
	return { printed, tool: JSON.parse(running) as ProcessIdentity };
}

it(
	'completes an install that was killed twice, in different stages',
	async () => {
		const first = await killDuring(/1\/3: packages/, 4_000);
		const mark = join(installFolder(cache), 'complete.json');
		expect(existsSync(mark)).toBe(false);

		const second = await killDuring(/2\/3: SQLite/, 3_000);
		expect(second.printed).toContain('Taking over from process');
		expect(isRunning(first.tool)).toBe(false);
		expect(existsSync(mark)).toBe(false);

		const said: string[] = [];
		const log = (line: string) => said.push(line);
		const n8n = await installN8n({ cache, store, log });
		expect(said.join('\n')).toContain('packages are there from an earlier');
		expect(isRunning(second.tool)).toBe(false);
		expect(existsSync(mark)).toBe(true);
		expect(existsSync(n8n.nodeBin)).toBe(true);

		const started = Date.now();
		expect(await installN8n({ cache, store, log })).toEqual(n8n);
		expect(Date.now() - started).toBeLessThan(2_000);
	},
	15 * 60_000,
);
