import { randomUUID } from 'node:crypto';
import Joi from 'joi';

import type { Clock } from '../clock';
import type { Store, Task } from './store';

/** What `POST /tasks` accepts; any other key is refused. Source: routes.js. */
export const NEW_TASK = Joi.object({
	title: Joi.string().required(),
	description: Joi.string(),
	requester: Joi.string().email().required(),
	approver: Joi.string().email().required(),
	decisionBy: Joi.date().iso(),
});

export interface NewTask {
	title: string;
	description?: string;
	requester: string;
	approver: string;
	decisionBy?: Date;
}

/**
 * Stores a new pending task and returns it with both secrets. Without `decisionBy` the returned date is invalid
 * (null in JSON) and the stored one is 1970-01-01, so that the due job takes the task within a minute.
 */
export function createTask(store: Store, clock: Clock, input: NewTask): Task {
	return store.tasks.save({
		...input,
		taskId: randomUUID(),
		status: 'pending',
		approverSecret: store.secretOf(input.approver),
		requesterSecret: store.secretOf(input.requester),
		decisionBy: input.decisionBy ?? new Date(Number.NaN),
		created: new Date(clock.now()),
		mtime: new Date(clock.now()),
	});
}
