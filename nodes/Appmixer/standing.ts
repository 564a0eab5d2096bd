/** How a task stands after a decision that failed. The status of a failure tells little, and may hide that the task is decided. */
import { NodeApiError } from 'n8n-workflow';

import { withinDeadline } from '../shared/http/deadline';
import { isDoubtful } from '../shared/http/nodeErrors';
import { findAgain, type AppmixerApi } from './api';
import type { AppmixerTask } from './task';

/** Milliseconds for the reading, which must not make a failure wait. */
const PATIENCE = 5000;
/** Refused like this, the reading would be, too. */
const NOT_ASKED = ['401', '429'];

/** Adds to the error what the task's status is, where it can be read. What failed stays a failure, also when it reads "approved". */
export async function tellStanding(
	api: AppmixerApi,
	taskId: string,
	secret: string | undefined,
	error: unknown,
): Promise<void> {
	if (!(error instanceof NodeApiError) || NOT_ASKED.includes(error.httpCode ?? '')) return;
	const reading = async () => await read({ ...api, timeout: PATIENCE }, taskId, secret);
	const task = await withinDeadline(PATIENCE, undefined, reading).catch(() => null);
	if (typeof task?.status !== 'string') return;
	const words = wordsFor(task.status, isDoubtful(error));
	error.description = [error.description, `Checked after the failure: the task is ${words}.`]
		.filter(Boolean)
		.join(' ');
}

/** By the secret, else by the login: a wrong secret shows nothing. */
const read = async (
	api: AppmixerApi,
	taskId: string,
	secret?: string,
): Promise<AppmixerTask | null> =>
	(secret ? await findAgain(api, taskId, secret) : null) ?? (await findAgain(api, taskId));

function wordsFor(status: string, mayComeYet: boolean): string {
	if (status === 'approved' || status === 'rejected') return `already ${status}`;
	const isOpen = status === 'pending' || status === 'due';
	const late = mayComeYet ? '; a decision that is on its way shows later' : '';
	return isOpen ? `still ${status}${late}` : `"${status.slice(0, 100)}"`;
}
