import Joi from 'joi';

import { readDay } from './dates';
import type { MambuParts } from './parts';
import { refusal } from './refuse';
import { LINK_TYPES, type LinkType, type MambuTask } from './store';
import { readTitle } from './title';

type Json = Record<string, unknown>;

/** docs.mambu.com, /api/api-v2/tasks/schemas/task. Assumption: a title is needed, and unknown keys are ignored. */
const TASK = Joi.object({
	title: Joi.string().required(),
	dueDate: Joi.string().required(),
	description: Joi.string().allow(''),
	status: Joi.valid('OPEN', 'COMPLETED'),
	assignedUserKey: Joi.string(),
	taskLinkKey: Joi.string(),
	taskLinkType: Joi.valid(...LINK_TYPES),
}).unknown();

function fieldsOf(payload: unknown, { options }: MambuParts, caller?: string) {
	const { error, value } = TASK.validate(payload ?? {}, { convert: false });
	if (error) {
		const missing = error.details[0].type === 'any.required';
		const name = missing ? 'MISSING_REQUIRED_PARAMETER' : 'INVALID_PARAMETERS';
		throw refusal(400, name, error.details[0].path.join('.'));
	}
	const task = value as Json;
	const dueDate = readDay(task.dueDate);
	if (!dueDate) throw refusal(400, 'INVALID_PARAMETERS', 'dueDate');
	const missing = options.v2NoAssignee === 'refused' ? undefined : caller;
	const key = (task.assignedUserKey as string | undefined) ?? missing;
	if (caller !== undefined && key === undefined) {
		throw refusal(400, 'MISSING_REQUIRED_PARAMETER', 'assignedUserKey');
	}
	if (key !== undefined && !options.users.some(({ encodedKey }) => encodedKey === key)) {
		throw refusal(400, 'INVALID_USER_ID', 'assignedUserKey');
	}
	if (Boolean(task.taskLinkKey) !== Boolean(task.taskLinkType)) {
		throw refusal(400, 'INVALID_PARAMETERS', 'taskLinkType');
	}
	return {
		title: readTitle(task.title),
		dueDate,
		description: (task.description as string | undefined) || undefined,
		assignedUserKey: key,
		taskLinkKey: task.taskLinkKey as string | undefined,
		taskLinkType: task.taskLinkType as LinkType | undefined,
		status: (task.status ?? 'OPEN') as MambuTask['status'],
	};
}

/** A new task is open, whatever was sent (docs.mambu.com, tasks). */
export function createV2(payload: unknown, createdBy: string, parts: MambuParts): MambuTask {
	const fields = fieldsOf(payload, parts, createdBy);
	const task = parts.store.add({ ...fields, status: 'OPEN', createdByUserKey: createdBy });
	// absent, not undefined
	return parts.store.change(task, { ...fields, status: 'OPEN' });
}

/** PUT: the whole task. */
export function replaceV2(
	task: MambuTask,
	payload: unknown,
	by: string,
	parts: MambuParts,
): MambuTask {
	const fields = fieldsOf(payload, parts);
	const given = Object.entries(fields).filter(
		([name, value]) =>
			value !== undefined || (parts.options.omitted === 'clear' && name !== 'assignedUserKey'),
	);
	return parts.store.change(task, Object.fromEntries(given), by);
}

/** Checks the task a PATCH would leave behind, and writes it. */
export function writePatched(
	task: MambuTask,
	patched: Json,
	by: string,
	parts: MambuParts,
): MambuTask {
	return parts.store.change(task, fieldsOf(patched, parts), by);
}
