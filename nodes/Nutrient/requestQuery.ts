import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { choiceField, filtersCollection } from '../shared/items/fields/makeField';

import type { ItemFields } from '../shared/items/fields/fieldReader';
import { rawFilters, searchFilter, wholeNumber } from './fields';

const milestoneFilter: INodeProperties = {
	displayName: 'Last Milestone',
	name: 'lastMilestone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Approved',
	description: "The status text of the process's designer",
};

export const nameFilter: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	description: 'What the request is called',
};

const numberFrom: INodeProperties = {
	displayName: 'Number From',
	name: 'numberFrom',
	type: 'number',
	default: 0,
	description: 'The smallest request number',
};

const numberTo: INodeProperties = {
	displayName: 'Number To',
	name: 'numberTo',
	type: 'number',
	default: 0,
	description: 'The largest request number',
};

export const processFilter: INodeProperties = {
	displayName: 'Process ID',
	name: 'processId',
	type: 'string',
	default: '',
	description: 'The SID of the process',
};

const statusFilter = choiceField('Status', 'status', 'all', {
	description: 'Whether the requests go on or have ended',
	choices: {
		All: 'all',
		Completed: 'completed',
		Open: 'open',
	},
});

const submittedFrom: INodeProperties = {
	displayName: 'Submitted From',
	name: 'submittedFrom',
	type: 'dateTime',
	default: '',
	description: 'The first day, in the time zone of the workflow. Nutrient counts days in UTC.',
};

const submittedTo: INodeProperties = {
	displayName: 'Submitted To',
	name: 'submittedTo',
	type: 'dateTime',
	default: '',
	description: 'The last day, in the time zone of the workflow. Nutrient counts days in UTC.',
};

/** What the login's own requests can be limited to: the documented parameters of `/instances/mine`. */
export const mineFilters: INodeProperties = {
	...filtersCollection([
		milestoneFilter,
		nameFilter,
		numberFrom,
		numberTo,
		processFilter,
		statusFilter,
		submittedFrom,
		submittedTo,
	]),
	displayOptions: { show: { source: ['mine'] } },
};

/** What the requests visible to the login can be limited to. */
export const visibleFilters: INodeProperties = {
	...filtersCollection([rawFilters, searchFilter]),
	displayOptions: { show: { source: ['visible'] } },
};

/** The parameters of `/instances/mine`. */
export function mineQuery(read: ItemFields): IDataObject {
	const filters = read.within('filters');
	return {
		status: filters.ifGiven(statusFilter, (field) => filters.choice(field)),
		process_sid: filters.ifGiven(processFilter, filters.id),
		instance_name: filters.ifGiven(nameFilter, filters.text),
		last_milestone: filters.ifGiven(milestoneFilter, filters.text),
		submitted_range_start: filters.ifGiven(submittedFrom, filters.day),
		submitted_range_end: filters.ifGiven(submittedTo, filters.day),
		// 0 is what the editor fills in: no bound
		id_range_start: filters.ifGiven(numberFrom, wholeNumber(filters)) || undefined,
		id_range_end: filters.ifGiven(numberTo, wholeNumber(filters)) || undefined,
	};
}
