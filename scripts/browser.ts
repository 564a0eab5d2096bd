/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { onPath } from './n8n/missingTools';
import { spawnOwned } from './ownedProcesses';
import { logToConsole, showProgress, type Log } from './showProgress';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const FLAGS = [
	...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
	...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

async function apt(log: Log, name: string, args: string[]): Promise<void> {
	await showProgress(log, name, async () => {
		const env: NodeJS.ProcessEnv = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		const child = spawnOwned('apt-get', args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
		let complaints = '';
		child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
		const [code] = (await once(child, 'exit')) as [number | null];
		if (code !== 0) throw new Error(`apt-get ${args.join(' ')} failed: ${complaints.trim()}`);
	});
}

/**
 * The Chromium or Chrome to use: `$CHROMIUM`, or one that is installed, or, for root on Debian, one installed now.
 * @throws Error that says what to install
 */
export async function findChromium(log: Log = logToConsole): Promise<string> {
	const chosen = process.env.CHROMIUM;
	if (chosen) {
		if (existsSync(chosen)) return chosen;
		throw new Error(`CHROMIUM is set to ${chosen}, which does not exist`);
	}
	const found = onPath(NAMES) ?? (existsSync(MAC) ? MAC : undefined);
	if (found !== undefined) return found;
	if (process.getuid?.() !== 0 || onPath(['apt-get']) === undefined) {
		throw new Error(
			'No Chromium here: install it (Debian: sudo apt-get install chromium), or set CHROMIUM to the program',
		);
	}
	await apt(log, 'Chromium 1/2: package lists', ['update']);
	const install = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
	await apt(log, 'Chromium 2/2: install', install);
	const installed = onPath(NAMES);
	if (installed === undefined)
		throw new Error('apt-get installed chromium, but it is not on the path');
	return installed;
}

/** Starts a headless browser. `close()` ends it; at the latest it ends with this process. */
export async function openBrowser(log?: Log): Promise<Browser> {
	return await chromium.launch({ executablePath: await findChromium(log), args: FLAGS });
}
