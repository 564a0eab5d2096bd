/** Keeps a log readable: what is said of a thing again and again, such as a call the service repeats, is said once. */

const MAX_SAID = 1000;
const said = new Set<string>();

/** Whether it is the first time in this process; the oldest of 1,000 are forgotten, so that no stranger may name things. */
export function onceFor(thing: string): boolean {
	if (said.has(thing)) return false;
	said.add(thing);
	for (const oldest of said) if (said.size > MAX_SAID) said.delete(oldest);
	return true;
}
