import { sleep } from 'n8n-workflow';

const LOOK_AGAIN_MS = 250;

/** Waits for `accept`, whose throwing means no: n8n may be down. @returns whether it came to that in time */
export async function comesTo(
	accept: () => boolean | Promise<boolean>,
	timeoutMs = 60_000,
): Promise<boolean> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const accepted = await Promise.resolve()
			.then(accept)
			.catch(() => false);
		if (accepted || Date.now() > deadline) return accepted;
		await sleep(LOOK_AGAIN_MS);
	}
}

/** As `comesTo`. @throws Error that names `what` after the time */
export async function mustCome(
	what: string,
	accept: () => boolean | Promise<boolean>,
	timeoutMs = 60_000,
): Promise<void> {
	if (!(await comesTo(accept, timeoutMs))) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
}

/** Waits for work, but no longer than that: what it waits for may have been killed. */
export async function atMost(timeoutMs: number, work: Promise<unknown>): Promise<void> {
	let settled = false;
	const end = () => (settled = true);
	work.then(end, end);
	await comesTo(() => settled, timeoutMs);
}

/** Does this for all entries, `width` of them at a time. */
export async function forEach<T>(
	entries: T[],
	width: number,
	work: (entry: T, index: number) => Promise<unknown>,
): Promise<void> {
	let next = 0;
	const one = async () => {
		while (next < entries.length) {
			const index = next++;
			await work(entries[index], index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, entries.length) }, one));
}

export const range = (count: number) => Array.from({ length: count }, (_, n) => n);

/** How often each of these is there. */
export const tally = (words: Array<string | number>) =>
	words.reduce<Record<string, number>>(
		(all, word) => ({ ...all, [word]: (all[word] ?? 0) + 1 }),
		{},
	);
