import type { IDataObject, INode, INodeProperties } from 'n8n-workflow';

import { fieldError } from '../shared/http/errors';
import type { MambuApi, TaskFilter } from './api';
import { assigneeField, readAssigneeFrom } from './fields';
import type { StatusChoice, TaskQuery } from './listByStatus';
import { assigneeKey, assigneeName } from './users';

export const assigneeFilter: INodeProperties = {
	...assigneeField,
	description: 'Only tasks assigned to this user',
};

export const clientFilter: INodeProperties = {
	displayName: 'Client ID',
	name: 'clientId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 16',
	description: 'Only tasks linked to this client. Not together with Group ID.',
};

export const groupFilter: INodeProperties = {
	displayName: 'Group ID',
	name: 'groupId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 7',
	description: 'Only tasks linked to this group. Not together with Client ID.',
};

/** What Get Many can be limited to. */
export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		assigneeFilter,
		clientFilter,
		groupFilter,
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'All', value: 'ALL', description: 'Open and completed, each task once' },
				{ name: 'Completed', value: 'COMPLETED' },
				{ name: 'Open', value: 'OPEN' },
				{ name: 'Overdue', value: 'OVERDUE', description: 'Open and past the due date' },
			],
			default: 'OPEN',
			description: 'Only tasks in this status. Without it, open ones.',
		},
	],
};

const STATUSES = ['ALL', 'COMPLETED', 'OPEN', 'OVERDUE'];

/** The status to list; open tasks when none is chosen, as Mambu does. */
export function readStatus(node: INode, { status }: IDataObject, itemIndex?: number): StatusChoice {
	if (status === undefined || status === '') return 'OPEN';
	if (STATUSES.includes(String(status))) return status as StatusChoice;
	throw fieldError(
		node,
		`Status "${String(status)}" is none of Mambu's`,
		'Use ALL, COMPLETED, OPEN or OVERDUE.',
		itemIndex,
	);
}

const given = (value: unknown) => {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return text === '' ? undefined : text;
};

/**
 * Turns filters into a listing. Beside a user name, Mambu forgets about the client (Mambu-APIs-Java,
 * `TasksService.getTasks`): with both, it is asked for the client's tasks, and we pick the user's.
 */
export async function toQuery(
	api: MambuApi,
	filters: IDataObject,
	itemIndex?: number,
): Promise<TaskQuery> {
	const node = api.context.getNode();
	const clientId = given(filters.clientId);
	const groupId = given(filters.groupId);
	if (clientId !== undefined && groupId !== undefined) {
		throw fieldError(
			node,
			'Client ID and Group ID cannot be used together',
			'A task is linked to one record. Remove one of the two filters.',
			itemIndex,
		);
	}
	const assignee = readAssigneeFrom(filters.assignee);
	const filter: TaskFilter = { clientId, groupId };
	if (!assignee) return { filter };
	if (clientId === undefined && groupId === undefined) {
		return { filter: { username: await assigneeName(api, assignee) } };
	}
	return { filter, assigneeKey: await assigneeKey(api, assignee) };
}
