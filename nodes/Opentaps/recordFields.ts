import type { INodeProperties } from 'n8n-workflow';

import type { FieldReader } from '../shared/items/fields/fieldReader';
import { filled, filledChanges } from '../shared/items/fields/filled';
import type { Form } from './api';
import { readPairs } from './customFields';
import {
	assignedContactField,
	clearable,
	customFieldsField,
	responsibleContactField,
	scheduledField,
	statusField,
	textField,
} from './fields';

/** Fields only a new record takes, by the names CRM2 takes without a prefix. */
const CREATE_ONLY: Record<string, INodeProperties> = {
	contactTagName: {
		displayName: 'Contact Tag Name',
		name: 'contactTagName',
		type: 'string',
		default: '',
		description: 'Name of a tag of the contacts the activity is for',
	},
	created_by_user_userLoginId: {
		displayName: 'Created By User ID',
		name: 'createdByUserId',
		type: 'string',
		default: '',
		placeholder: 'e.g. ada@example.com',
		description: 'Login of whoever shall be shown as its creator',
	},
	created_by_user_name: {
		displayName: 'Created By User Name',
		name: 'createdByUserName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ada Lovelace',
		description: 'Name of whoever shall be shown as its creator',
	},
	tagKeywords: {
		displayName: 'Tag Keywords',
		name: 'tagKeywords',
		type: 'string',
		default: '',
		description: 'Keywords of the tag, if it is a new one',
	},
	tagName: {
		displayName: 'Tag Name',
		name: 'tagName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Sales::Offers',
		description: 'A tag to put on it; a tag that does not exist is created',
	},
	tagUrl: {
		displayName: 'Tag URL',
		name: 'tagUrl',
		type: 'string',
		default: '',
		description: 'Address of the tag, if it is a new one',
	},
};

export const createOnlyFields = [...Object.values(CREATE_ONLY), customFieldsField];

export const readCreateOnly = (given: FieldReader): Form =>
	filled(
		Object.fromEntries(
			Object.entries(CREATE_ONLY).map(([sentAs, field]) => [
				sentAs,
				given.ifGiven(field, given.text),
			]),
		),
	);

/**
 * The fields of the record itself by their bare names, as far as they were filled in.
 * How CRM2 wants a date is documented nowhere: ISO 8601 UTC leaves no doubt about the zone.
 */
const recordFields = (given: FieldReader, take: FieldReader['ifGiven']) => ({
	...readPairs(given, customFieldsField),
	status: take(statusField, given.text),
	assignedToContact: take(assignedContactField, clearable(given)),
	responsibleContactId: take(responsibleContactField, clearable(given)),
	scheduledDateTime: take(scheduledField, given.instant),
});

/** The fields of a new record. */
export const readRecordFields = (given: FieldReader): Form =>
	filled(recordFields(given, given.ifGiven));

/** The changes of an update. @throws NodeOperationError when there are none */
export const readChanges = (given: FieldReader): Form =>
	filledChanges(given, {
		...recordFields(given, given.ifSet),
		noteText: given.ifSet(textField, given.text),
	});
