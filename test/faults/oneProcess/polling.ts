import { POLLED } from '../polledVendors';
import { playPolling } from '../polling';
import type { Measured } from '../rows';
import { size } from '../size';
import { oneRow, type Running } from './oneRow';

/** All of them at once, in the first row; each is counted in its own. */
export function polling(running: Running): void {
	let played: Promise<Map<string, Measured>> | undefined;
	for (const { name } of POLLED) {
		oneRow(
			running,
			`polling trigger of ${name}, killed at random moments`,
			{ crashed: true, twice: true, lost: true },
			async (desk, n8n) => {
				const { kill, logs } = n8n;
				const killing = { kill, logs, restart: async () => await n8n.restart() };
				played ??= playPolling(desk, killing, POLLED, size(2, 50));
				return (await played).get(name)!;
			},
		);
	}
}
