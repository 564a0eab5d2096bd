/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error, no-console -- dev-only, never shipped */

/** Where progress lines go: one call per line, without a newline at its end. */
export type Log = (line: string) => void;

export const logToConsole: Log = (line) => console.error(line);

const HEARTBEAT_MS = 15_000;

const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs one stage of something slow and says so: a line at its start, one every 15 s, one at its end with the time taken.
 * @throws whatever `work` throws, after a line that says which stage failed
 */
export async function showProgress<T>(log: Log, name: string, work: () => Promise<T>): Promise<T> {
	const started = Date.now();
	log(`${name} …`);
	const heartbeat = setInterval(
		() => log(`${name} … still at it, ${seconds(started)}`),
		HEARTBEAT_MS,
	);
	try {
		const result = await work();
		log(`${name}: done in ${seconds(started)}`);
		return result;
	} catch (error) {
		log(`${name}: FAILED after ${seconds(started)}`);
		throw error;
	} finally {
		clearInterval(heartbeat);
	}
}
