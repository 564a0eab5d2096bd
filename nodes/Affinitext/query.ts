import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { filtersCollection } from '../shared/items/fields/makeField';
import type { Field, FieldReader, Read } from '../shared/items/fields/fieldReader';
import { part, type Part } from './aliases';
import type { DateReading } from './readDate';
import { contains, isBeyond, isOverdue, isPerson, isWord, type Test } from './testTask';

const assigneeFilter: INodeProperties = {
	displayName: 'Assignee',
	name: 'assignee',
	type: 'string',
	default: '',
	placeholder: 'e.g. ann@example.com',
	description: 'Part of the name or email address, or the ID',
};

const categoryFilter: INodeProperties = {
	displayName: 'Category',
	name: 'category',
	type: 'string',
	default: '',
};

const fieldFilter: INodeProperties = {
	displayName: 'Field',
	name: 'field',
	type: 'string',
	default: '',
	placeholder: 'e.g. location.book',
	description: 'Any field, as a dot path. Needs a Field Value.',
};

const valueFilter: INodeProperties = {
	displayName: 'Field Value',
	name: 'fieldValue',
	type: 'string',
	default: '',
	description: 'What the field in Field is to contain; empty for tasks without it',
};

const overdueFilter: INodeProperties = {
	displayName: 'Overdue Only',
	name: 'overdue',
	type: 'boolean',
	default: false,
	description: 'Whether to return only open tasks whose target date has passed',
};

const priorityFilter: INodeProperties = {
	displayName: 'Priority',
	name: 'priority',
	type: 'string',
	default: '',
};

const statusFilter: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'string',
	default: '',
};

const afterFilter: INodeProperties = {
	displayName: 'Target Date After',
	name: 'targetDateAfter',
	type: 'dateTime',
	default: '',
	description: 'Tasks whose target date cannot be read are kept',
};

const beforeFilter: INodeProperties = {
	...afterFilter,
	displayName: 'Target Date Before',
	name: 'targetDateBefore',
};

const verifierFilter: INodeProperties = {
	...assigneeFilter,
	displayName: 'Verifier',
	name: 'verifier',
	placeholder: 'e.g. vic@example.com',
};

/** Filters work on the list after it was read: the API documents none. */
export const filtersField: INodeProperties = {
	...filtersCollection([
		assigneeFilter,
		categoryFilter,
		fieldFilter,
		valueFilter,
		overdueFilter,
		priorityFilter,
		statusFilter,
		afterFilter,
		beforeFilter,
		verifierFilter,
	]),
	description: 'Applied here, to the whole list; they do not make the transfer smaller',
};

/** The filters as one test, and the parts of a task they look at. */
export interface Filter {
	parts: Part[];
	matches: Test;
}

export function readFilter(filters: FieldReader, reading: DateReading): Filter {
	const { text, day } = filters;
	const tests: Array<[Part | null, Test]> = [];
	const add = (
		field: Field,
		read: Read<string>,
		name: Part | null,
		test: (given: string) => Test,
	) => {
		const given = filters.ifGiven(field, read);
		if (given !== undefined) tests.push([name, test(given)]);
	};
	add(categoryFilter, text, 'category', isWord('category'));
	add(priorityFilter, text, 'priority', isWord('priority'));
	add(statusFilter, text, 'status', isWord('status'));
	add(assigneeFilter, text, 'assignee', isPerson('assignee'));
	add(verifierFilter, text, 'verifier', isPerson('verifier'));
	add(afterFilter, day, 'due', isBeyond(1, reading));
	add(beforeFilter, day, 'due', isBeyond(-1, reading));
	const value = filters.ifGiven(valueFilter, text);
	if (value !== undefined && !filters.has(fieldFilter)) {
		throw filters.error('Field is empty', 'Enter the field to look for the Field Value in.');
	}
	add(fieldFilter, text, null, contains(value ?? ''));
	if (filters.isOn(overdueFilter)) tests.push(['due', (raw) => isOverdue(raw, reading)]);
	return {
		parts: tests.flatMap(([name]) => name ?? []),
		matches: (raw) => tests.every(([, test]) => test(raw)),
	};
}

/** @throws NodeOperationError when no task has a field the filter could look at: an empty list would mislead */
export function requireParts(read: FieldReader, list: IDataObject[], { parts }: Filter): void {
	if (list.length === 0) return;
	const missing = parts.find((name) => list.every((raw) => part(raw, name) === undefined));
	if (missing === undefined) return;
	const keys = Object.keys(list[0]).slice(0, 30).join(', ');
	throw read.error(
		`No task has a field that looks like its ${missing === 'due' ? 'target date' : missing}`,
		`Use the filter Field instead. The first task has: ${keys}.`,
	);
}
