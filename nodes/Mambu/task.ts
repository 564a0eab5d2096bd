import type { IDataObject } from 'n8n-workflow';

import { toTaskDate } from '../shared/items/wireDates';
import type { Decision, Person, Task, TaskState } from '../shared/task';

/**
 * A task as either version sends it: version 1 writes instants and tells the completion date, version 2 a due day.
 * Version 1: Mambu's "Tasks API" of 2018. Version 2: https://docs.mambu.com/api/api-v2/tasks/schemas/task
 */
export interface MambuTask extends IDataObject {
	encodedKey?: string;
	id?: number;
	title?: string;
	description?: string;
	status?: string;
	dueDate?: string;
	/** Version 1 only. */
	completionDate?: string;
	/** Version 1 only; negative when late. */
	daysUntilDue?: number;
	assignedUserKey?: string;
	createdByUserKey?: string;
	createdByFullName?: string;
	creationDate?: string;
	lastModifiedDate?: string;
	taskLinkKey?: string;
	taskLinkType?: string;
}

/** A task in Mambu is done or not; nobody approves it. `OVERDUE` is an open task past its due date. */
const STATUS: Record<string, { state: TaskState; decision: Decision }> = {
	OPEN: { state: 'open', decision: null },
	OVERDUE: { state: 'open', decision: null },
	COMPLETED: { state: 'done', decision: null },
};

const UNKNOWN = { state: 'open' as const, decision: null };

export function isMambuTask(value: unknown): value is MambuTask {
	return typeof value === 'object' && value !== null && idOf(value as MambuTask) !== '';
}

/** The encoded key, which every call takes; the number where there is none; empty for neither. */
export function idOf(task: MambuTask): string {
	return text(task, 'encodedKey') ?? numberOf(task);
}

/** What tells a task from others: its ID, or where it has none its content. */
export const keyOf = (task: MambuTask) => idOf(task) || JSON.stringify(task);

/** The number in Mambu's pages, as text; empty when there is none. */
export function numberOf(task: MambuTask): string {
	const id = Object.hasOwn(task, 'id') ? task.id : undefined;
	return typeof id === 'number' || (typeof id === 'string' && id !== '') ? String(id) : '';
}

/** The Task record. An unknown status keeps its word, counts as open, and decides nothing. */
export function toTask(raw: MambuTask): Task {
	const status = text(raw, 'status');
	const known = status !== null && Object.hasOwn(STATUS, status) ? STATUS[status] : UNKNOWN;
	return {
		id: idOf(raw),
		title: text(raw, 'title'),
		description: text(raw, 'description'),
		status,
		...known,
		requester: person(text(raw, 'createdByUserKey'), text(raw, 'createdByFullName')),
		assignee: person(text(raw, 'assignedUserKey'), null),
		dueAt: toTaskDate(text(raw, 'dueDate')),
		createdAt: toTaskDate(text(raw, 'creationDate')),
		updatedAt: toTaskDate(text(raw, 'lastModifiedDate')),
		decidedAt: toTaskDate(text(raw, 'completionDate')),
		url: null,
		source: 'mambu',
	};
}

function text(raw: MambuTask, key: keyof MambuTask): string | null {
	const value = Object.hasOwn(raw, key) ? raw[key] : null;
	return typeof value === 'string' && value !== '' ? value : null;
}

const person = (id: string | null, name: string | null): Person | null =>
	id || name ? { id, name, email: null } : null;
