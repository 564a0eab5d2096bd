/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** A process of a cluster, which can be killed and started again by itself. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

import { sleep } from 'n8n-workflow';

import { endOwned } from '../ownedProcesses';

export interface Part {
	name: string;
	readonly running: boolean;
	/** Everything it has printed since its first start. */
	log(): string;
	/** Resolves when it can be used. @throws Error with the end of its log when it does not come up */
	start(): Promise<void>;
	/** Resolves when it can be used again: what it needs may have been away. @throws Error as `start` */
	ready(): Promise<void>;
	/** SIGKILL. */
	kill(): Promise<void>;
	/** SIGTERM, as a deployment does it; SIGKILL after a minute. */
	end(): Promise<void>;
}

const READY_TIMEOUT_MS = 180_000;
const LOOK_AGAIN_MS = 200;
const GRACE_MS = 60_000;
const TAIL = 3000;

export interface PartSketch {
	name: string;
	logFile: string;
	launch(): Promise<ChildProcess>;
	/** Whether it can be used; a throw means no. */
	isReady(child: ChildProcess): Promise<boolean>;
}

export function partOf({ name, logFile, launch, isReady }: PartSketch): Part {
	let child: ChildProcess | undefined;
	const runs = () => child !== undefined && child.exitCode === null && child.signalCode === null;
	const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
	async function end(graceMs: number): Promise<void> {
		if (child) await endOwned(child, graceMs);
	}
	async function ready(): Promise<void> {
		const deadline = Date.now() + READY_TIMEOUT_MS;
		while (!(child && (await isReady(child).catch(() => false)))) {
			const problem = runs() ? '' : 'has ended';
			const late = Date.now() > deadline ? `was not ready within ${READY_TIMEOUT_MS} ms` : '';
			if (problem || late) throw new Error(`${name} ${problem || late}:\n${log().slice(-TAIL)}`);
			await sleep(LOOK_AGAIN_MS);
		}
	}
	return {
		...{ name, log, ready },
		get running() {
			return runs();
		},
		async start() {
			child = await launch();
			await ready();
		},
		kill: async () => await end(0),
		end: async () => await end(GRACE_MS),
	};
}
