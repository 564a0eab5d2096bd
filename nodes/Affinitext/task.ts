import type { IDataObject } from 'n8n-workflow';

import type { Task, TaskState } from '../shared/task';
import { part, personOf, textOf, type Part } from './aliases';
import { readDate, type DateReading } from './readDate';

/** A task as the library sends it. The vendor has published no field. */
export type AffinitextTask = IDataObject;

/**
 * Words a state may have, after the mails of "6.3 Email Notifications"; letters only, lower case. A verified task was
 * checked, not approved, and the vendor has published no state: no word here is ever a decision.
 */
export const STATES: Record<string, TaskState> = {
	new: 'open',
	open: 'open',
	assigned: 'open',
	taskassigned: 'open',
	inprogress: 'open',
	awaitingverification: 'open',
	awaitingtaskverification: 'open',
	reopened: 'open',
	taskreopened: 'open',
	overdue: 'open',
	complete: 'done',
	completed: 'done',
	taskcompleted: 'done',
	verified: 'done',
	taskverified: 'done',
	closed: 'done',
	done: 'done',
	cancelled: 'cancelled',
	canceled: 'cancelled',
	obsolete: 'cancelled',
	deleted: 'cancelled',
};

/** A state as `STATES` has it. */
export const wordOf = (status: string | null) =>
	(status ?? '').toLowerCase().replace(/[^a-z]/g, '');

function stateOf(status: string | null, completed: string | null): TaskState {
	const word = wordOf(status);
	if (Object.hasOwn(STATES, word)) return STATES[word];
	return status === null && completed !== null ? 'done' : 'open';
}

/** The Task record. What no key is known for is `null`; an unknown state keeps its word and counts as open. */
export function toTask(raw: AffinitextTask, id: string, reading: DateReading): Task {
	const text = (name: Part) => textOf(part(raw, name));
	const date = (name: Part) => readDate(part(raw, name), reading);
	const status = text('status');
	const decidedAt = date('completed');
	const url = text('url');
	return {
		id,
		title: text('title'),
		description: text('description'),
		status,
		state: stateOf(status, decidedAt),
		decision: null,
		requester: personOf(part(raw, 'creator')),
		assignee: personOf(part(raw, 'assignee')),
		dueAt: date('due'),
		createdAt: date('created'),
		updatedAt: date('updated'),
		decidedAt,
		url: url !== null && /^https?:\/\//i.test(url) ? url : null,
		source: 'affinitext',
	};
}
