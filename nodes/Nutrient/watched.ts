/** What watching tasks and watching requests have in common. */
import { forEachParallel } from '../shared/items/parallel';
import type { Task } from '../shared/task';
import type { PollRequest } from '../shared/trigger/pollRequest';

const WORKERS = 5;

export type Watched = Omit<PollRequest, 'login' | 'events' | 'rawOutput'>;

/** A completion is a change of status, also for those who asked only for these. */
export const changed = (task: Task, events: string[]) =>
	task.state === 'done' && events.includes('completed') ? 'completed' : 'statusChanged';

export async function eachOf<T>(entries: T[], work: (entry: T) => Promise<void>): Promise<void> {
	const failure = await forEachParallel(entries, WORKERS, work);
	if (failure) throw failure;
}
