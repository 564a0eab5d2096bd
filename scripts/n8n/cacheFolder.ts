/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The files that say which n8n is used and what it consists of. */
export const PIN_FILES = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml'] as const;

/** Where those files are in the repository. */
export const PINS = __dirname;

/** The folder outside the repository that keeps installed n8n versions and pnpm's store: `$N8N_E2E_CACHE` or in the user's cache. */
export function cacheRoot(): string {
	const { N8N_E2E_CACHE: chosen, XDG_CACHE_HOME: xdg } = process.env;
	return chosen || join(xdg || join(homedir(), '.cache'), 'n8n-nodes-task-approvals');
}

/** The n8n version that `scripts/n8n/package.json` pins. */
export function pinnedVersion(): string {
	const pins = JSON.parse(readFileSync(join(PINS, 'package.json'), 'utf8')) as {
		dependencies: { n8n: string };
	};
	return pins.dependencies.n8n;
}

/** The folder of one n8n: another lock file or another platform is another folder. */
export function installFolder(root: string): string {
	const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
	for (const file of PIN_FILES) hash.update(readFileSync(join(PINS, file)));
	return join(root, `n8n-${pinnedVersion()}-${hash.digest('hex').slice(0, 12)}`);
}
