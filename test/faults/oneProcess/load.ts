/** Hundreds of decisions, and an n8n that is killed meanwhile. What runs when n8n is killed is its own to lose: it says so. */
import { openGates } from '../gates';
import { size } from '../size';
import { openWatching } from '../watching';
import { killedInTheBurst, oneRow, type Running } from './oneRow';

export function load(running: Running): void {
	oneRow(running, 'waits, killed before they are decided', {}, async (desk, n8n) => {
		const gates = await openGates(desk, size(100, 500));
		const kills = size(2, 5);
		for (let kill = 0; kill < kills; kill++) {
			await n8n.kill();
			await n8n.restart();
		}
		await gates.decideAll(50);
		await desk.resend(gates.taskIds);
		return { account: await gates.account(120_000), notes: { kills } };
	});

	oneRow(running, 'waits, killed in the burst', { crashed: true }, async (desk, n8n) => {
		const gates = await openGates(desk, size(120, 240));
		return await killedInTheBurst(desk, n8n, gates, size(3, 5));
	});

	// stored but not yet answered or remembered: told again, with the same event.id
	oneRow(
		running,
		'trigger, killed in the burst',
		{ crashed: true, twice: true },
		async (desk, n8n) => {
			const watching = await openWatching(desk, size(120, 240));
			return await killedInTheBurst(desk, n8n, watching, size(3, 5));
		},
	);
}
