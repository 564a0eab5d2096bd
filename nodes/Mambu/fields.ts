import type { INodeProperties } from 'n8n-workflow';
import { choiceField } from '../shared/items/fields/makeField';

import { toZoned } from '../shared/items/dates';
import type { FieldReader, Read } from '../shared/items/fields/fieldReader';
import { locator } from '../shared/items/fields/locator';
import type { ApiVersion } from './explainError';
import { MAX_TITLE } from './returnCodes';
import type { Assignee } from './users';

export const taskIdField = locator('Task', 'taskId', 'searchTasks', 'The task to work on', {
	placeholder: 'e.g. 42, or an encoded key',
	hint: "The task's number or its encoded key",
});

export const titleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Review the loan application',
	description: 'What is to be done, in one line of up to 256 characters',
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

/**
 * A title that Mambu takes. It counts as Java does, whose `String.length()` counts UTF-16 code units, as `length` here:
 * the limit is that of the field in github.com/mambu-gmbh/Mambu-APIs-Java, `Task`, and of code 984. An emoji counts as two
 * or more; Mambu takes none.
 */
export const readTitle =
	(read: FieldReader): Read<string> =>
	(field, advice) => {
		const title = read.text(field, advice);
		if (title.length <= MAX_TITLE) return title;
		throw read.error(
			`${field.displayName} has ${title.length} characters`,
			`Mambu takes ${MAX_TITLE}. Shorten it, and put the rest into Description.`,
		);
	};

/** A user. Read it with `readAssignee`. */
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

export const linkTypeField = choiceField('Link Type', 'taskLinkType', 'CLIENT', {
	description: 'What kind of record the task is linked to. Needs a Link Key.',
	choices: {
		Branch: 'BRANCH',
		Centre: 'CENTRE',
		Client: 'CLIENT',
		'Deposit Account': 'DEPOSIT_ACCOUNT',
		'GL Journal Entry': 'GL_JOURNAL_ENTRY',
		Group: 'GROUP',
		'ID Document': 'ID_DOCUMENT',
		'Line of Credit': 'LINE_OF_CREDIT',
		'Loan Account': 'LOAN_ACCOUNT',
		'Loan Product': 'LOAN_PRODUCT',
		'Savings Product': 'SAVINGS_PRODUCT',
		User: 'USER',
	},
});

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

/** The user a locator names; `null` when it is empty. A plain text is taken for a key. */
export function readAssignee(read: FieldReader): Assignee | null {
	const chosen = read.chosen(assigneeField);
	if (!chosen) return null;
	return { by: chosen.mode === 'username' ? 'username' : 'key', value: chosen.value };
}

/** `2026-12-01T17:00:00+0100`. https://docs.mambu.com/docs/data-dictionary-and-api-standards */
export const toV1Date = (given: unknown, timezone: string) =>
	toZoned(given, timezone)?.toFormat("yyyy-MM-dd'T'HH:mm:ssZZZ");

/** A date as the version takes it, in the workflow's time zone: version 2 takes a day. */
export const dateFor = (version: ApiVersion, read: FieldReader, timezone: string): Read<string> =>
	version === 'v1'
		? (field) =>
				read.as(
					field,
					'a date',
					(given) => toV1Date(given, timezone),
					'Pick a date, or enter one such as 2026-12-01.',
				)
		: read.day;

/** Type and key of the linked record: both or none. */
export function readLink(
	read: FieldReader,
): { taskLinkType: string; taskLinkKey: string } | undefined {
	const taskLinkType = read.ifGiven(linkTypeField, read.choice<string>);
	const taskLinkKey = read.ifGiven(linkKeyField, read.text);
	if (taskLinkType !== undefined && taskLinkKey !== undefined) return { taskLinkType, taskLinkKey };
	if (taskLinkType === undefined && taskLinkKey === undefined) return undefined;
	const { displayName } = taskLinkType === undefined ? linkTypeField : linkKeyField;
	throw read.error(`${displayName} is missing`, 'A link needs both Link Type and Link Key.');
}

/** Something that only one version of the API has. */
export const wrongVersion = (read: FieldReader, what: string, has: 'V1' | 'V2') =>
	read.error(
		`${what} exists only in API ${has}`,
		`Remove it, or choose ${has} as API Version in the credential.`,
	);
