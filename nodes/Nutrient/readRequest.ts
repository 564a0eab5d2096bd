/** Reads what a wait needs of requests. What is gone is `null`; what is hidden is an error, as a right may come back. */
import { NodeApiError } from 'n8n-workflow';

import { meaningOf } from '../shared/http/nodeErrors';
import type { ApiContext } from '../shared/http/transport';
import { findRequestTasks, getRequest } from './api';
import { readApproval } from './calls/tasks';

/** What the reading gives; `null` when the service answered with one of these statuses, in whatever words. */
async function unless<T>(statuses: number[], reading: Promise<T>): Promise<T | null> {
	return await reading.catch(async (error: unknown) => {
		if (error instanceof NodeApiError && statuses.includes(meaningOf(error) ?? 0)) return null;
		return await Promise.reject(error as Error);
	});
}

export const readRows = async (context: ApiContext, id: string) =>
	await unless([404], findRequestTasks(context, id, [404]));

/** The request, with what was filled in. */
export const readDetail = async (context: ApiContext, id: string) =>
	await unless([404], getRequest(context, id, { includeCompletedForms: true }));

/** The answer to reading one approval; a server may refuse it for one that is decided, or to who is not its assignee. */
export const readOwnAnswer = async (context: ApiContext, taskId: string) =>
	await unless([400, 403, 404, 405, 409, 410], readApproval(context, taskId));
