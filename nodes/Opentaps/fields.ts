import type { INodeProperties } from 'n8n-workflow';

import { optional } from '../shared/items/fields/makeField';
import type { Field, FieldReader } from '../shared/items/fields/fieldReader';
import { locator } from '../shared/items/fields/locator';

const BY_ID = { placeholder: 'e.g. 52d9a0f1e4b0a1b2c3d4e5f6' };

export const activityIdField = locator(
	'Activity',
	'activityId',
	'searchActivities',
	'The activity to work on',
	BY_ID,
);

export const taskIdField = locator(
	'Task',
	'taskId',
	'searchTasks',
	'The task to work on; the list shows open ones',
	BY_ID,
);

export const tagIdField = locator('Tag', 'tagId', 'searchTags', 'The tag to work on', BY_ID);

const ABOUT_CONTACTS = 'The list shows contacts who can log in; others go by their ID';

const contact = (displayName: string, name: string, description: string) =>
	locator(displayName, name, 'searchContacts', description, BY_ID);

export const contactIdField = contact('Contact', 'contactId', ABOUT_CONTACTS);

export const assignedContactField = optional(
	contact(
		'Assigned To',
		'assignedToContact',
		`Contact the task is assigned to. ${ABOUT_CONTACTS}.`,
	),
);

export const responsibleContactField = optional(
	contact(
		'Responsible Contact',
		'responsibleContactId',
		`Contact who has taken the task. ${ABOUT_CONTACTS}.`,
	),
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

export const pairName: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. referenceUrl',
	description: 'With or without "note_field_" in front: it is sent as CRM2 wants it',
};

export const pairValue: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	default: '',
};

export const customFieldsField: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add field',
	default: {},
	options: [{ displayName: 'Field', name: 'field', values: [pairName, pairValue] }],
};

/** Reads a text that may be empty, to clear what was there. */
export const clearable =
	(read: FieldReader) =>
	(field: Field): string =>
		read.written(field).trim();
