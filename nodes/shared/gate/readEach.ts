/** Reads tasks one by one for a look. One that cannot be read now is left for the next look; when none can, it failed. */
import { isPassing } from '../http/nodeErrors';
import { forEachParallel } from '../items/parallel';
import type { Task } from '../task';
import type { Sight } from './sight';
import type { Asked } from './waitState';

const AT_ONCE = 5;
/** Failures on end after which the service is left alone. */
const ENOUGH = 3;

/** @param read `null`: not there */
export async function readEach(
	asked: Asked[],
	read: (asked: Asked) => Promise<Task | null>,
	absent: 'missing' | 'gone',
): Promise<Sight[]> {
	const sights: Sight[] = asked.map(() => 'unread');
	let [isRead, failures, why]: [boolean, number, unknown] = [false, 0, undefined];
	const failure = await forEachParallel(asked, AT_ONCE, async (one, index) => {
		if (failures >= ENOUGH) return;
		const later = async (error: unknown) => {
			failures += 1;
			why = error;
			return isPassing(error) ? ('unread' as const) : await Promise.reject(error as Error);
		};
		const sight = (await read(one).catch(later)) ?? absent;
		sights[index] = sight;
		if (sight !== 'unread') [isRead, failures] = [true, 0];
	});
	const failed = failure ?? (isRead ? undefined : why);
	return failed === undefined ? sights : await Promise.reject(failed as Error);
}
