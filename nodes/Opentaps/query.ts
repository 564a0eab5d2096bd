import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { filtersCollection } from '../shared/items/fields/makeField';
import type { FieldReader } from '../shared/items/fields/fieldReader';
import { toWhole } from '../shared/items/fields/givenValues';
import { readPairs } from './customFields';
import { assignedContactField, customFieldsField, responsibleContactField } from './fields';
import type { ActivityQuery } from './listActivities';
import { assignedTo, responsibleContact, toTask } from './task';

export const activityTypesFilter: INodeProperties = {
	displayName: 'Activity Types',
	name: 'activityTypes',
	type: 'string',
	default: '',
	placeholder: 'e.g. EMAIL, NOTE',
	description: 'Only activities of these types, separated by commas; each is asked for by itself',
};

export const statusesFilter: INodeProperties = {
	displayName: 'Statuses',
	name: 'statuses',
	type: 'string',
	default: '',
	placeholder: 'e.g. CREATED, STARTED',
	description: 'Only those in these statuses, separated by commas; empty for any',
};

const extraParameters: INodeProperties = {
	...customFieldsField,
	displayName: 'Query Parameters',
	name: 'queryParameters',
	placeholder: 'Add parameter',
	description:
		'Further parameters, sent as they are. CRM2 documents few of them; its own widgets know tagName, contactTagName and mentionedUserIds.',
};

const startFromFilter: INodeProperties = {
	displayName: 'Start From',
	name: 'startFrom',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Sequence number to start from: the "sequenceNum" of an activity, not a count of entries to skip',
};

export const activityFilters = filtersCollection([
	activityTypesFilter,
	extraParameters,
	startFromFilter,
	statusesFilter,
]);

const afterFilter: INodeProperties = {
	displayName: 'Scheduled After',
	name: 'scheduledAfter',
	type: 'dateTime',
	default: '',
	description: 'Only tasks scheduled at this time or later, in the time zone of the workflow',
};

const beforeFilter: INodeProperties = {
	displayName: 'Scheduled Before',
	name: 'scheduledBefore',
	type: 'dateTime',
	default: '',
	description: 'Only tasks scheduled before this time, in the time zone of the workflow',
};

const unassignedFilter: INodeProperties = {
	displayName: 'Unassigned Only',
	name: 'unassigned',
	type: 'boolean',
	default: false,
	description: 'Whether to return only tasks that nobody has taken',
};

/** What is looked at here, because CRM2 has no filter for it. */
export const taskFilterOptions = [
	assignedContactField,
	responsibleContactField,
	afterFilter,
	beforeFilter,
	unassignedFilter,
];

export const taskFilters = filtersCollection([extraParameters, ...taskFilterOptions]);

export const readExtra = (filters: FieldReader) => readPairs(filters, extraParameters);

export function readActivityQuery(filters: FieldReader): ActivityQuery {
	const startFrom = filters.ifGiven(startFromFilter, (field) =>
		filters.as(
			field,
			'a sequence number',
			(given) => toWhole(given, 0, Number.MAX_SAFE_INTEGER),
			'Enter a whole number, the "sequenceNum" of an activity.',
		),
	);
	return {
		types: filters.words(activityTypesFilter),
		statuses: filters.words(statusesFilter),
		// the field starts out as 0, which is no number of an activity
		startFrom: startFrom || null,
		extra: readExtra(filters),
	};
}

/** The test a task must pass; `null` when there is none, so that no more need to be read than are wanted. */
export function readTaskTest(filters: FieldReader): ((raw: IDataObject) => boolean) | null {
	const assigned = filters.ifGiven(assignedContactField, filters.text);
	const responsible = filters.ifGiven(responsibleContactField, filters.text);
	const after = filters.ifGiven(afterFilter, filters.instant);
	const before = filters.ifGiven(beforeFilter, filters.instant);
	const tests: Array<(raw: IDataObject) => boolean> = [];
	if (assigned) tests.push((raw) => assignedTo(raw).some(({ id }) => id === assigned));
	if (responsible) tests.push((raw) => responsibleContact(raw) === responsible);
	if (filters.isOn(unassignedFilter)) tests.push((raw) => responsibleContact(raw) === '');
	// a task without a time is neither before nor after
	if (after) tests.push((raw) => timeOf(raw) >= Date.parse(after));
	if (before) tests.push((raw) => timeOf(raw) < Date.parse(before));
	return tests.length > 0 ? (raw) => tests.every((test) => test(raw)) : null;
}

const timeOf = (raw: IDataObject) => Date.parse(toTask(raw, null).dueAt ?? '');
