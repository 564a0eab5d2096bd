/**
 * Lets the calls of one trigger in this process go one after another. Each reads static data and n8n saves it whole, so
 * that two at once would lose what one of them has added.
 */
import { sleep } from 'n8n-workflow';

const PATIENCE_MS = 10_000;
/** How long a timer may outlive a turn that has come. */
const PAUSE_MS = 250;

const lines = new Map<string, Promise<void>>();

export const isTaken = (name: string) => lines.has(name);

/**
 * Waits until those before have ended.
 * @param patience milliseconds after which a call goes on all the same: n8n may hold back the answer to those before, as it
 * does at its limit of concurrent runs
 * @returns what must be called at the end of the turn
 */
export async function takeTurn(name: string, patience = PATIENCE_MS): Promise<() => void> {
	const ahead = lines.get(name);
	let end = () => {};
	const ended = new Promise<void>((resolve) => (end = resolve));
	const line = Promise.all([ahead, ended]).then(() => {
		if (lines.get(name) === line) lines.delete(name);
	});
	lines.set(name, line);
	const hasCome = Promise.resolve(ahead).then(() => true);
	for (let waited = 0; waited < patience; waited += PAUSE_MS) {
		if (!ahead || (await Promise.race([hasCome, sleep(PAUSE_MS)]))) break;
	}
	return end;
}
