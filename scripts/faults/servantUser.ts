/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** Who a database runs as: nobody with rights. */
import { execFileSync, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, openSync } from 'node:fs';

import { spawnOwned } from '../ownedProcesses';
import { privateFolder } from './privateFolder';

export interface Servant {
	/** Its own, and nobody else's; it is gone afterwards. */
	folder: string;
	/** Runs a program to its end. @throws Error with what it printed */
	run(command: string, args: string[]): string;
	/** Starts a program that ends with this process, also when that is killed. */
	start(command: string, args: string[]): ChildProcess;
	/** Removes the folder. */
	remove(): void;
}

/** Root becomes this user; anybody else stays who they are. */
function ids(user: string): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const ask = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
	return { uid: ask('-u'), gid: ask('-g') };
}

/**
 * @param user the account that Debian's package makes for it
 * @param logFile takes what it prints; it need not be able to read that itself
 */
export function openServant(name: string, user: string, logFile: string): Servant {
	const { path: folder, remove } = privateFolder(name);
	const who = ids(user);
	if (who) chownSync(folder, who.uid, who.gid);
	const as = who ? ['--reuid', String(who.uid), '--regid', String(who.gid), '--clear-groups'] : [];
	return {
		...{ folder, remove },
		run: (command, args) =>
			execFileSync('setpriv', [...as, command, ...args], { cwd: folder, encoding: 'utf8' }),
		start(command, args) {
			const output = openSync(logFile, 'a');
			const child = spawnOwned('setpriv', [...as, '--pdeathsig', 'KILL', command, ...args], {
				...{ cwd: folder, stdio: ['ignore', output, output] },
			});
			closeSync(output);
			return child;
		},
	};
}
