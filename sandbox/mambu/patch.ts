import Joi from 'joi';

import { v2Day } from './dates';
import type { MambuParts } from './parts';
import { refusal } from './refuse';
import { writePatched } from './saveV2';
import type { MambuTask } from './store';

interface PatchOperation {
	op: string;
	path: string;
	value?: unknown;
	from?: string;
}

/** PatchOperation in github.com/skyleague/mambu-sdk. MambuPy sends `op` in lower case: both are taken. */
const PATCH = Joi.array()
	.items(
		Joi.object({
			op: Joi.string()
				.valid('ADD', 'REPLACE', 'REMOVE', 'MOVE', 'add', 'replace', 'remove', 'move')
				.required(),
			path: Joi.string()
				.pattern(/^\/\w+$/)
				.required(),
			value: Joi.any(),
			from: Joi.string().pattern(/^\/\w+$/),
		}),
	)
	.min(1)
	.required();

type Json = Record<string, unknown>;

function apply(task: Json, { op, path, value, from }: PatchOperation, parts: MambuParts): void {
	const { patchable, patchMissing } = parts.options;
	const field = path.slice(1);
	const mayChange = (name: string) => {
		if (!patchable.includes(name)) throw refusal(400, 'INVALID_TASK_FIELD_CHANGE', name);
	};
	mayChange(field);
	const verb = op.toUpperCase();
	const missing = task[field] === undefined && (verb === 'REPLACE' || verb === 'REMOVE');
	if (missing && patchMissing === 'refused') throw refusal(400, 'INVALID_PARAMETERS', path);
	// storage has no task that is nobody's
	if (verb === 'REMOVE' && field === 'assignedUserKey') {
		throw refusal(400, 'INVALID_TASK_FIELD_CHANGE', field);
	}
	if (verb === 'REMOVE') {
		delete task[field];
	} else if (verb === 'MOVE') {
		const source = String(from).slice(1);
		mayChange(source);
		task[field] = task[source];
		delete task[source];
	} else {
		if (value === undefined) throw refusal(400, 'MISSING_REQUIRED_PARAMETER', path);
		task[field] = value;
	}
}

/** All operations or none. */
export function patchTask(
	task: MambuTask,
	payload: unknown,
	by: string,
	parts: MambuParts,
): MambuTask {
	const { error, value } = PATCH.validate(payload, { convert: false });
	if (error) throw refusal(400, 'INVALID_PARAMETERS', error.details[0].path.join('.'));
	const patched: Json = { ...task, dueDate: v2Day(task.dueDate) };
	for (const operation of value as PatchOperation[]) apply(patched, operation, parts);
	return writePatched(task, patched, by, parts);
}
