/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import type { ChildProcess } from 'node:child_process';
import axios from 'axios';
import { sleep } from 'n8n-workflow';

import { listenersOn } from '../ports';

const LOOK_AGAIN_MS = 250;

async function answers(url: string, accept: (body: unknown) => boolean): Promise<boolean> {
	try {
		const { status, data } = await axios.get<unknown>(url, {
			proxy: false,
			timeout: 5_000,
			validateStatus: () => true,
		});
		return status === 200 && accept(data);
	} catch {
		return false;
	}
}

/**
 * Waits until n8n has migrated its database, serves its REST API and serves its editor, on a port that is its own.
 * @throws Error when the process ends before, or after `timeoutMs`
 */
export async function waitUntilReady(
	url: string,
	child: ChildProcess,
	timeoutMs: number,
): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	const isObject = (body: unknown) => typeof body === 'object' && body !== null;
	const isEditor = (body: unknown) => typeof body === 'string' && /id=["']?app["'> ]/.test(body);
	for (;;) {
		if (child.exitCode !== null || child.signalCode !== null) {
			throw new Error(`n8n ended while starting (${child.exitCode ?? child.signalCode})`);
		}
		// another server may have taken the port between the choice and the start
		const ready =
			listenersOn(Number(new URL(url).port)).includes(child.pid ?? 0) &&
			(await answers(`${url}/healthz/readiness`, isObject)) &&
			(await answers(`${url}/rest/settings`, isObject)) &&
			(await answers(`${url}/`, isEditor));
		if (ready) return;
		if (Date.now() > deadline) throw new Error(`n8n was not ready within ${timeoutMs / 1000} s`);
		await sleep(LOOK_AGAIN_MS);
	}
}
