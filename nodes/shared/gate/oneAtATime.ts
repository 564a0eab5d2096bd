/** Lets one of the calls of a wait look at a time, for all that come meanwhile. */
import { sleep } from 'n8n-workflow';

/** Milliseconds in which a service has saved an answer after its call was answered. */
const SETTLED = 2000;

/** How many calls have come to each look that goes on. */
const looks = new Map<string, { calls: number }>();

/**
 * Looks when what the last call tells is saved, and again as long as calls come meanwhile.
 * @param name of the wait
 * @param look gives what the run goes on with, `null` when it goes on waiting
 * @returns `null` also when another call looks
 */
export async function oneAtATime<T>(
	name: string,
	look: () => Promise<T | null>,
): Promise<T | null> {
	const known = looks.get(name);
	if (known) {
		known.calls += 1;
		return null;
	}
	const mine = { calls: 1 };
	looks.set(name, mine);
	try {
		for (let heard = 0; heard < mine.calls;) {
			heard = mine.calls;
			await sleep(SETTLED);
			const found = await look();
			if (found !== null) return found;
		}
		return null;
	} finally {
		looks.delete(name);
	}
}
