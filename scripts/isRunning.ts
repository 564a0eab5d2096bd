/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- dev-only, never shipped */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process as the operating system knows it: the start time tells a process from a later one with the same id. */
export interface ProcessIdentity {
	pid: number;
	/** When it started, in whatever form the system gives it; empty when the system does not tell. */
	started: string;
}

/** Whether the process id is taken; a zombie, which only waits to be collected, does not count. */
function isTaken(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
	return fields(pid)?.[0] !== 'Z';
}

/** The fields of `/proc/<pid>/stat` that follow the command name; the first is the state, the 20th the start time. */
function fields(pid: number): string[] | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	} catch {
		return undefined;
	}
}

function startTime(pid: number): string {
	const known = fields(pid)?.[19];
	if (known !== undefined) return known;
	try {
		return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
	} catch {
		return '';
	}
}

/** The identity of a running process, to be written down and asked about later with `isRunning`. */
export const identify = (pid: number): ProcessIdentity => ({ pid, started: startTime(pid) });

/** Whether that very process still runs: same id and, where the system tells it, same start time. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
	if (!isTaken(pid)) return false;
	const now = startTime(pid);
	return now === '' || started === '' || now === started;
}
