/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- dev-only, never shipped */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const GIB = 1024 ** 3;
const NEEDED_GIB = 4;

/** The first of these programs that is on the search path, with its full path. */
export function onPath(names: string[], path = process.env.PATH ?? ''): string | undefined {
	for (const name of names) {
		for (const folder of path.split(delimiter).filter(Boolean)) {
			const file = join(folder, name);
			try {
				accessSync(file, constants.X_OK);
				return file;
			} catch {
				continue;
			}
		}
	}
	return undefined;
}

const installHint = () =>
	process.platform === 'darwin'
		? 'xcode-select --install'
		: existsSync('/etc/debian_version')
			? 'apt-get install -y g++ make python3'
			: 'install a C++ compiler, make and Python 3 with your package manager';

/**
 * What this machine lacks for installing n8n, one sentence each, empty when nothing.
 * @param folder where it is going to be installed; created to see how much room there is
 */
export function missingTools(folder: string, path = process.env.PATH ?? ''): string[] {
	const missing: string[] = [];
	if (!['linux', 'darwin'].includes(process.platform) || !['x64', 'arm64'].includes(process.arch)) {
		missing.push(
			`No Node.js is pinned for ${process.platform}-${process.arch} (Linux and macOS, x64 and arm64).`,
		);
	}
	const tools = {
		'a C++ compiler': ['g++', 'c++', 'clang++'],
		make: ['make', 'gmake'],
		'Python 3': ['python3'],
	};
	const absent = Object.entries(tools).filter(([, names]) => onPath(names, path) === undefined);
	if (absent.length > 0) {
		const what = absent.map(([name]) => name).join(', ');
		missing.push(`n8n's SQLite driver has to be compiled, which needs ${what}: ${installHint()}`);
	} else if (spawnSync(onPath(['python3'], path) ?? 'python3', ['-c', '']).status !== 0) {
		missing.push(`python3 is there but does not run: ${installHint()}`);
	}
	mkdirSync(folder, { recursive: true });
	const { bavail, bsize } = statfsSync(folder);
	const free = (bavail * bsize) / GIB;
	if (free < NEEDED_GIB) {
		missing.push(
			`n8n needs ${NEEDED_GIB} GiB and ${folder} has ${free.toFixed(1)} GiB left: make room, or set N8N_E2E_CACHE to a folder elsewhere.`,
		);
	}
	return missing;
}
