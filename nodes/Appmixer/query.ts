import type { IDataObject, INode, INodeProperties } from 'n8n-workflow';

import type { TaskQuery } from './api';
import { fieldError } from '../shared/http/errors';
import { filtersCollection } from '../shared/items/fields/commonFields';

const STATUSES = [
	{ name: 'Approved', value: 'approved' },
	{ name: 'Due', value: 'due' },
	{ name: 'Pending', value: 'pending' },
	{ name: 'Rejected', value: 'rejected' },
];

export const roleFilter: INodeProperties = {
	displayName: 'Role',
	name: 'role',
	type: 'options',
	options: [
		{ name: 'Any', value: '' },
		{ name: 'Approver', value: 'approver' },
		{ name: 'Requester', value: 'requester' },
	],
	default: '',
	description: 'Only tasks in which the login, or the person with the secret, has this role',
};

export const titleFilter: INodeProperties = {
	displayName: 'Title Contains',
	name: 'titleContains',
	type: 'string',
	default: '',
	placeholder: 'e.g. laptops',
	description: 'Only tasks with this text in their title, in upper or lower case',
};

/** What Get Many and Count can be limited to. */
export const filtersField = filtersCollection([
	{
		displayName: 'Raw Filter',
		name: 'filter',
		type: 'string',
		default: '',
		placeholder: 'e.g. requester:ada@example.com',
		description:
			"In Appmixer's own syntax: field:value, several with commas. Values cannot contain a comma or colon.",
	},
	roleFilter,
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [{ name: 'Any', value: '' }, ...STATUSES],
		default: '',
		description: 'Only tasks in this status',
	},
	titleFilter,
]);

/** The user's text as a regular expression that matches just this text: Appmixer takes the pattern for one. */
export const escapePattern = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Turns filters into the query of a listing. */
export function toQuery(node: INode, filters: IDataObject, secret?: string): TaskQuery {
	const { role, status, titleContains, filter } = filters as Record<string, string | undefined>;
	const query: TaskQuery = {};
	if (secret) query.secret = secret;
	if (role) query.role = role;
	if (titleContains) query.pattern = escapePattern(titleContains);
	const parts = [status && `status:${status}`, filter?.trim()].filter(Boolean);
	if (filter && !/^[^:,]+:[^,]+(,[^:,]+:[^,]+)*$/.test(filter.trim())) {
		throw fieldError(
			node,
			`Raw Filter "${filter}" is not field:value`,
			'Write it as status:pending, several with commas.',
		);
	}
	if (parts.length > 0) query.filter = parts.join(',');
	return query;
}
