/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- dev-only, never shipped */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { openBrowser } from './browser';
import { readExamples } from './demo/examples';
import { startDemo } from './demo/startDemo';
import { photograph } from './editorPictures/photograph';

const FOLDER = resolve(__dirname, '../pictures');

// npm run pictures [-- <part of a name>]: photographs the nodes in the real editor, in both themes
async function main(): Promise<void> {
	const demo = await startDemo(readExamples());
	const browser = await openBrowser();
	for (const theme of ['light', 'dark'] as const) {
		mkdirSync(join(FOLDER, theme), { recursive: true });
		await photograph(demo, browser, theme, join(FOLDER, theme), process.argv[2] ?? '');
	}
	await browser.close();
	await demo.stop();
	console.log(`The pictures are in ${FOLDER}`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
