import { forbidden, notFound } from '@hapi/boom';

import type { Store, Task } from './store';

export interface TaskAccess {
	taskId: string;
	/** The signed-in e-mail; undefined for the public. */
	caller: string | undefined;
	/** Whatever the request carried as `secret`, from the body or else from the query. */
	secret: unknown;
}

/**
 * Loads a copy of a task for whoever may decide it: the approver (exact e-mail) or a holder of the approver secret.
 *
 * Errors: 404 unknown task; 403 wrong secret; a failed assertion, hence 500, without a secret. Being the
 * creator or the requester gives no right. Source: utils.js, getTask and verifyTaskPerm,
 * github.com/clientIO/appmixer-connectors src/appmixer/utils/tasks.
 * Assumption: a failed assertion stays a 500, as on stock hapi; the closed engine may map it.
 */
export function taskForApprover(store: Store, { taskId, caller, secret }: TaskAccess): Task {
	const task = store.tasks.get(taskId);
	if (!task) throw notFound('Task not found.');
	if (caller !== undefined && caller === task.approver) return task;
	if (typeof secret !== 'string' || secret === '') throw new Error('Missing secret.');
	if (secret !== task.approverSecret) throw forbidden();
	return task;
}
