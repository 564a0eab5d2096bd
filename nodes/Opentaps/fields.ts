import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { fieldError } from '../shared/http/errors';
import { isRecord } from './readWire';

const locator = (
	displayName: string,
	name: string,
	searchListMethod: string,
	description: string,
	placeholder = 'e.g. 52d9a0f1e4b0a1b2c3d4e5f6',
): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod, searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
	],
});

export const activityIdField: INodeProperties = {
	...locator('Activity', 'activityId', 'searchActivities', 'The activity to work on'),
	required: true,
};

export const taskIdField: INodeProperties = {
	...locator('Task', 'taskId', 'searchTasks', 'The task to work on; the list shows open ones'),
	required: true,
};

export const tagIdField: INodeProperties = {
	...locator('Tag', 'tagId', 'searchTags', 'The tag to work on'),
	required: true,
};

const ABOUT_CONTACTS = 'The list shows contacts who can log in; others go by their ID';

export const contactIdField: INodeProperties = {
	...locator('Contact', 'contactId', 'searchContacts', ABOUT_CONTACTS),
	required: true,
};

export const assignedContactField = locator(
	'Assigned To',
	'assignedToContact',
	'searchContacts',
	`Contact the task is assigned to. ${ABOUT_CONTACTS}.`,
);

export const responsibleContactField = locator(
	'Responsible Contact',
	'responsibleContactId',
	'searchContacts',
	`Contact who has taken the task. ${ABOUT_CONTACTS}.`,
);

export const textField: INodeProperties = {
	displayName: 'Text',
	name: 'noteText',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. Call the customer about the offer',
	description: 'Text of the note, or title of the task',
};

export const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'string',
	default: '',
	placeholder: 'e.g. STARTED',
	description: 'Known words are CREATED, STARTED and COMPLETED; the domain may have others',
};

export const scheduledField: INodeProperties = {
	displayName: 'Scheduled For',
	name: 'scheduledDateTime',
	type: 'dateTime',
	default: '',
	description: 'When the task is to be done, in the time zone of the workflow',
};

export const customFieldsField: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. referenceUrl',
					description: 'With or without "note_field_" in front: it is sent as CRM2 wants it',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

/** A field of a collection is never required. */
export function optional(field: INodeProperties): INodeProperties {
	const copy = { ...field };
	delete copy.required;
	return copy;
}

/** The value of a locator, or of a plain field, without blanks; empty when there is none. */
export function valueOf(field: unknown): string {
	const value = isRecord(field) && '__rl' in field ? field.value : field;
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** @throws NodeOperationError when it is empty. */
export function readText(
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
): string {
	const text = valueOf(context.getNodeParameter(name, itemIndex, ''));
	if (text !== '') return text;
	throw fieldError(
		context.getNode(),
		`${label} is empty`,
		`Enter a value for ${label}.`,
		itemIndex,
	);
}

/** As `readText`, for what goes by an ID. @throws NodeOperationError for what cannot be one. */
export function readId(
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
): string {
	const id = readText(context, name, label, itemIndex);
	if (/^(?!\.+$)[^\s/\\?#%]+$/.test(id)) return id;
	throw fieldError(
		context.getNode(),
		`${label} "${id}" is not an ID`,
		'Choose an entry from the list, or enter a plain ID such as 52d9a0f1e4b0a1b2c3d4e5f6.',
		itemIndex,
	);
}

/** Words separated by commas. */
export const wordsIn = (value: unknown): string[] => {
	const texts: unknown[] = Array.isArray(value) ? value : String(value ?? '').split(',');
	return texts.map(valueOf).filter((word) => word !== '');
};

export const readCollection = (context: IExecuteFunctions, name: string, itemIndex: number) =>
	context.getNodeParameter(name, itemIndex, {}) as IDataObject;

/** Return All and Limit. */
export function readCount(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex, false) === true) return Infinity;
	const limit = context.getNodeParameter('limit', itemIndex, 50);
	const count = Number(limit);
	if (Number.isSafeInteger(count) && count >= 1) return count;
	throw fieldError(
		context.getNode(),
		`Limit "${String(limit)}" is not a whole number above 0`,
		'Enter how many results you want at most, or turn Return All on.',
		itemIndex,
	);
}
