/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** A real n8n in queue mode with its PostgreSQL and Redis, of which every part can be killed and started again. */
import { join } from 'node:path';

import { installN8n } from '../n8n/install';
import { connect, type N8nRest } from '../n8n/rest';
import { freePort } from '../ports';
import { logToConsole, showProgress, type Log } from '../showProgress';
import type { Part } from './part';
import { startPostgres, type Postgres } from './postgres';
import { privateFolder } from './privateFolder';
import { ensurePrograms } from './programs';
import { startProxy, type Routes } from './proxy';
import { queueMode, SOONER, type QueueMode } from './queueMode';
import { startRedis, type Redis } from './redis';

export interface Cluster extends QueueMode {
	/** What services call: the proxy. */
	url: string;
	/** Where the processor is reached past the proxy. */
	processorUrl: string;
	/** Who gets which calls. */
	routes: Routes;
	/** Logged in at main. */
	rest: N8nRest;
	postgres: Postgres;
	redis: Redis;
	/** Of n8n's processes, from their next start on. */
	env: Record<string, string>;
	/** What n8n's processes write, their logs and those of the databases. */
	folder: string;
	/** Starts what does not run, and logs in again. @returns the names of what did not */
	repair(): Promise<string[]>;
	/** Ends everything and removes all folders. */
	stop(): Promise<void>;
}

export interface ClusterOptions {
	tarball: string;
	env?: Record<string, string>;
	log?: Log;
}

/** @throws Error with the log of the part that does not come up; what ran by then is ended */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
	const { tarball, log = logToConsole } = options;
	const programs = ensurePrograms(log);
	const n8n = await installN8n({ log });
	const { path: folder, remove } = privateFolder('n8n');
	const undo: Array<() => Promise<void> | void> = [remove];
	async function stop(): Promise<void> {
		for (const act of undo.splice(0).reverse()) await act();
	}

	async function build(): Promise<Cluster> {
		const postgres = await startPostgres(programs, join(folder, 'postgres.log'));
		undo.push(postgres.remove);
		const redis = await startRedis(programs, join(folder, 'redis.log'));
		undo.push(redis.remove);
		const ports = { main: await freePort(), processor: await freePort() };
		const proxy = await startProxy(ports);
		undo.push(proxy.close);
		const env: Record<string, string> = {
			...{ EXECUTIONS_MODE: 'queue', QUEUE_HEALTH_CHECK_ACTIVE: 'true', ...SOONER },
			...{ ...postgres.env, DB_POSTGRESDB_POOL_SIZE: '10', ...redis.env },
			...{ WEBHOOK_URL: `${proxy.url}/`, N8N_PROXY_HOPS: '1' },
			N8N_ENCRYPTION_KEY: 'the key that all processes of one n8n share',
			...options.env,
		};
		const parts = await queueMode({ n8n, tarball, folder, ports, env });
		const others = [parts.processor, ...parts.workers];
		undo.push(async () => {
			await Promise.all([parts.main, ...others].map(async (part) => await part.kill()));
		});
		// main makes the tables that the others need
		await showProgress(log, 'main', async () => await parts.main.start());
		await showProgress(log, 'processor and workers', async () => {
			await Promise.all(others.map(async (part) => await part.start()));
		});
		const rest = await connect(`http://localhost:${ports.main}`);
		const all: Part[] = [postgres, redis, parts.main, ...others];
		return {
			...{ ...parts, postgres, redis, env, folder, rest, stop },
			...{ url: proxy.url, routes: proxy.routes },
			processorUrl: `http://localhost:${ports.processor}`,
			async repair() {
				const down: string[] = [];
				for (const part of all) {
					// without its database or Redis an n8n ends by itself after a while
					if (part.running) await part.ready().catch(() => {});
					if (part.running) continue;
					down.push(part.name);
					await part.start();
				}
				await rest.login();
				return down;
			},
		};
	}

	return await showProgress(log, `n8n ${n8n.version} in queue mode`, build).catch(
		async (error: unknown) => {
			await stop();
			throw error;
		},
	);
}
