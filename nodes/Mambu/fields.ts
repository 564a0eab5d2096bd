import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { toDay, toZoned } from '../shared/items/dates';
import { fieldError } from '../shared/http/errors';
import type { ApiVersion } from './explainError';
import type { Assignee } from './users';

/** The task, from a list or by ID. Read it with `readTaskId`. */
export const taskIdField: INodeProperties = {
	displayName: 'Task',
	name: 'taskId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The task to work on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchTasks', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 42, or an encoded key',
			hint: "The task's number or its encoded key",
		},
	],
};

export const titleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Review the loan application',
	description: 'What is to be done, in one line',
};

export const dueDateField: INodeProperties = {
	displayName: 'Due Date',
	name: 'dueDate',
	type: 'dateTime',
	required: true,
	default: '',
	description:
		'When the task is due, in the time zone of the workflow. API V2 and forms keep only the day.',
};

/** A user. Read it with `readAssigneeFrom`. */
export const assigneeField: INodeProperties = {
	displayName: 'Assignee',
	name: 'assignee',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'Who the task is for. API V1 needs somebody.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchUsers', searchable: true },
		},
		{
			displayName: 'By User Name',
			name: 'username',
			type: 'string',
			placeholder: 'e.g. mpower',
		},
		{
			displayName: 'By Key',
			name: 'key',
			type: 'string',
			placeholder: "e.g. the user's encoded key",
		},
	],
};

export const descriptionField: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Please check the automatically created application',
	description: 'Details beyond the title, as rich text. Mambu does not take emoji.',
};

export const linkTypeField: INodeProperties = {
	displayName: 'Link Type',
	name: 'taskLinkType',
	type: 'options',
	options: [
		{ name: 'Branch', value: 'BRANCH' },
		{ name: 'Centre', value: 'CENTRE' },
		{ name: 'Client', value: 'CLIENT' },
		{ name: 'Deposit Account', value: 'DEPOSIT_ACCOUNT' },
		{ name: 'GL Journal Entry', value: 'GL_JOURNAL_ENTRY' },
		{ name: 'Group', value: 'GROUP' },
		{ name: 'ID Document', value: 'ID_DOCUMENT' },
		{ name: 'Line of Credit', value: 'LINE_OF_CREDIT' },
		{ name: 'Loan Account', value: 'LOAN_ACCOUNT' },
		{ name: 'Loan Product', value: 'LOAN_PRODUCT' },
		{ name: 'Savings Product', value: 'SAVINGS_PRODUCT' },
		{ name: 'User', value: 'USER' },
	],
	default: 'CLIENT',
	description: 'What kind of record the task is linked to. Needs a Link Key.',
};

export const linkKeyField: INodeProperties = {
	displayName: 'Link Key',
	name: 'taskLinkKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. the encoded key of a client',
	description:
		'Encoded key of the record the task is linked to; with Send As Form, the ID of the client or group. Needs a Link Type.',
};

export const completionDateField: INodeProperties = {
	displayName: 'Completion Date',
	name: 'completionDate',
	type: 'dateTime',
	default: '',
	description:
		'When the task was completed, in the time zone of the workflow; now when empty. API V1 only.',
};

/** The number or encoded key. @throws NodeOperationError when it is empty. */
export function readTaskId(context: IExecuteFunctions, itemIndex: number): string {
	const taskId = context.getNodeParameter('taskId', itemIndex, '', { extractValue: true });
	const text = textOf(taskId);
	if (text !== '') return text;
	throw fieldError(
		context.getNode(),
		'Task is empty',
		'Choose a task from the list, or enter its ID.',
		itemIndex,
	);
}

const textOf = (value: unknown) =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/** @throws NodeOperationError when it is empty. */
export function checkTitle(context: IExecuteFunctions, value: unknown, itemIndex: number): string {
	const title = textOf(value);
	if (title !== '') return title;
	throw fieldError(context.getNode(), 'Title is empty', 'Enter a title.', itemIndex);
}

/** The user a locator names; `null` when it is empty. A plain text is taken for a key. */
export function readAssigneeFrom(locator: unknown): Assignee | null {
	const { mode, value } =
		typeof locator === 'object' && locator !== null
			? (locator as IDataObject)
			: { mode: 'key', value: locator };
	const text = textOf(value);
	if (text === '') return null;
	return { by: mode === 'username' ? 'username' : 'key', value: text };
}

/**
 * A date as the version takes it: `2026-12-01T17:00:00+0100` in JSON of version 1, `2026-12-01` in a form and in
 * version 2; in the workflow's time zone. https://docs.mambu.com/docs/data-dictionary-and-api-standards
 */
export function checkDate(
	context: IExecuteFunctions,
	label: string,
	value: unknown,
	form: ApiVersion | 'form',
	itemIndex: number,
): string {
	const timezone = context.getTimezone();
	const date = toZoned(value, timezone);
	if (date) {
		return form === 'v1'
			? date.toFormat("yyyy-MM-dd'T'HH:mm:ssZZZ")
			: String(toDay(value, timezone));
	}
	throw fieldError(
		context.getNode(),
		value ? `${label} "${String(value)}" is not a date` : `${label} is empty`,
		'Pick a date, or enter one such as 2026-12-01.',
		itemIndex,
	);
}

/** Type and key of the linked record: both or none. */
export function readLink(
	context: IExecuteFunctions,
	{ taskLinkType, taskLinkKey }: IDataObject,
	itemIndex: number,
): { taskLinkType: string; taskLinkKey: string } | null {
	const type = textOf(taskLinkType);
	const key = textOf(taskLinkKey);
	if (type === '' && key === '') return null;
	if (type === '' || key === '') {
		throw fieldError(
			context.getNode(),
			`${type === '' ? 'Link Type' : 'Link Key'} is missing`,
			'A link needs both Link Type and Link Key.',
			itemIndex,
		);
	}
	const known = linkTypeField.options?.some((option) => 'value' in option && option.value === type);
	if (known) return { taskLinkType: type, taskLinkKey: key };
	throw fieldError(
		context.getNode(),
		`Link Type "${type}" is none of Mambu's`,
		'Choose one from the list.',
		itemIndex,
	);
}

/** The operation's optional settings. */
export const readOptions = (context: IExecuteFunctions, itemIndex: number) =>
	context.getNodeParameter('options', itemIndex, {}) as IDataObject;

/** Something that only one version of the API has. */
export const wrongVersion = (
	context: IExecuteFunctions,
	what: string,
	has: 'V1' | 'V2',
	itemIndex: number,
) =>
	fieldError(
		context.getNode(),
		`${what} exists only in API ${has}`,
		`Remove it, or choose ${has} as API Version in the credential.`,
		itemIndex,
	);
