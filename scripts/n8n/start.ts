/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- dev-only, never shipped */
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOwned, spawnOwned, whenWeEnd } from '../ownedProcesses';
import { freePort } from '../ports';
import { logToConsole, showProgress, type Log } from '../showProgress';
import { installN8n } from './install';
import { putPackage } from './putPackage';
import { connect, type N8nRest } from './rest';
import { OWNER, type Login } from './session';
import { END_WITH_PARENT_FLAGS, startEnvironment } from './startEnvironment';
import { waitUntilReady } from './waitUntilReady';

const READY_TIMEOUT_MS = 180_000;
const GRACE_MS = 10_000;
const TAIL_LINES = 40;

export interface StartOptions {
	/** The packed package, as `packChecked` gives it. */
	tarball: string;
	/** Default: a free one. */
	port?: number;
	/** Keeps n8n's database and key; default: a new temporary folder that `stop` removes. A given one is never removed. */
	userFolder?: string;
	/** Added to n8n's environment, e.g. `{ WEBHOOK_URL: 'http://localhost:8080/n8n/' }`. */
	env?: Record<string, string>;
	log?: Log;
}

/** A running n8n with the package in it. It ends with this process, at the latest. */
export interface N8nInstance {
	/** Without a slash at its end, e.g. `http://localhost:5678`. */
	url: string;
	version: string;
	userFolder: string;
	login: Login;
	/** Logged in as the owner, also after `restart`. */
	rest: N8nRest;
	/** Everything n8n has printed since its first start. */
	logFile: string;
	logs(): string;
	/** Of the current n8n process; another one after `restart`. */
	readonly pid: number;
	/** Ends n8n with all its children, by SIGKILL if it takes more than 10 s, and removes a temporary user folder. */
	stop(): Promise<void>;
	/** Ends n8n as a crash would: SIGKILL to it and its children. The user folder stays; go on with `restart` or `stop`. */
	kill(): Promise<void>;
	/** Starts n8n on the same user folder and port, ending it first when it runs; `env` is added to what was given at the start. */
	restart(env?: Record<string, string>): Promise<void>;
}

/**
 * Starts the pinned n8n, installing it if need be, with the package installed in it and the owner logged in.
 * @throws Error with the last lines n8n printed when it does not come up
 */
export async function startN8n(options: StartOptions): Promise<N8nInstance> {
	const { tarball, log = logToConsole, port = await freePort() } = options;
	const { nodeBin, n8nBin, version } = await installN8n({ log });
	const userFolder = options.userFolder ?? mkdtempSync(join(tmpdir(), 'n8n-user-'));
	const removeFolder = () => {
		if (options.userFolder === undefined)
			rmSync(userFolder, { recursive: true, force: true, maxRetries: 3 });
	};
	const folderIsSafe = whenWeEnd(removeFolder);
	const installed = putPackage(tarball, userFolder);
	const logFile = join(userFolder, 'n8n.log');
	const url = `http://localhost:${port}`;
	const logs = () => readFileSync(logFile, 'utf8');
	let extra: Record<string, string> = { ...options.env };

	async function launch(): Promise<ChildProcess> {
		const output = openSync(logFile, 'a');
		const child = spawnOwned(nodeBin, [...END_WITH_PARENT_FLAGS, n8nBin, 'start'], {
			cwd: userFolder,
			env: startEnvironment(userFolder, { editor: port, broker: await freePort() }, extra),
			stdio: ['ignore', output, output],
		});
		closeSync(output);
		try {
			const what = `n8n ${version} with ${installed.name} ${installed.version} on ${url}`;
			await showProgress(log, what, async () => await waitUntilReady(url, child, READY_TIMEOUT_MS));
			return child;
		} catch (error) {
			await endOwned(child, 0);
			const tail = logs().trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
			throw new Error(`${(error as Error).message}. The last it printed:\n${tail}`);
		}
	}

	async function end(graceMs: number): Promise<void> {
		await endOwned(child, graceMs);
	}

	async function abandon(error: unknown): Promise<never> {
		removeFolder();
		folderIsSafe();
		throw error instanceof Error ? error : new Error(String(error));
	}

	let child = await launch().catch(abandon);
	const rest = await connect(url).catch(async (error: unknown) => {
		await end(0);
		return await abandon(error);
	});

	return {
		...{ url, version, userFolder, login: OWNER, rest, logFile, logs },
		get pid() {
			return child.pid ?? 0;
		},
		kill: async () => await end(0),
		async restart(env = {}) {
			await end(GRACE_MS);
			extra = { ...extra, ...env };
			child = await launch();
			await rest.login();
		},
		async stop() {
			await end(GRACE_MS);
			removeFolder();
			folderIsSafe();
		},
	};
}
