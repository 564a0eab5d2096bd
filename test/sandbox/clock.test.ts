import { createClock } from '../../sandbox/clock';

const MINUTE_MS = 60_000;

it('runs a job after whole periods since its start, also one that came later', async () => {
	const clock = createClock('manual');
	const start = clock.now();
	await clock.advance(1.5 * MINUTE_MS);
	const ran: number[] = [];
	clock.every(MINUTE_MS, async () => void ran.push(Math.round((clock.now() - start) / 1000)));
	await clock.advance(0.4 * MINUTE_MS);
	expect(ran).toEqual([]);
	await clock.advance(1.2 * MINUTE_MS);
	expect(ran).toEqual([120, 180]);
});
