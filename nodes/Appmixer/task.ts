import type { IDataObject } from 'n8n-workflow';

import { toTaskDate } from '../shared/items/wireDates';
import type { Decision, Person, Task, TaskState } from '../shared/task';

/**
 * A task as People Task sends it. The plugin (Appmixer 5.1 and newer) says `taskId`, the older built-in module `id`.
 * https://docs.appmixer.com/appmixer/api/people-task and github.com/clientIO/appmixer-connectors, utils/tasks
 */
export interface AppmixerTask extends IDataObject {
	taskId?: string;
	id?: string;
	title?: string;
	description?: string;
	status?: string;
	approver?: string;
	requester?: string;
	decisionBy?: string | null;
	decisionMade?: string | null;
	created?: string;
	mtime?: string;
	/** Only in the answer to create. Whoever has it decides every task of that approver, for ever. */
	approverSecret?: string;
	requesterSecret?: string;
}

/** `due` is not final: approve and reject still work. */
const STATUS: Record<string, { state: TaskState; decision: Decision }> = {
	pending: { state: 'open', decision: null },
	due: { state: 'open', decision: null },
	approved: { state: 'done', decision: 'approved' },
	rejected: { state: 'done', decision: 'rejected' },
};

/** Whether the word is one of the four documented statuses. */
export const isKnownStatus = (status: unknown): status is string =>
	typeof status === 'string' && Object.hasOwn(STATUS, status);

export function isAppmixerTask(value: unknown): value is AppmixerTask {
	return typeof value === 'object' && value !== null && idOf(value as AppmixerTask) !== '';
}

/** The task's ID under either name; empty when it has none. */
export function idOf(task: AppmixerTask): string {
	const own = (key: 'taskId' | 'id') => (Object.hasOwn(task, key) ? task[key] : undefined);
	const id = own('taskId') ?? own('id');
	return typeof id === 'string' ? id : '';
}

/** The Task record. An unknown status keeps its word, counts as open, and decides nothing. */
export function toTask(raw: AppmixerTask): Task {
	const status = text(raw, 'status');
	const known = isKnownStatus(status) ? STATUS[status] : { state: 'open' as const, decision: null };
	return {
		id: idOf(raw),
		title: text(raw, 'title'),
		description: text(raw, 'description'),
		status,
		...known,
		requester: person(text(raw, 'requester')),
		assignee: person(text(raw, 'approver')),
		dueAt: toTaskDate(text(raw, 'decisionBy')),
		createdAt: toTaskDate(text(raw, 'created')),
		updatedAt: toTaskDate(text(raw, 'mtime')),
		decidedAt: toTaskDate(text(raw, 'decisionMade')),
		url: null,
		source: 'appmixer',
	};
}

/** What a task's answer to create says and nothing else may. */
export const SECRETS = ['approverSecret', 'requesterSecret'];

/** The task without its two secrets. */
export const withoutSecrets = (raw: AppmixerTask): AppmixerTask =>
	Object.fromEntries(Object.entries(raw).filter(([name]) => !SECRETS.includes(name)));

function text(raw: AppmixerTask, key: keyof AppmixerTask): string | null {
	const value = Object.hasOwn(raw, key) ? raw[key] : null;
	return typeof value === 'string' ? value : null;
}

const person = (email: string | null): Person | null =>
	email ? { id: null, name: null, email } : null;
