import { badRequest } from '@hapi/boom';

import type { Clock } from '../clock';
import { taskForApprover, type TaskAccess } from './authorise';
import type { Deliveries } from './deliver';
import type { Store, Task } from './store';

export type Decision = 'approve' | 'reject';

export type Decide = (access: TaskAccess, decision: Decision) => Promise<Task>;

const STATUS: Record<Decision, string> = { approve: 'approved', reject: 'rejected' };

/**
 * Approves or rejects, as routes.js does: from any status but `approved` and `rejected`; the receivers are told
 * first, all are waited for, and only then is the task saved. A receiver that fails does not fail the decision;
 * a registration deleted during its own callback does, and nothing is saved.
 *
 * Errors: those of `taskForApprover`, and 400 `Cannot approve task, already approved`.
 */
export function createDecide(store: Store, deliveries: Deliveries, clock: Clock): Decide {
	async function decide(access: TaskAccess, decision: Decision): Promise<Task> {
		const task = taskForApprover(store, access);
		if (Object.values(STATUS).includes(task.status)) {
			throw badRequest(`Cannot ${decision} task, already ${task.status}`);
		}
		task.status = STATUS[decision];
		task.decisionMade = new Date(clock.now());
		await deliveries.fire(task);
		return store.tasks.save(task);
	}

	return async (access, decision) => await deliveries.track(decide(access, decision));
}
