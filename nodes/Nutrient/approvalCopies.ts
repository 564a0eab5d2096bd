/** Tells the tasks of a request apart: which rows are copies of the same task, and who has each. */
import type { IDataObject } from 'n8n-workflow';

import type { Person, TaskState } from '../shared/task';
import { plain, textField } from './readWire';
import { statusOf, taskIdOf, toTask } from './task';

/** One assignee's copy of an approval. */
export interface ApprovalCopy {
	/** What approvals name. */
	id: string;
	/** The task in this request that it is a copy of; its own ID where the row does not tell. */
	task: string;
	title: string | null;
	recipient: Person | null;
	state: TaskState;
	/** Given to somebody else, who has a copy of their own: it has no vote any more. */
	isReassigned: boolean;
	raw: IDataObject;
}

const INSTANCE_TASK = [
	'instancetasksid',
	'instancetaskguid',
	'instancetaskid',
	'itasksid',
	'itaskguid',
	'itaskid',
];

/** Whether two SIDs are one. */
export const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The rows of one assignee's copy of a task; usually one, or none. */
export const rowsOfTask = (rows: IDataObject[], taskId: string): IDataObject[] =>
	taskId === '' ? [] : rows.filter((row) => same(taskIdOf(row), taskId));

/** The row of one assignee's copy of a task; `null` when it is not there. */
export const rowOfTask = (rows: IDataObject[], taskId: string): IDataObject | null =>
	rowsOfTask(rows, taskId)[0] ?? null;

/** Whether a row is of an approval; `null` when it does not tell its type. */
export function isApproval(row: IDataObject): boolean | null {
	const type = textField(row, 'tasktype', 'tasktypename', 'type');
	return type === null ? null : plain(type).includes('approval');
}

function copyOf(raw: IDataObject): ApprovalCopy {
	const { id, title, assignee, state } = toTask(raw);
	return {
		id,
		task: textField(raw, ...INSTANCE_TASK) ?? id,
		title,
		recipient: assignee,
		state,
		isReassigned: plain(statusOf(raw) ?? '') === 'reassigned',
		raw,
	};
}

/** All copies of the task that this one is a copy of, itself among them; empty when it is not there. */
export function copiesOfTask(rows: IDataObject[], taskId: string): ApprovalCopy[] {
	const own = rowOfTask(rows, taskId);
	if (own === null) return [];
	const { task } = copyOf(own);
	return rows
		.filter((row) => taskIdOf(row) !== '')
		.map(copyOf)
		.filter((copy) => same(copy.task, task));
}

/**
 * The approvals of a request that have begun, each with its copies, in the order in which they came: not those of the
 * process that have not begun.
 * @param name of the approvals that are asked for; else all, without tasks that do not tell their type
 */
export function approvalsOf(rows: IDataObject[], name?: string): ApprovalCopy[][] {
	const groups = new Map<string, ApprovalCopy[]>();
	for (const raw of rows) {
		const copy = copyOf(raw);
		const isAsked =
			name === undefined
				? isApproval(raw) === true
				: isApproval(raw) !== false && isNamed(copy, name);
		if (!isAsked || copy.id === '') continue;
		const key = copy.task.toLowerCase();
		groups.set(key, [...(groups.get(key) ?? []), copy]);
	}
	return [...groups.values()];
}

const isNamed = ({ title }: ApprovalCopy, name: string) => same((title ?? '').trim(), name.trim());
