/**
 * Lets one of the calls of a wait look at a time, and one go on: n8n hands each call the run as it was when the call came,
 * and would run what follows once for each.
 */
import { sleep } from 'n8n-workflow';

/** Milliseconds in which a service has saved an answer after its call was answered. */
const SETTLED = 2000;
/** Milliseconds for which nobody else goes on. After that n8n may have failed to, and the next call does. */
const REST = 5 * 60_000;
const MOST_KNOWN = 1000;

interface Look {
	calls: number;
	overUntil?: number;
}

const looks = new Map<string, Look>();

/**
 * Looks when what the last call tells is saved, and again as long as calls come meanwhile.
 * @param name of the wait
 * @param look gives what the run goes on with, `null` when it goes on waiting
 * @returns `null` also when another call looks, or has gone on
 */
export async function oneAtATime<T>(
	name: string,
	look: () => Promise<T | null>,
): Promise<T | null> {
	const known = looks.get(name);
	if (known && (known.overUntil ?? Infinity) > Date.now()) {
		known.calls += 1;
		return null;
	}
	const mine: Look = { calls: 1 };
	looks.delete(name);
	looks.set(name, mine);
	for (const oldest of looks.keys()) if (looks.size > MOST_KNOWN) looks.delete(oldest);
	try {
		for (let heard = 0; heard < mine.calls;) {
			heard = mine.calls;
			await sleep(SETTLED);
			const found = await look();
			if (found === null) continue;
			mine.overUntil = Date.now() + REST;
			return found;
		}
		return null;
	} finally {
		if (mine.overUntil === undefined) looks.delete(name);
	}
}
