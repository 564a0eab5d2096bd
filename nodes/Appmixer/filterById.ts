/**
 * Whether a service filters its list by a task's ID, which nobody has written down: it is found out by a task that is
 * there. Where it does, a task that it does not give this way is not there, and the list is not read whole for it.
 */
import { idOf, type AppmixerTask } from './task';

export const filterBy = (taskId: string) => ({ filter: `taskId:${taskId}` });

/** Services that do. Per process. */
const known = new Set<string>();

/**
 * @param ask the first task of a list
 * @returns true for a list that is empty, too
 */
export async function isFiltered(
	service: string,
	ask: (query: { filter?: string; sort?: string }) => Promise<AppmixerTask | null>,
): Promise<boolean> {
	if (known.has(service)) return true;
	// the oldest: it is there for longer than the newest
	const there = await ask({ sort: 'created:1' });
	if (!there) return true;
	// nothing can be asked by that one: the list is read whole
	if (idOf(there) === '') return false;
	const found = await ask(filterBy(idOf(there)));
	if (!found || idOf(found) !== idOf(there)) return false;
	known.add(service);
	return true;
}
