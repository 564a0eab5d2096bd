/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** A folder that is gone afterwards, also when this process is killed: a process of its own waits for that. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PrivateFolder {
	path: string;
	remove(): void;
}

/** What wrote there ends with us as well, but takes some seconds for it. Jest hides the end of its process from tests. */
const CARETAKER = 'read word; [ "$word" = removed ] || { sleep 10; rm -rf -- "$1"; }';

export function privateFolder(name: string): PrivateFolder {
	const path = mkdtempSync(join(tmpdir(), `faults-${name}-`));
	const caretaker = spawn('sh', ['-c', CARETAKER, 'sh', path], {
		...{ detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
	});
	const { stdin } = caretaker;
	caretaker.unref();
	(stdin as Socket | null)?.unref();
	return {
		path,
		remove() {
			rmSync(path, { recursive: true, force: true, maxRetries: 3 });
			stdin?.end('removed\n');
		},
	};
}
