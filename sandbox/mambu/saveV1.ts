import Joi from 'joi';

import { readDay, readV1Date } from './dates';
import type { MambuParts } from './parts';
import { refusal } from './refuse';
import { LINK_TYPES, type Linked, type LinkType, type MambuTask } from './store';
import { readTitle } from './title';

type Json = Record<string, unknown>;

/** The JSON parameters of the 2018 document; the three it lists as input but that are read-only are ignored. */
const JSON_TASK = Joi.object({
	encodedKey: Joi.string(),
	id: Joi.alternatives(Joi.number(), Joi.string()),
	title: Joi.string().required(),
	dueDate: Joi.string().required(),
	assignedUserKey: Joi.string().required(),
	description: Joi.string().allow('', null),
	status: Joi.string(),
	completionDate: Joi.string().allow(null),
	taskLinkKey: Joi.string().allow(null),
	taskLinkType: Joi.valid(...LINK_TYPES, null),
}).unknown();

const FORM_TASK = Joi.object({
	title: Joi.string().required(),
	username: Joi.string().required(),
	duedate: Joi.string().required(),
	clientid: Joi.string(),
	groupid: Joi.string(),
	description: Joi.string().allow(''),
}).unknown();

const sourceOf = (error: Joi.ValidationError) => error.details[0].path.join('.');

function checked(schema: Joi.ObjectSchema, value: unknown): Json {
	const { error, value: read } = schema.validate(value ?? {}, { convert: false });
	if (!error) return read as Json;
	const missing = error.details[0].type === 'any.required';
	throw refusal(
		400,
		missing ? 'MISSING_REQUIRED_PARAMETER' : 'INVALID_PARAMETERS',
		sourceOf(error),
	);
}

const dateOrRefuse = (value: Date | undefined, source: string): Date => {
	if (value) return value;
	throw refusal(400, 'INVALID_DATE', source);
};

/** Writing knows OPEN and COMPLETED, in any case (Mambu-APIs-Java, models 9.6); OVERDUE is only read. */
function statusOf({ status: given = 'OPEN' }: Json): MambuTask['status'] {
	const status = String(given).toUpperCase();
	if (status === 'OPEN' || status === 'COMPLETED') return status;
	throw refusal(400, 'INVALID_TASK_STATUS', 'status');
}

function completionOf(task: Json, status: MambuTask['status'], parts: MambuParts) {
	const given = task.completionDate
		? dateOrRefuse(readV1Date(task.completionDate), 'completionDate')
		: undefined;
	const agree = (status === 'COMPLETED') === (given !== undefined);
	if (agree) return given;
	if (parts.options.completionDates === 'strict') {
		throw refusal(400, 'INVALID_TASK_STATE_AND_COMPLETION_DATE');
	}
	return status === 'COMPLETED' ? new Date(parts.clock.now()) : undefined;
}

function fieldsOf(task: Json, parts: MambuParts): Omit<MambuTask, ServerFields> {
	const status = statusOf(task);
	const key = String(task.assignedUserKey);
	if (!parts.options.users.some(({ encodedKey }) => encodedKey === key)) {
		throw refusal(400, 'INVALID_USER_ID', 'assignedUserKey');
	}
	if (Boolean(task.taskLinkKey) !== Boolean(task.taskLinkType)) {
		throw refusal(400, 'INVALID_PARAMETERS', 'taskLinkType');
	}
	return {
		title: readTitle(task.title),
		dueDate: dateOrRefuse(readV1Date(task.dueDate), 'dueDate'),
		assignedUserKey: key,
		status,
		completionDate: completionOf(task, status, parts),
		...(Boolean(task.description) && { description: String(task.description) }),
		...(Boolean(task.taskLinkKey) && {
			taskLinkKey: String(task.taskLinkKey),
			taskLinkType: task.taskLinkType as LinkType,
		}),
	};
}

type ServerFields = 'encodedKey' | 'id' | 'createdByUserKey' | 'creationDate' | 'lastModifiedDate';

/** JSON create and update in one: a `task.encodedKey` makes it an update. */
export function saveJson(payload: unknown, caller: string, parts: MambuParts): MambuTask {
	const { store, options } = parts;
	const envelope = (payload ?? {}) as Json;
	if (typeof envelope.task !== 'object') {
		throw refusal(400, 'MISSING_REQUIRED_PARAMETER', 'task');
	}
	const task = checked(JSON_TASK, envelope.task);
	const fields = fieldsOf(task, parts);
	if (task.encodedKey === undefined) return store.add({ ...fields, createdByUserKey: caller });
	const stored = store.tasks.find(({ encodedKey }) => encodedKey === task.encodedKey);
	if (!stored) throw refusal(options.unknownTaskStatus, 'INVALID_TASK_ID');
	const cleared: Partial<MambuTask> = {};
	if (options.omitted === 'clear') {
		Object.assign(cleared, { description: undefined });
		Object.assign(cleared, { taskLinkKey: undefined, taskLinkType: undefined });
	}
	if (task.taskLinkKey === null && options.nullLink === 'unlink') {
		Object.assign(cleared, { taskLinkKey: undefined, taskLinkType: undefined });
	}
	return store.change(stored, { ...cleared, ...fields }, caller);
}

const UNKNOWN = { clientid: 'INVALID_CLIENT_ID', groupid: 'INVALID_GROUP_ID' };

const linkedTo = (id: unknown, among: Linked[], source: 'clientid' | 'groupid'): string => {
	const linked = among.find((one) => one.id === id || one.encodedKey === id);
	if (!linked) throw refusal(400, UNKNOWN[source], source);
	return linked.encodedKey;
};

/**
 * URL-encoded create. The date has no time part (Mambu-APIs-Java, `DateUtils.DATE_FORMAT`).
 * Assumption: `clientID` of the table and `clientid` of the example are one parameter.
 */
export function createFromForm(payload: unknown, caller: string, parts: MambuParts): MambuTask {
	const lower = Object.entries((payload ?? {}) as Json).map(([k, v]) => [k.toLowerCase(), v]);
	const form = checked(FORM_TASK, Object.fromEntries(lower));
	const user = parts.options.users.find(({ username, encodedKey, id }) =>
		[username, encodedKey, id].includes(String(form.username)),
	);
	if (!user) throw refusal(400, 'INVALID_USER_NAME', 'username');
	if (form.clientid && form.groupid) throw refusal(400, 'INVALID_PARAMETERS', 'groupid');
	const { clients, groups } = parts.store;
	return parts.store.add({
		title: readTitle(form.title),
		dueDate: dateOrRefuse(readDay(form.duedate), 'duedate'),
		assignedUserKey: user.encodedKey,
		createdByUserKey: caller,
		...(Boolean(form.description) && { description: String(form.description) }),
		...(Boolean(form.clientid) && {
			taskLinkKey: linkedTo(form.clientid, clients, 'clientid'),
			taskLinkType: 'CLIENT' as const,
		}),
		...(Boolean(form.groupid) && {
			taskLinkKey: linkedTo(form.groupid, groups, 'groupid'),
			taskLinkType: 'GROUP' as const,
		}),
	});
}
