/** Reads tasks one by one for a look. One that cannot be read now is left for the next look; when none can, it failed. */
import { isPassing, meaningOf } from '../http/nodeErrors';
import { forEachParallel } from '../items/parallel';

const AT_ONCE = 5;
/** Failures on end after which the service is left alone. */
const ENOUGH = 3;

/**
 * Whether what cannot be read is left for the next look, and the rest goes on (F14): a right that was there before may
 * come back.
 * @param chosen how an earlier look has read; `undefined` at the first, which refuses what the login may not see
 */
export const passesIn = (chosen: string | undefined) => (error: unknown) =>
	isPassing(error) || (chosen !== undefined && meaningOf(error) === 403);

/**
 * @param read `null`: not there
 * @param passes whether a failure leaves this one for the next look
 */
export async function readEach<One, Read extends object, Absent extends string>(
	asked: One[],
	read: (asked: One) => Promise<Read | null>,
	absent: Absent,
	passes: (error: unknown) => boolean = isPassing,
): Promise<Array<Read | Absent | 'unread'>> {
	const sights: Array<Read | Absent | 'unread'> = asked.map(() => 'unread');
	let [isRead, failures, why]: [boolean, number, unknown] = [false, 0, undefined];
	const failure = await forEachParallel(asked, AT_ONCE, async (one, index) => {
		if (failures >= ENOUGH) return;
		const later = async (error: unknown) => {
			failures += 1;
			why = error;
			return passes(error) ? ('unread' as const) : await Promise.reject(error as Error);
		};
		const sight = (await read(one).catch(later)) ?? absent;
		sights[index] = sight;
		if (sight !== 'unread') [isRead, failures] = [true, 0];
	});
	const failed = failure ?? (isRead ? undefined : why);
	return failed === undefined ? sights : await Promise.reject(failed as Error);
}
