/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import type { Place } from './findSecrets';

/** Every file n8n has written: its databases with their journals, its event log, stored data, and what it printed. */
export function n8nFiles(userFolder: string): Place[] {
	return readdirSync(userFolder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map((entry) => join(entry.parentPath, entry.name))
		.map((path) => ({ name: relative(userFolder, path), content: readFileSync(path) }));
}
