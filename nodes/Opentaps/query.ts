import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { toZoned } from '../shared/items/dates';
import { fieldError } from '../shared/http/errors';
import { readPairs } from './customFields';
import {
	assignedContactField,
	customFieldsField,
	responsibleContactField,
	valueOf,
	wordsIn,
} from './fields';
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

export const activityFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		activityTypesFilter,
		extraParameters,
		{
			displayName: 'Start From',
			name: 'startFrom',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'Sequence number to start from: the "sequenceNum" of an activity, not a count of entries to skip',
		},
		statusesFilter,
	],
};

/** What is looked at here, because CRM2 has no filter for it. */
export const taskFilterOptions: INodeProperties[] = [
	assignedContactField,
	responsibleContactField,
	{
		displayName: 'Scheduled After',
		name: 'scheduledAfter',
		type: 'dateTime',
		default: '',
		description: 'Only tasks scheduled at this time or later, in the time zone of the workflow',
	},
	{
		displayName: 'Scheduled Before',
		name: 'scheduledBefore',
		type: 'dateTime',
		default: '',
		description: 'Only tasks scheduled before this time, in the time zone of the workflow',
	},
	{
		displayName: 'Unassigned Only',
		name: 'unassigned',
		type: 'boolean',
		default: false,
		description: 'Whether to return only tasks that nobody has taken',
	},
];

export const taskFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [extraParameters, ...taskFilterOptions].sort((a, b) =>
		a.displayName.localeCompare(b.displayName),
	),
};

export const readExtra = (context: IExecuteFunctions, filters: IDataObject, itemIndex: number) =>
	readPairs(context, 'Query Parameters', filters.queryParameters, itemIndex);

export function readActivityQuery(context: IExecuteFunctions, itemIndex: number): ActivityQuery {
	const filters = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const { startFrom } = filters;
	// the field starts out as 0, which is no number of an activity
	const number = Number(startFrom ?? 0) === 0 ? null : Number(startFrom);
	if (number !== null && (!Number.isSafeInteger(number) || number < 0)) {
		throw fieldError(
			context.getNode(),
			`Start From "${String(startFrom)}" is not a sequence number`,
			'Enter a whole number, the "sequenceNum" of an activity.',
			itemIndex,
		);
	}
	return {
		types: wordsIn(filters.activityTypes),
		statuses: wordsIn(filters.statuses),
		startFrom: number,
		extra: readExtra(context, filters, itemIndex),
	};
}

/** The test a task must pass; `null` when there is none, so that no more need to be read than are wanted. */
export function readTaskTest(
	context: Pick<IExecuteFunctions, 'getNode' | 'getTimezone'>,
	filters: IDataObject,
	itemIndex?: number,
): ((raw: IDataObject) => boolean) | null {
	const tests: Array<(raw: IDataObject) => boolean> = [];
	const assigned = valueOf(filters.assignedToContact);
	const responsible = valueOf(filters.responsibleContactId);
	if (assigned) tests.push((raw) => assignedTo(raw).some(({ id }) => id === assigned));
	if (responsible) tests.push((raw) => responsibleContact(raw) === responsible);
	if (filters.unassigned === true) tests.push((raw) => responsibleContact(raw) === '');
	const limits: Array<[name: string, label: string, isIn: (at: number, limit: number) => boolean]> =
		[
			['scheduledAfter', 'Scheduled After', (at, limit) => at >= limit],
			['scheduledBefore', 'Scheduled Before', (at, limit) => at < limit],
		];
	for (const [name, label, isIn] of limits) {
		if (!filters[name]) continue;
		const limit = toZoned(filters[name], context.getTimezone())?.toMillis();
		if (limit === undefined) {
			throw fieldError(
				context.getNode(),
				`${label} "${String(filters[name])}" is not a date`,
				'Pick a date and time, or remove the filter.',
				itemIndex,
			);
		}
		// a task without a time is neither before nor after
		tests.push((raw) => isIn(Date.parse(toTask(raw, null).dueAt ?? ''), limit));
	}
	return tests.length > 0 ? (raw) => tests.every((test) => test(raw)) : null;
}
