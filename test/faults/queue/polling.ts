import { POLLED } from '../polledVendors';
import { playPolling } from '../polling';
import { size } from '../size';
import { queueRow, type Running } from './queueRow';

const APPMIXER = POLLED.filter(({ name }) => name === 'Appmixer');

/** Main polls, and only main. */
export function polling(running: Running): void {
	queueRow(
		running,
		'polling trigger, main is killed at random moments',
		{ crashed: true, twice: true },
		async (desk, { main, repair }) => {
			const killing = { kill: main.kill, restart: repair };
			return (await playPolling(desk, killing, APPMIXER, size(2, 20))).get('Appmixer')!;
		},
	);
}
