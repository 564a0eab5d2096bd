/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** Where PostgreSQL's and Redis' programs are; those that are missing are installed from Debian's packages. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { onPath } from '../n8n/missingTools';
import type { Log } from '../showProgress';

const PACKAGE_OF = {
	...{ initdb: 'postgresql', postgres: 'postgresql' },
	...{ psql: 'postgresql', pg_dump: 'postgresql' },
	...{ 'redis-server': 'redis-server', 'redis-cli': 'redis-server' },
};

/** Full paths by name. */
export type Programs = Record<keyof typeof PACKAGE_OF, string>;

const VERSIONS = '/usr/lib/postgresql';
const BIG = 64 * 1024 * 1024;

/** Debian keeps the server's programs off the search path, in a folder for each version. */
function searchPath(): string {
	const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	const folders = newestFirst.map((version) => join(VERSIONS, version, 'bin'));
	return [...folders, process.env.PATH ?? '', '/usr/bin', '/usr/sbin'].join(delimiter);
}

function found(): Partial<Programs> {
	const path = searchPath();
	const names = Object.keys(PACKAGE_OF) as Array<keyof Programs>;
	return Object.fromEntries(names.map((name) => [name, onPath([name], path)]));
}

/** The packages of the programs that are not there. */
export const missingPackages = (there: Partial<Programs>): string[] => [
	...new Set(
		Object.entries(PACKAGE_OF)
			.filter(([name]) => there[name as keyof Programs] === undefined)
			.map(([, name]) => name),
	),
];

/** As root. Debian asks this file whether an installed service may start; where there is one it has been answered. */
const installing = (packages: string[]) => `
set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
	trap "rm -f $policy" EXIT
	trap "exit 1" HUP INT TERM
	printf '#!/bin/sh\\nexit 101\\n' > $policy
	chmod 755 $policy
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 ${packages.join(' ')}
`;

function install(packages: string[], log: Log): void {
	const wanted = `PostgreSQL and Redis are needed: apt-get install ${packages.join(' ')}`;
	if (onPath(['apt-get']) === undefined) throw new Error(`${wanted}. There is no apt-get here.`);
	const isRoot = process.getuid?.() === 0;
	const mayBeRoot = isRoot || spawnSync('sudo', ['-n', 'true']).status === 0;
	if (!mayBeRoot) throw new Error(`${wanted}. This user is not root, and sudo wants a password.`);
	log(`Installing ${packages.join(' and ')} from Debian's packages`);
	const [command, ...before] = isRoot ? ['sh'] : ['sudo', '-n', 'sh'];
	const args = [...before, '-c', installing(packages)];
	const { status, stdout, stderr } = spawnSync(command, args, {
		...{ encoding: 'utf8', maxBuffer: BIG, stdio: ['ignore', 'pipe', 'pipe'] },
	});
	if (status === 0) return;
	const tail = `${stdout}${stderr}`.trimEnd().split('\n').slice(-20).join('\n');
	throw new Error(`${wanted}. It failed:\n${tail}`);
}

/** @throws Error that says what to install where that is not to be done from here */
export function ensurePrograms(log: Log): Programs {
	const missing = missingPackages(found());
	if (missing.length > 0) install(missing, log);
	const there = found();
	const left = missingPackages(there);
	if (left.length === 0) return there as Programs;
	throw new Error(`Installed, but not found: programs of ${left.join(' and ')}`);
}
