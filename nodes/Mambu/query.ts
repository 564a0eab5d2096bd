import type { INodeProperties } from 'n8n-workflow';

import { choiceField, filtersCollection } from '../shared/items/fields/makeField';
import type { FieldReader } from '../shared/items/fields/fieldReader';
import type { MambuApi, TaskFilter } from './api';
import { assigneeField, readAssignee } from './fields';
import type { TaskQuery } from './listByStatus';
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

export const statusFilter = choiceField('Status', 'status', 'OPEN', {
	description: 'Only tasks in this status. Without it, open ones.',
	choices: {
		All: ['ALL', 'Open and completed, each task once'],
		Completed: 'COMPLETED',
		Open: 'OPEN',
		Overdue: ['OVERDUE', 'Open and past the due date'],
	},
});

/** What Get Many can be limited to. */
export const filtersField = filtersCollection([
	assigneeFilter,
	clientFilter,
	groupFilter,
	statusFilter,
]);

/**
 * Turns filters into a listing. Beside a user name, Mambu forgets about the client (Mambu-APIs-Java,
 * `TasksService.getTasks`): with both, it is asked for the client's tasks, and we pick the user's.
 */
export async function toQuery(api: MambuApi, filters: FieldReader): Promise<TaskQuery> {
	const clientId = filters.ifGiven(clientFilter, filters.text);
	const groupId = filters.ifGiven(groupFilter, filters.text);
	if (clientId !== undefined && groupId !== undefined) {
		throw filters.error(
			'Client ID and Group ID cannot be used together',
			'A task is linked to one record. Remove one of the two filters.',
		);
	}
	const assignee = readAssignee(filters);
	const filter: TaskFilter = { clientId, groupId };
	if (!assignee) return { filter };
	if (clientId === undefined && groupId === undefined) {
		return { filter: { username: await assigneeName(api, assignee) } };
	}
	return { filter, assigneeKey: await assigneeKey(api, assignee) };
}
