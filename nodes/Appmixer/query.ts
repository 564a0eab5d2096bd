import type { INodeProperties } from 'n8n-workflow';

import { choiceField, filtersCollection } from '../shared/items/fields/makeField';
import type { FieldReader } from '../shared/items/fields/fieldReader';
import { toText } from '../shared/items/fields/givenValues';
import type { TaskQuery } from './api';

const rawFilter: INodeProperties = {
	displayName: 'Raw Filter',
	name: 'filter',
	type: 'string',
	default: '',
	placeholder: 'e.g. requester:ada@example.com',
	description:
		"In Appmixer's own syntax: field:value, several with commas. Values cannot contain a comma or colon.",
};

const statusFilter = choiceField('Status', 'status', '', {
	description: 'Only tasks in this status',
	choices: {
		Any: '',
		Approved: 'approved',
		Due: 'due',
		Pending: 'pending',
		Rejected: 'rejected',
	},
});

export const roleFilter = choiceField('Role', 'role', '', {
	description: 'Only tasks in which the login, or the person with the secret, has this role',
	choices: {
		Any: '',
		Approver: 'approver',
		Requester: 'requester',
	},
});

export const titleFilter: INodeProperties = {
	displayName: 'Title Contains',
	name: 'titleContains',
	type: 'string',
	default: '',
	placeholder: 'e.g. laptops',
	description: 'Only tasks with this text in their title, in upper or lower case',
};

/** What Get Many and Count can be limited to. */
export const filtersField = filtersCollection([rawFilter, roleFilter, statusFilter, titleFilter]);

/** The user's text as a regular expression that matches just this text: Appmixer takes the pattern for one. */
export const escapePattern = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Turns what is in a Filters collection into the query of a listing. */
export function readQuery(filters: FieldReader, secret?: string): TaskQuery {
	const role = filters.choice(roleFilter);
	const title = filters.written(titleFilter);
	const status = filters.choice(statusFilter);
	const raw = filters.ifGiven(rawFilter, (field) =>
		filters.as(field, 'field:value', toPairs, 'Write it as status:pending, several with commas.'),
	);
	const filter = [status && `status:${status}`, raw].filter(Boolean).join(',');
	return {
		...(secret && { secret }),
		...(role && { role }),
		...(title && { pattern: escapePattern(title) }),
		...(filter && { filter }),
	};
}

function toPairs(given: unknown): string | undefined {
	const text = toText(given) ?? '';
	return /^[^:,]+:[^,]+(,[^:,]+:[^,]+)*$/.test(text) ? text : undefined;
}
