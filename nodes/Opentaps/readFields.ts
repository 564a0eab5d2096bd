import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { toInstant } from '../shared/items/dates';
import { fieldError } from '../shared/http/errors';
import type { Form } from './api';
import { readPairs } from './customFields';
import { customFieldsField, valueOf } from './fields';

/** Fields only a new record takes, under names of their own. */
export const createOnlyFields: INodeProperties[] = [
	{
		displayName: 'Contact Tag Name',
		name: 'contactTagName',
		type: 'string',
		default: '',
		description: 'Name of a tag of the contacts the activity is for',
	},
	{
		displayName: 'Created By User ID',
		name: 'createdByUserId',
		type: 'string',
		default: '',
		placeholder: 'e.g. ada@example.com',
		description: 'Login of whoever shall be shown as its creator',
	},
	{
		displayName: 'Created By User Name',
		name: 'createdByUserName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ada Lovelace',
		description: 'Name of whoever shall be shown as its creator',
	},
	customFieldsField,
	{
		displayName: 'Tag Keywords',
		name: 'tagKeywords',
		type: 'string',
		default: '',
		description: 'Keywords of the tag, if it is a new one',
	},
	{
		displayName: 'Tag Name',
		name: 'tagName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Sales::Offers',
		description: 'A tag to put on it; a tag that does not exist is created',
	},
	{
		displayName: 'Tag URL',
		name: 'tagUrl',
		type: 'string',
		default: '',
		description: 'Address of the tag, if it is a new one',
	},
];

const CREATE_ONLY: Record<string, string> = {
	contactTagName: 'contactTagName',
	createdByUserId: 'created_by_user_userLoginId',
	createdByUserName: 'created_by_user_name',
	tagKeywords: 'tagKeywords',
	tagName: 'tagName',
	tagUrl: 'tagUrl',
};

/** What a create takes without the prefix. */
export function readCreateOnly(given: IDataObject): Form {
	const form: Form = {};
	for (const [name, sentAs] of Object.entries(CREATE_ONLY)) {
		const value = valueOf(given[name]);
		if (value !== '') form[sentAs] = value;
	}
	return form;
}

/** ISO 8601 UTC. How CRM2 wants a date is documented nowhere; this form leaves no doubt about the zone. */
export function readScheduled(
	context: IExecuteFunctions,
	value: unknown,
	itemIndex: number,
): string {
	const instant = toInstant(value, context.getTimezone());
	if (instant) return instant;
	throw fieldError(
		context.getNode(),
		value ? `Scheduled For "${String(value)}" is not a date` : 'Scheduled For is empty',
		'Pick a date and time, or remove the field.',
		itemIndex,
	);
}

/** The fields of the record itself by their bare names, as far as they were filled in. */
export function readRecordFields(
	context: IExecuteFunctions,
	given: IDataObject,
	itemIndex: number,
): Form {
	const form = readPairs(context, 'Custom Fields', given.customFields, itemIndex);
	for (const name of ['activityType', 'status']) {
		if (given[name] === undefined) continue;
		const word = valueOf(given[name]);
		if (word === '') {
			const label = name === 'status' ? 'Status' : 'Activity Type';
			throw fieldError(
				context.getNode(),
				`${label} is empty`,
				'Enter a word, or remove the field.',
				itemIndex,
			);
		}
		form[name] = word;
	}
	for (const name of ['assignedToContact', 'responsibleContactId']) {
		if (given[name] !== undefined) form[name] = valueOf(given[name]);
	}
	if (given.scheduledDateTime !== undefined) {
		form.scheduledDateTime = readScheduled(context, given.scheduledDateTime, itemIndex);
	}
	return form;
}

/** The changes of an update by their bare names. @throws NodeOperationError when there are none. */
export function readChanges(context: IExecuteFunctions, itemIndex: number): Form {
	const given = context.getNodeParameter('updateFields', itemIndex, {}) as IDataObject;
	const changes = readRecordFields(context, given, itemIndex);
	if (given.noteText !== undefined) {
		const noteText = valueOf(given.noteText);
		if (noteText === '') {
			throw fieldError(
				context.getNode(),
				'Text is empty',
				'Enter a text, or remove the field.',
				itemIndex,
			);
		}
		changes.noteText = noteText;
	}
	if (Object.keys(changes).length > 0) return changes;
	throw fieldError(
		context.getNode(),
		'There is nothing to update',
		'Add at least one field under Update Fields.',
		itemIndex,
	);
}
