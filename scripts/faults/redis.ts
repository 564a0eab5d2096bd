/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** A Redis of our own: no service of the machine's, on loopback and a free port. It writes down what it holds. */
import { execFileSync } from 'node:child_process';

import { freePort } from '../ports';
import { partOf, type Part } from './part';
import type { Programs } from './programs';
import { openServant } from './servantUser';

export interface Redis extends Part {
	/** For n8n's environment. */
	env: Record<string, string>;
	folder: string;
	cli(...args: string[]): string;
	/** Ends it and removes what it stored. */
	remove(): Promise<void>;
}

export async function startRedis(programs: Programs, logFile: string): Promise<Redis> {
	const servant = openServant('redis', 'redis', logFile);
	const port = await freePort();
	const address = ['-h', '127.0.0.1', '-p', String(port)];
	const cli = (...args: string[]) =>
		execFileSync(programs['redis-cli'], [...address, ...args], {
			...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
		});
	const files = ['--dir', servant.folder, '--appendonly', 'yes', '--save', ''];
	const part = partOf({
		...{ name: 'redis', logFile },
		launch: async () =>
			servant.start(programs['redis-server'], [
				...['--port', String(port), '--bind', '127.0.0.1'],
				...files,
			]),
		isReady: async () => cli('ping').trim() === 'PONG',
	});
	await part.start();
	return Object.assign(part, {
		env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) },
		...{ folder: servant.folder, cli },
		async remove() {
			await part.kill();
			servant.remove();
		},
	});
}
