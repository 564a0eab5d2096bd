/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/require-node-api-error -- dev-only, never shipped */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

const owned = new Set<number>();
const lastActs = new Set<() => void>();
let hooked = false;

function signalGroup(group: number, signal: NodeJS.Signals): void {
	try {
		process.kill(-group, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

function atTheEnd(): void {
	for (const group of owned) signalGroup(group, 'SIGKILL');
	for (const act of lastActs) act();
}

function hookOnce(): void {
	if (hooked) return;
	hooked = true;
	process.once('exit', atTheEnd);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, () => {
			atTheEnd();
			process.kill(process.pid, signal);
		});
	}
}

/** Does something (synchronous) when this process ends for whatever reason but SIGKILL; returns how to call it off. */
export function whenWeEnd(act: () => void): () => void {
	hookOnce();
	lastActs.add(act);
	return () => lastActs.delete(act);
}

/** Starts a program in a process group of its own, which ends with this process: on exit, exception, Ctrl-C or SIGTERM. */
export function spawnOwned(command: string, args: string[], options: SpawnOptions): ChildProcess {
	hookOnce();
	const child = spawn(command, args, { ...options, detached: true });
	const group = child.pid;
	if (group !== undefined) {
		owned.add(group);
		child.once('exit', () => {
			signalGroup(group, 'SIGKILL');
			owned.delete(group);
		});
	}
	return child;
}

/**
 * Ends a program started by `spawnOwned` with its children.
 * @param graceMs how long it may take to end by itself after SIGTERM before it gets SIGKILL; 0 sends SIGKILL at once
 */
export async function endOwned(child: ChildProcess, graceMs: number): Promise<void> {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	if (graceMs > 0) {
		signalGroup(child.pid, 'SIGTERM');
		const patience = new AbortController();
		await Promise.race([
			ended,
			wait(graceMs, undefined, { signal: patience.signal }).catch(() => {}),
		]);
		patience.abort();
	}
	if (child.exitCode === null && child.signalCode === null) signalGroup(child.pid, 'SIGKILL');
	await ended;
}
