/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** The processes of an n8n in queue mode. Each has a user folder of its own, as on machines of their own. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';

import axios from 'axios';

import type { InstalledN8n } from '../n8n/install';
import { putPackage } from '../n8n/putPackage';
import { END_WITH_PARENT_FLAGS, startEnvironment } from '../n8n/startEnvironment';
import { waitUntilReady } from '../n8n/waitUntilReady';
import { spawnOwned } from '../ownedProcesses';
import { freePort } from '../ports';
import { partOf, type Part } from './part';

export interface QueueSketch {
	n8n: InstalledN8n;
	/** The packed package. */
	tarball: string;
	/** Takes user folders and logs. */
	folder: string;
	ports: { main: number; processor: number };
	/** Of all its processes; may be changed, for the next start. */
	env: Record<string, string>;
}

export interface QueueMode {
	main: Part;
	processor: Part;
	workers: [Part, Part];
}

/**
 * Killed while it publishes what is active, as it does at each start, n8n publishes that no sooner than two minutes
 * later: its triggers rest meanwhile. The same, sooner.
 */
export const PUBLISHED_SOONER = {
	N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '30',
	N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '2000',
};

/** n8n's own times are five times as long; what follows from them is the same, sooner. */
export const SOONER = {
	...PUBLISHED_SOONER,
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '4000',
};

const READY_TIMEOUT_MS = 180_000;

async function isHealthy(port: number): Promise<boolean> {
	const url = `http://127.0.0.1:${port}/healthz/readiness`;
	const { status } = await axios.get(url, {
		...{ proxy: false, timeout: 5_000, validateStatus: () => true },
	});
	return status === 200;
}

/** The processes, none of them started yet. */
export async function queueMode(sketch: QueueSketch): Promise<QueueMode> {
	const { n8n, tarball, folder, ports } = sketch;

	function process(name: string, command: string[], port: number): Part {
		const userFolder = join(folder, name);
		const logFile = join(folder, `${name}.log`);
		mkdirSync(userFolder);
		putPackage(tarball, userFolder);
		const isMain = command[0] === 'start';
		return partOf({
			...{ name, logFile },
			async launch() {
				const env = { ...sketch.env, QUEUE_HEALTH_CHECK_PORT: String(port) };
				const own = { editor: port, broker: await freePort() };
				const output = openSync(logFile, 'a');
				const args = [...END_WITH_PARENT_FLAGS, n8n.n8nBin, ...command];
				const child = spawnOwned(n8n.nodeBin, args, {
					cwd: userFolder,
					env: startEnvironment(userFolder, own, env),
					stdio: ['ignore', output, output],
				});
				closeSync(output);
				return child;
			},
			async isReady(child) {
				if (!isMain) return await isHealthy(port);
				await waitUntilReady(`http://localhost:${port}`, child, READY_TIMEOUT_MS);
				return true;
			},
		});
	}

	const worker = async (name: string) =>
		process(name, ['worker', '--concurrency=5'], await freePort());
	return {
		main: process('main', ['start'], ports.main),
		processor: process('processor', ['webhook'], ports.processor),
		workers: [await worker('worker1'), await worker('worker2')],
	};
}
