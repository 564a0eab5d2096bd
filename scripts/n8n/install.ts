/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	realpathSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { oneAtATime } from '../oneAtATime';
import { logToConsole, showProgress, type Log } from '../showProgress';
import { PIN_FILES, PINS, cacheRoot, installFolder, pinnedVersion } from './cacheFolder';
import { endLeftOver, runTool } from './installStage';
import { missingTools } from './missingTools';

/** An n8n that is ready to be started. All paths are absolute. */
export interface InstalledN8n {
	dir: string;
	/** The Node.js that runs it (24 or newer); n8n does not run on the one that runs the scripts. */
	nodeBin: string;
	/** n8n's start script, an argument for `nodeBin`. */
	n8nBin: string;
	version: string;
}

export interface InstallOptions {
	log?: Log;
	/** The folder that keeps installed versions; default `cacheRoot()`. */
	cache?: string;
	/** pnpm's package store; default `pnpm-store` in the cache folder. */
	store?: string;
}

const LAST_MARK = 'complete.json';
const PACKAGES_MARK = 'packages.json';

const PNPM_ROOT = join(PINS, '../../node_modules/pnpm');

/** The repository's own pnpm; n8n does not install with npm in reasonable time. */
export const PNPM = join(PNPM_ROOT, 'bin/pnpm.cjs');

function nodePackage(dir: string): string {
	const modules = join(dir, 'node_modules');
	const name = readdirSync(modules).find((entry) => /^node-(bin-)?(linux|darwin)-/.test(entry));
	if (name === undefined) {
		throw new Error(
			`No Node.js was installed for ${process.platform}-${process.arch} in ${modules}`,
		);
	}
	return join(modules, name);
}

function describe(dir: string): InstalledN8n {
	return {
		dir,
		nodeBin: join(nodePackage(dir), 'bin/node'),
		n8nBin: join(dir, 'node_modules/n8n/bin/n8n'),
		version: pinnedVersion(),
	};
}

/** A mark appears whole or not at all, so a kill at any time leaves a stage either done or to be done again. */
function mark(dir: string, name: string): void {
	writeFileSync(join(dir, `${name}.draft`), JSON.stringify({ at: new Date().toISOString() }));
	renameSync(join(dir, `${name}.draft`), join(dir, name));
}

async function installPackages(dir: string, store: string): Promise<void> {
	rmSync(join(dir, 'node_modules'), { recursive: true, force: true });
	for (const file of PIN_FILES) copyFileSync(join(PINS, file), join(dir, file));
	const flags = [
		'--frozen-lockfile',
		'--ignore-scripts',
		'--prefer-offline',
		'--reporter=append-only',
	];
	await runTool(dir, process.execPath, [PNPM, 'install', ...flags, `--store-dir=${store}`], dir);
	mark(dir, PACKAGES_MARK);
}

async function compileSqlite(n8n: InstalledN8n): Promise<void> {
	const n8nPackage = realpathSync(join(n8n.dir, 'node_modules/n8n/package.json'));
	const sqlite = dirname(createRequire(n8nPackage).resolve('sqlite3/package.json'));
	const gyp = join(PNPM_ROOT, 'dist/node_modules/node-gyp/bin/node-gyp.js');
	const headers = { npm_config_nodedir: nodePackage(n8n.dir) };
	await runTool(n8n.dir, n8n.nodeBin, [gyp, 'rebuild', '--jobs=max'], sqlite, headers);
	await runTool(n8n.dir, n8n.nodeBin, ['-e', 'require(".")'], sqlite);
}

/**
 * Puts the pinned n8n and its Node.js into the cache folder, unless they are there already.
 * A killed install is completed by the next one; two at a time wait for each other.
 * @throws Error that names what the machine lacks, or the failed step with the end of its output
 */
export async function installN8n(options: InstallOptions = {}): Promise<InstalledN8n> {
	const { log = logToConsole, cache = cacheRoot() } = options;
	const { store = join(cache, 'pnpm-store') } = options;
	const dir = installFolder(cache);
	const isComplete = () => existsSync(join(dir, LAST_MARK));
	if (isComplete()) return describe(dir);

	const missing = missingTools(cache);
	if (missing.length > 0)
		throw new Error(`n8n cannot be installed here.\n- ${missing.join('\n- ')}`);

	return await oneAtATime(`${dir}.lock`, log, async () => {
		if (isComplete()) return describe(dir);
		log(`Installing n8n ${pinnedVersion()} into ${dir}`);
		mkdirSync(dir, { recursive: true });
		await endLeftOver(dir, log);
		if (existsSync(join(dir, PACKAGES_MARK)))
			log('Its packages are there from an earlier, interrupted install');
		else
			await showProgress(
				log,
				'n8n 1/3: packages (2 GB)',
				async () => await installPackages(dir, store),
			);
		const n8n = describe(dir);
		await showProgress(log, 'n8n 2/3: SQLite driver', async () => await compileSqlite(n8n));
		await showProgress(log, 'n8n 3/3: check', async () => {
			const output = await runTool(dir, n8n.nodeBin, [n8n.n8nBin, '--version'], dir);
			if (output.trim() !== n8n.version)
				throw new Error(`n8n --version says ${output}, not ${n8n.version}`);
		});
		mark(dir, LAST_MARK);
		return n8n;
	});
}

if (require.main === module) {
	installN8n().then(
		({ dir }) => logToConsole(`n8n ${pinnedVersion()} is ready in ${dir}`),
		(error: Error) => {
			logToConsole(error.message);
			process.exitCode = 1;
		},
	);
}
