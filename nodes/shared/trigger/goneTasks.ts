/** What became of tasks that were seen before and are listed no more. */
import { NodeApiError } from 'n8n-workflow';

import type { ApiContext } from '../http/apiRequest';

import type { Told } from './compareTasks';
import { readFingerprint, type Fingerprint } from './fingerprint';
import type { Seen } from './pollMemory';
import type { Occurrence, PollRequest } from './pollRequest';
import { shortId } from './shortId';

interface WentAway {
	told: Told[];
	/** Those the next poll looks for again, as they were. */
	kept: Seen;
}

/** @param isElsewhere as in `Gone`: then only decisions are told, as the others may go on unseen */
export async function lookForGone(
	gone: Seen,
	request: PollRequest,
	isElsewhere: boolean,
): Promise<WentAway> {
	const entries = Object.entries(gone).map(([id, stored]): [string, Fingerprint] => [
		id,
		readFingerprint(stored),
	]);
	if (entries.length === 0 || !request.whatBecameOf) return { told: [], kept: {} };
	const byId = new Map(entries);
	const ids = new Map(entries.map(([id, fingerprint]) => [fingerprint, id]));
	const find = (id: string) => byId.get(shortId(id));
	const kept: Seen = {};
	const became = await request.whatBecameOf({
		fingerprints: [...ids.keys()],
		find,
		isElsewhere,
		keep(fingerprint) {
			const id = ids.get(fingerprint);
			if (id !== undefined) kept[id] = gone[id];
		},
	});
	const isTold = ({ task }: Occurrence) =>
		!isElsewhere || (task.state === 'done' && task.status !== find(task.id)?.status);
	return {
		told: became.filter(isTold).map((entry) => [entry, entry.type, find(entry.task.id)]),
		kept,
	};
}

/** What a service says of one thing that this login may not read, or that is not right. 401 and 429 are about all. */
const isAboutOne = (status: number) =>
	status >= 400 && ![401, 408, 429, 502, 503, 504].includes(status);

/**
 * Reads one of those that are gone. One that cannot be read does not stop the others: it is named in the log and, when
 * the fault may be the service's, looked for again at the next poll.
 * @returns `null` when it cannot be read
 */
export async function readGone<T>(
	context: ApiContext,
	read: () => Promise<T>,
	keep: () => void,
): Promise<T | null> {
	return await read().catch(async (error: Error) => {
		const status = error instanceof NodeApiError ? Number(error.httpCode ?? 0) : 0;
		if (!isAboutOne(status)) return await Promise.reject(error);
		if (status >= 500) keep();
		const then =
			status >= 500
				? 'The next poll looks for it again.'
				: `The trigger "${context.getNode().name}" will not report what happened to it; check it in the service.`;
		context.logger.warn(`${error.message}. It is left out. ${then}`);
		return null;
	});
}
