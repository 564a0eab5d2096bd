/** What keeps a wait waiting that may look like an answer in CRM2. */
import type { Task } from '../shared/task';
import { COMPLETED, isKnownStatus } from './task';

/** A domain has words of its own, and which of them mean done is not documented. */
export function whyWaiting({ id, status }: Task): string[] {
	if (status !== null && isKnownStatus(status)) return [];
	const shown = status === null ? 'shows no status' : `has the status "${status.slice(0, 100)}"`;
	return [`Task ${id} ${shown}: only ${COMPLETED} is done, so it goes on waiting.`];
}
