import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { choiceField, additionalFieldsCollection } from '../../../shared/items/fields/makeField';
import { simplify } from '../../../shared/items/fields/runFields';
import type { FieldReader, ItemFields } from '../../../shared/items/fields/fieldReader';
import { idempotencyKey } from '../../../shared/http/idempotencyKey';
import type { ItemOperation } from '../../../shared/items/operations';
import { createFromForm, createTask, openApi, saveTask, type MambuApi } from '../../api';
import {
	assigneeField,
	completionDateField,
	dateFor,
	descriptionField,
	dueDateField,
	linkKeyField,
	linkTypeField,
	readAssignee,
	readLink,
	readTitle,
	titleField,
	toV1Date,
	wrongVersion,
} from '../../fields';
import { taskOutput } from '../../output';
import type { MambuTask } from '../../task';
import { assigneeKey, assigneeName, type Assignee } from '../../users';

const statusField = choiceField('Status', 'status', 'OPEN', {
	description: 'The status of the new task. API V2 opens every new task.',
	choices: { Completed: ['COMPLETED', 'API V1 only'], Open: 'OPEN' },
});

const sendAsField = choiceField('Send As', 'sendAs', 'json', {
	description:
		'How the task is sent. A form takes user name, client ID and group ID instead of keys.',
	choices: { Form: ['form', 'URL-encoded, API V1 only'], JSON: 'json' },
});

export const create: ItemOperation = {
	name: 'Create',
	description: 'Create a task for a user',
	action: 'Create a task',
	access: 'write',
	once: true,
	fields: [
		titleField,
		dueDateField,
		assigneeField,
		additionalFieldsCollection([
			completionDateField,
			descriptionField,
			linkKeyField,
			linkTypeField,
			statusField,
		]),
		simplify,
	],
	options: [sendAsField],
	async prepare(read) {
		const api = await openApi(this);
		const asForm = read.options().choice(sendAsField) === 'form';
		if (asForm && api.version === 'v2') throw wrongVersion(read, 'Send As Form', 'V1');
		const prepare = asForm ? prepareForm : { v1: prepareV1, v2: prepareV2 }[api.version];
		const simple = read.simple();
		const create = await prepare(this, api, read, read.within('additionalFields'));
		const call = async () => taskOutput(await create(), simple);
		return Object.assign(call, { idempotencyKey: create.idempotencyKey });
	},
};

type Create = (() => Promise<MambuTask>) & { idempotencyKey?: string };

const isCompleted = (fields: FieldReader) => fields.choice(statusField) === 'COMPLETED';

const described = (fields: FieldReader): { description?: string } =>
	fields.has(descriptionField) ? { description: fields.written(descriptionField) } : {};

/** Version 1 refuses a task that is nobody's. */
function requireAssignee(read: FieldReader): Assignee {
	const assignee = readAssignee(read);
	if (assignee) return assignee;
	throw read.error(
		'Assignee is empty',
		'Choose who the task is for: API V1 takes no task without an assignee.',
	);
}

async function prepareV2(
	context: IExecuteFunctions,
	api: MambuApi,
	read: ItemFields,
	fields: FieldReader,
): Promise<Create> {
	if (isCompleted(fields)) throw wrongVersion(read, 'Creating a completed task', 'V1');
	if (fields.has(completionDateField)) throw wrongVersion(read, 'Completion Date', 'V1');
	const assignee = readAssignee(read);
	const body: IDataObject = {
		title: readTitle(read)(titleField),
		dueDate: read.day(dueDateField),
		...described(fields),
		...readLink(fields),
		...(assignee && { assignedUserKey: await assigneeKey(api, assignee) }),
	};
	const key = idempotencyKey(context, read.itemIndex, body);
	const call = async () => await createTask(api, body, key);
	return Object.assign(call, { idempotencyKey: key });
}

async function prepareV1(
	context: IExecuteFunctions,
	api: MambuApi,
	read: ItemFields,
	fields: FieldReader,
): Promise<Create> {
	const timezone = context.getTimezone();
	const completionDate = fields.ifGiven(completionDateField, dateFor('v1', fields, timezone));
	const completed = isCompleted(fields);
	if (completionDate !== undefined && !completed) {
		throw read.error(
			'An open task has no Completion Date',
			'Remove it, or set Status to Completed.',
		);
	}
	const task: IDataObject = {
		title: readTitle(read)(titleField),
		dueDate: dateFor('v1', read, timezone)(dueDateField),
		status: fields.choice(statusField),
		...(completed && { completionDate: completionDate ?? toV1Date(new Date(), timezone) }),
		...described(fields),
		...readLink(fields),
		assignedUserKey: await assigneeKey(api, requireAssignee(read)),
	};
	return async () => await saveTask(api, task);
}

/** The link of a form: its parameters take IDs, and only clients and groups. */
const FORM_LINKS: Record<string, string> = { CLIENT: 'clientid', GROUP: 'groupid' };

async function prepareForm(
	_context: IExecuteFunctions,
	api: MambuApi,
	read: ItemFields,
	fields: FieldReader,
): Promise<Create> {
	if (isCompleted(fields) || fields.has(completionDateField)) {
		throw read.error('A form creates open tasks only', 'Set Send As to JSON.');
	}
	const link = readLink(fields);
	if (link && !FORM_LINKS[link.taskLinkType]) {
		throw read.error('A form links to clients and groups only', 'Set Send As to JSON.');
	}
	const title = readTitle(read)(titleField);
	const duedate = read.day(dueDateField);
	const form: Record<string, string> = {
		title,
		username: await assigneeName(api, requireAssignee(read)),
		duedate,
		...(link && { [FORM_LINKS[link.taskLinkType]]: link.taskLinkKey }),
		...described(fields),
	};
	return async () => await createFromForm(api, form);
}
