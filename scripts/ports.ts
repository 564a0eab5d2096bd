/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- dev-only, never shipped */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import getPort from 'get-port';

/** A TCP port that is free on 127.0.0.1 at this moment; nothing reserves it until it is listened on. */
export const freePort = async (): Promise<number> => await getPort({ host: '127.0.0.1' });

const LISTENING = '0A';

/** What `list` gives, or nothing: processes and their files may be gone, or another user's. */
function orNothing(list: () => string[]): string[] {
	try {
		return list();
	} catch {
		return [];
	}
}

/** The sockets that listen there, as they are called in `/proc/<pid>/fd`. */
function socketsOn(port: number): string[] {
	const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
	return ['/proc/net/tcp', '/proc/net/tcp6']
		.flatMap((file) => orNothing(() => readFileSync(file, 'utf8').split('\n')))
		.map((line) => line.trim().split(/\s+/))
		.filter(([, local, , state]) => state === LISTENING && local.endsWith(suffix))
		.map((fields) => `socket:[${fields[9]}]`);
}

/** The IDs of the processes of this user, or for root of all, that listen on a TCP port of this machine. */
export function listenersOn(port: number): number[] {
	if (process.platform !== 'linux') {
		const { stdout } = spawnSync('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN']);
		return String(stdout).split('\n').filter(Boolean).map(Number);
	}
	const sockets = socketsOn(port);
	if (sockets.length === 0) return [];
	const opened = (pid: string) =>
		orNothing(() => readdirSync(`/proc/${pid}/fd`)).flatMap((fd) =>
			orNothing(() => [readlinkSync(`/proc/${pid}/fd/${fd}`)]),
		);
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name) && opened(name).some((file) => sockets.includes(file)))
		.map(Number);
}
