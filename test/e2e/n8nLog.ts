/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { readFileSync } from 'node:fs';

import type { SharedN8n } from './globalSetup';

/** Everything the shared n8n has printed so far. */
export function n8nLog(): string {
	const { logFile } = JSON.parse(process.env.SHARED_N8N ?? '{}') as SharedN8n;
	return readFileSync(logFile, 'utf8');
}
