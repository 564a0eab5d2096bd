/** How many of a trigger's requests go at once, and whether all of them end in time at the pace they have. */

const [FEW, MOST] = [5, 20];
/** So many go one after another, until there are 20 that do: what was registered by then has to be taken back as fast. */
const EACH = 10;
/** Milliseconds after which a pace tells something: before that one slow request says it all. */
const LEARNT = 15_000;

export const workersFor = (requests: number) =>
	Math.min(MOST, Math.max(FEW, Math.ceil(requests / EACH)));

/** @returns tells, when so many of all are done, whether the rest is going to be by then, in milliseconds */
export function openPace(all: number, until: number): (done: number) => boolean {
	const began = Date.now();
	return (done) => {
		const now = Date.now();
		const ends = now - began < LEARNT ? now : began + ((now - began) * all) / Math.max(done, 1);
		return ends <= until;
	};
}
