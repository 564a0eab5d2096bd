import type { IDataObject } from 'n8n-workflow';

import { getTask, saveTask, type MambuApi, type PatchOperation } from './api';
import type { MambuTask } from './task';

/**
 * The whole task for a version 1 update: required fields have to be sent again, and whether Mambu keeps or clears
 * what is left out is not documented. Empty values are left out, which is all the document allows.
 */
function resent(task: MambuTask): IDataObject {
	const { encodedKey, title, description, dueDate, assignedUserKey } = task;
	const { taskLinkKey, taskLinkType, completionDate } = task;
	const completed = task.status === 'COMPLETED';
	const known = {
		encodedKey,
		title,
		description,
		dueDate,
		assignedUserKey,
		// OVERDUE is a word for reading only
		status: completed ? 'COMPLETED' : 'OPEN',
		...(completed && { completionDate }),
		...(taskLinkKey && { taskLinkKey, taskLinkType }),
	};
	return Object.fromEntries(
		Object.entries(known).filter(([, value]) => value !== undefined && value !== null),
	);
}

/** Version 1: reads the task, and sends all of it with the changes. No changes: nothing is sent. */
export async function updateV1(
	api: MambuApi,
	taskId: string,
	changesTo: (task: MambuTask) => IDataObject | null,
	action: string,
): Promise<MambuTask> {
	const task = await getTask(api, taskId);
	const changes = changesTo(task);
	if (changes === null) return task;
	const body = Object.entries({ ...resent(task), ...changes }).filter(([, v]) => v !== undefined);
	return await saveTask(api, Object.fromEntries(body), action);
}

/** Always there, so that they can be replaced unseen. */
const ALWAYS_THERE = ['title', 'dueDate', 'status'];

/**
 * Version 2: the PATCH operations for the changes; an empty text removes the field. A field that the task does not
 * have yet is added, since replacing it may be refused: only then the task is read first.
 */
export async function patchFor(
	api: MambuApi,
	taskId: string,
	changes: IDataObject,
): Promise<PatchOperation[]> {
	const unseen = Object.keys(changes).every((field) => ALWAYS_THERE.includes(field));
	const task: MambuTask = unseen ? {} : await getTask(api, taskId);
	return Object.entries(changes).flatMap(([field, value]): PatchOperation[] => {
		const path = `/${field}`;
		const isThere =
			ALWAYS_THERE.includes(field) || (task[field] !== undefined && task[field] !== null);
		if (value === '') return isThere ? [{ op: 'REMOVE', path }] : [];
		return [{ op: isThere ? 'REPLACE' : 'ADD', path, value }];
	});
}
