import { type IDataObject, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { fieldError } from '../../../shared/http/errors';
import { simplify } from '../../../shared/items/fields/commonFields';
import { idempotencyKey } from '../../../shared/http/idempotencyKey';
import type { ItemOperation, PreparedCall } from '../../../shared/items/operations';
import { createFromForm, createTask, openApi, saveTask, type MambuApi } from '../../api';
import {
	assigneeField,
	checkDate,
	checkTitle,
	completionDateField,
	descriptionField,
	dueDateField,
	linkKeyField,
	linkTypeField,
	readAssigneeFrom,
	readLink,
	readOptions,
	titleField,
	wrongVersion,
} from '../../fields';
import { readSimple, taskOutput } from '../../output';
import { assigneeKey, assigneeName, type Assignee } from '../../users';

const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Completed', value: 'COMPLETED', description: 'API V1 only' },
		{ name: 'Open', value: 'OPEN' },
	],
	default: 'OPEN',
	description: 'The status of the new task. API V2 opens every new task.',
};

const sendAsField: INodeProperties = {
	displayName: 'Send As',
	name: 'sendAs',
	type: 'options',
	options: [
		{ name: 'Form', value: 'form', description: 'URL-encoded, API V1 only' },
		{ name: 'JSON', value: 'json' },
	],
	default: 'json',
	description:
		'How the task is sent. A form takes user name, client ID and group ID instead of keys.',
};

export const create: ItemOperation = {
	name: 'Create',
	description: 'Create a task for a user',
	action: 'Create a task',
	access: 'write',
	fields: [
		titleField,
		dueDateField,
		assigneeField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [completionDateField, descriptionField, linkKeyField, linkTypeField, statusField],
		},
		simplify,
	],
	options: [sendAsField],
	async prepare(read) {
		const { itemIndex } = read;
		const api = await openApi(this);
		const asForm = readOptions(this, itemIndex).sendAs === 'form';
		if (api.version === 'v2') {
			if (asForm) throw wrongVersion(this, 'Send As Form', 'V1', itemIndex);
			return await prepareV2(this, api, itemIndex);
		}
		return await (asForm ? prepareForm : prepareV1)(this, api, itemIndex);
	},
};

const read = (context: IExecuteFunctions, name: string, itemIndex: number) =>
	context.getNodeParameter(name, itemIndex, '') as unknown;

const readFields = (context: IExecuteFunctions, itemIndex: number) =>
	context.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;

const readTitle = (context: IExecuteFunctions, itemIndex: number) =>
	checkTitle(context, read(context, 'title', itemIndex), itemIndex);

const described = ({ description }: IDataObject): { description?: string } =>
	typeof description === 'string' && description.trim() !== '' ? { description } : {};

/** Version 1 refuses a task that is nobody's. */
function requireAssignee(context: IExecuteFunctions, itemIndex: number): Assignee {
	const assignee = readAssigneeFrom(read(context, 'assignee', itemIndex));
	if (assignee) return assignee;
	throw fieldError(
		context.getNode(),
		'Assignee is empty',
		'Choose who the task is for: API V1 takes no task without an assignee.',
		itemIndex,
	);
}

async function prepareV2(
	context: IExecuteFunctions,
	api: MambuApi,
	itemIndex: number,
): Promise<PreparedCall> {
	const fields = readFields(context, itemIndex);
	if (fields.status === 'COMPLETED') {
		throw wrongVersion(context, 'Creating a completed task', 'V1', itemIndex);
	}
	if (fields.completionDate) throw wrongVersion(context, 'Completion Date', 'V1', itemIndex);
	const assignee = readAssigneeFrom(read(context, 'assignee', itemIndex));
	const body: IDataObject = {
		title: readTitle(context, itemIndex),
		dueDate: checkDate(context, 'Due Date', read(context, 'dueDate', itemIndex), 'v2', itemIndex),
		...described(fields),
		...readLink(context, fields, itemIndex),
		...(assignee && { assignedUserKey: await assigneeKey(api, assignee) }),
	};
	const simple = readSimple(context, itemIndex);
	const key = idempotencyKey(context, itemIndex, body);
	return async () => taskOutput(await createTask(api, body, key), simple);
}

async function prepareV1(
	context: IExecuteFunctions,
	api: MambuApi,
	itemIndex: number,
): Promise<PreparedCall> {
	const fields = readFields(context, itemIndex);
	const status = fields.status === 'COMPLETED' ? 'COMPLETED' : 'OPEN';
	if (fields.completionDate && status === 'OPEN') {
		throw fieldError(
			context.getNode(),
			'An open task has no Completion Date',
			'Remove it, or set Status to Completed.',
			itemIndex,
		);
	}
	const date = (label: string, value: unknown) => checkDate(context, label, value, 'v1', itemIndex);
	const task: IDataObject = {
		title: readTitle(context, itemIndex),
		dueDate: date('Due Date', read(context, 'dueDate', itemIndex)),
		status,
		...(status === 'COMPLETED' && {
			completionDate: date('Completion Date', fields.completionDate || new Date()),
		}),
		...described(fields),
		...readLink(context, fields, itemIndex),
		assignedUserKey: await assigneeKey(api, requireAssignee(context, itemIndex)),
	};
	const simple = readSimple(context, itemIndex);
	return async () => taskOutput(await saveTask(api, task), simple);
}

/** The link of a form: its parameters take IDs, and only clients and groups. */
const FORM_LINKS: Record<string, string> = { CLIENT: 'clientid', GROUP: 'groupid' };

async function prepareForm(
	context: IExecuteFunctions,
	api: MambuApi,
	itemIndex: number,
): Promise<PreparedCall> {
	const fields = readFields(context, itemIndex);
	const problem = (message: string, advice: string) =>
		fieldError(context.getNode(), message, advice, itemIndex);
	if (fields.status === 'COMPLETED' || fields.completionDate) {
		throw problem('A form creates open tasks only', 'Set Send As to JSON.');
	}
	const link = readLink(context, fields, itemIndex);
	if (link && !FORM_LINKS[link.taskLinkType]) {
		throw problem('A form links to clients and groups only', 'Set Send As to JSON.');
	}
	const dueDate = read(context, 'dueDate', itemIndex);
	const form: Record<string, string> = {
		title: readTitle(context, itemIndex),
		username: await assigneeName(api, requireAssignee(context, itemIndex)),
		duedate: checkDate(context, 'Due Date', dueDate, 'form', itemIndex),
		...(link && { [FORM_LINKS[link.taskLinkType]]: link.taskLinkKey }),
	};
	Object.assign(form, described(fields));
	const simple = readSimple(context, itemIndex);
	return async () => taskOutput(await createFromForm(api, form), simple);
}
