import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { given, rawFilters, readDay, readFilterFields, readFilters, searchFilter } from './fields';

/** What the login's own requests can be limited to: the documented parameters of `/instances/mine`. */
export const mineFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	displayOptions: { show: { source: ['mine'] } },
	options: [
		{
			displayName: 'Last Milestone',
			name: 'lastMilestone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Approved',
			description: "The status text of the process's designer",
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'What the request is called',
		},
		{
			displayName: 'Number From',
			name: 'numberFrom',
			type: 'number',
			default: 0,
			description: 'The smallest request number',
		},
		{
			displayName: 'Number To',
			name: 'numberTo',
			type: 'number',
			default: 0,
			description: 'The largest request number',
		},
		{
			displayName: 'Process ID',
			name: 'processId',
			type: 'string',
			default: '',
			description: 'The SID of the process',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'Completed', value: 'completed' },
				{ name: 'Open', value: 'open' },
			],
			default: 'all',
			description: 'Whether the requests go on or have ended',
		},
		{
			displayName: 'Submitted From',
			name: 'submittedFrom',
			type: 'dateTime',
			default: '',
			description: 'The first day, in the time zone of the workflow. Nutrient counts days in UTC.',
		},
		{
			displayName: 'Submitted To',
			name: 'submittedTo',
			type: 'dateTime',
			default: '',
			description: 'The last day, in the time zone of the workflow. Nutrient counts days in UTC.',
		},
	],
};

/** What the requests visible to the login can be limited to. */
export const visibleFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	displayOptions: { show: { source: ['visible'] } },
	options: [rawFilters, searchFilter],
};

/** The parameters of `/instances/mine`. */
export function mineQuery(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const filters = readFilterFields(context, itemIndex);
	const day = (name: string, label: string) => readDay(context, label, filters[name], itemIndex);
	return given({
		status: filters.status,
		process_sid: filters.processId,
		instance_name: filters.name,
		last_milestone: filters.lastMilestone,
		submitted_range_start: day('submittedFrom', 'Submitted From'),
		submitted_range_end: day('submittedTo', 'Submitted To'),
		id_range_start: filters.numberFrom || undefined,
		id_range_end: filters.numberTo || undefined,
	});
}

/** The parameters of a v8 list. */
export function visibleQuery(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const { search, filters } = readFilterFields(context, itemIndex);
	return given({ search, filters: readFilters(context, filters, itemIndex) });
}
