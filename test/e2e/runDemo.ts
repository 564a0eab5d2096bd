/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

import { identify, isRunning, type ProcessIdentity } from '../../scripts/isRunning';

const ROOT = resolve(__dirname, '../..');

interface Listed {
	pid: number;
	parent: number;
	command: string;
}

function processes(): Listed[] {
	const output = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], {
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
	});
	return output.split('\n').flatMap((row) => {
		const found = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row);
		return found ? [{ pid: Number(found[1]), parent: Number(found[2]), command: found[3] }] : [];
	});
}

function descendants(of: number): Listed[] {
	const all = processes();
	const found = all.filter(({ pid }) => pid === of);
	for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
	return found;
}

/** `npm run demo` as typed into a terminal: one process group, which Ctrl-C signals as a whole. */
export function runDemo(flags: string[]) {
	const child = spawn('npm', ['run', 'demo', '--', ...flags], {
		cwd: ROOT,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
	const group = child.pid ?? 0;
	let printed = '';
	let look = () => undefined as void;
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk: Buffer) => {
			printed += chunk.toString();
			look();
		});

	return {
		printed: () => printed,
		/** @throws Error with what it printed when it ends before it prints `text` */
		async prints(text: string): Promise<void> {
			const said = new Promise<void>((done) => {
				look = () => {
					if (printed.includes(text)) done();
				};
				look();
			});
			const early = ended.then(() => {
				throw new Error(`The demo ended before it printed "${text}": ${printed}`);
			});
			await Promise.race([said, early]);
		},
		/** Its processes at this moment, n8n with its children among them. */
		processes: (): ProcessIdentity[] => descendants(group).map(({ pid }) => identify(pid)),
		/** Every port of this machine that stands in what it printed. */
		ports: () => [
			...new Set(
				[...printed.matchAll(/(?:localhost|127\.0\.0\.1):(\d+)/g)].map(([, port]) => Number(port)),
			),
		],
		killN8n() {
			const n8n = descendants(group).find(({ command }) => /n8n start$/.test(command));
			if (!n8n) throw new Error('No n8n runs under this demo');
			process.kill(n8n.pid, 'SIGKILL');
		},
		ctrlC: () => process.kill(-group, 'SIGINT'),
		/** Its exit code, or the signal that ended it. */
		async end(): Promise<number | string | null> {
			const [code, signal] = await ended;
			return code ?? signal;
		},
		/** Ends what a failed test leaves. */
		abandon() {
			for (const { pid, started } of descendants(group).map(({ pid }) => identify(pid)))
				if (isRunning({ pid, started })) process.kill(pid, 'SIGKILL');
		},
	};
}
