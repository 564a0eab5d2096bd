/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- dev-only, never shipped */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { identify, isRunning, type ProcessIdentity } from './isRunning';
import type { Log } from './showProgress';

const LOOK_AGAIN_MS = 500;
const HEARTBEAT_MS = 15_000;

/** Who holds the lock, or `undefined` when nobody does or what is there cannot be read. */
export function lockHolder(lockFile: string): ProcessIdentity | undefined {
	try {
		const holder = JSON.parse(readFileSync(lockFile, 'utf8')) as Partial<ProcessIdentity>;
		if (typeof holder.pid !== 'number') return undefined;
		return { pid: holder.pid, started: String(holder.started ?? '') };
	} catch {
		return undefined;
	}
}

/** Takes the lock if it is free; a link makes it appear whole or not at all, also when we are killed. */
function take(lockFile: string): boolean {
	const draft = `${lockFile}.${process.pid}`;
	writeFileSync(draft, JSON.stringify(identify(process.pid)));
	try {
		linkSync(draft, lockFile);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	} finally {
		rmSync(draft, { force: true });
	}
}

/** Removes a lock whose holder has died; moved away first, so that only one of several waiters removes it. */
function removeIfStale(lockFile: string, log: Log): void {
	const holder = lockHolder(lockFile);
	if (holder !== undefined && isRunning(holder)) return;
	const aside = `${lockFile}.stale.${process.pid}`;
	try {
		renameSync(lockFile, aside);
	} catch {
		return;
	}
	const moved = lockHolder(aside);
	if (moved !== undefined && isRunning(moved)) linkSync(aside, lockFile);
	else log(`Taking over from process ${moved?.pid ?? '?'}, which died while it held ${lockFile}`);
	rmSync(aside, { force: true });
}

/**
 * Runs `work` while no other process on this machine runs work under the same lock file; waits for the others.
 * A lock left by a process that has died is taken over.
 */
export async function oneAtATime<T>(
	lockFile: string,
	log: Log,
	work: () => Promise<T>,
): Promise<T> {
	mkdirSync(dirname(lockFile), { recursive: true });
	const started = Date.now();
	let said = -HEARTBEAT_MS;
	while (!take(lockFile)) {
		removeIfStale(lockFile, log);
		const waited = Date.now() - started;
		if (waited - said >= HEARTBEAT_MS) {
			said = waited;
			log(`Waiting for process ${lockHolder(lockFile)?.pid ?? '?'}, which holds ${lockFile}`);
		}
		await wait(LOOK_AGAIN_MS);
	}
	try {
		return await work();
	} finally {
		rmSync(lockFile, { force: true });
	}
}
