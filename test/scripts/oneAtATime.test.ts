/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { identify, isRunning } from '../../scripts/isRunning';
import { lockHolder, oneAtATime } from '../../scripts/oneAtATime';

let folder: string;
let lock: string;
const said: string[] = [];
const log = (line: string) => said.push(line);

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'lock-test-'));
	lock = join(folder, 'install.lock');
	said.length = 0;
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The id of a process that has just ended. */
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

it('holds the lock while it works and gives it back, also after a failure', async () => {
	await oneAtATime(lock, log, async () => expect(lockHolder(lock)?.pid).toBe(process.pid));
	expect(existsSync(lock)).toBe(false);
	const failing = oneAtATime(lock, log, async () => await Promise.reject(new Error('broken')));
	await expect(failing).rejects.toThrow('broken');
	expect(existsSync(lock)).toBe(false);
});

it('lets the second wait until the first is done', async () => {
	const order: string[] = [];
	const first = oneAtATime(lock, log, async () => {
		await wait(700);
		order.push('first');
	});
	const second = oneAtATime(lock, log, async () => order.push('second'));
	await Promise.all([first, second]);
	expect(order).toEqual(['first', 'second']);
	expect(said.join()).toContain(`Waiting for process ${process.pid}`);
});

it('takes over from a holder that has died', async () => {
	const pid = deadPid();
	writeFileSync(lock, JSON.stringify({ pid, started: '1' }));
	expect(await oneAtATime(lock, log, async () => 'worked')).toBe('worked');
	expect(said.join()).toContain(`Taking over from process ${pid}`);
});

it('takes over when the id belongs to another process by now', async () => {
	const { pid } = identify(process.pid);
	writeFileSync(lock, JSON.stringify({ pid, started: 'long ago' }));
	expect(isRunning({ pid, started: 'long ago' })).toBe(false);
	expect(await oneAtATime(lock, log, async () => 'worked')).toBe('worked');
});

it('takes over a lock file that cannot be read', async () => {
	writeFileSync(lock, '{"pi');
	expect(await oneAtATime(lock, log, async () => 'worked')).toBe('worked');
});
