import type { IDataObject, INode, INodeProperties } from 'n8n-workflow';

import { toDay } from '../shared/items/dates';
import { fieldError } from '../shared/http/errors';
import { filtersCollection } from '../shared/items/fields/commonFields';
import { part, personOf, textOf, type Part } from './aliases';
import { valueAt } from './findItems';
import { daysUntil, readDate, type DateReading } from './readDate';
import { toTask } from './task';

/** Filters work on the list after it was read: the API documents none. */
export const filtersField: INodeProperties = {
	...filtersCollection([
		{
			displayName: 'Assignee',
			name: 'assignee',
			type: 'string',
			default: '',
			placeholder: 'e.g. ann@example.com',
			description: 'Part of the name or email address, or the ID',
		},
		{ displayName: 'Category', name: 'category', type: 'string', default: '' },
		{
			displayName: 'Field',
			name: 'field',
			type: 'string',
			default: '',
			placeholder: 'e.g. location.book',
			description: 'Any field, as a dot path. Needs a Field Value.',
		},
		{
			displayName: 'Field Value',
			name: 'fieldValue',
			type: 'string',
			default: '',
			description: 'What the field in Field is to contain; empty for tasks without it',
		},
		{
			displayName: 'Overdue Only',
			name: 'overdue',
			type: 'boolean',
			default: false,
			description: 'Whether to return only open tasks whose target date has passed',
		},
		{ displayName: 'Priority', name: 'priority', type: 'string', default: '' },
		{ displayName: 'Status', name: 'status', type: 'string', default: '' },
		{
			displayName: 'Target Date After',
			name: 'targetDateAfter',
			type: 'dateTime',
			default: '',
			description: 'Tasks whose target date cannot be read are kept',
		},
		{
			displayName: 'Target Date Before',
			name: 'targetDateBefore',
			type: 'dateTime',
			default: '',
			description: 'Tasks whose target date cannot be read are kept',
		},
		{
			displayName: 'Verifier',
			name: 'verifier',
			type: 'string',
			default: '',
			placeholder: 'e.g. vic@example.com',
			description: 'Part of the name or email address, or the ID',
		},
	]),
	description: 'Applied here, to the whole list; they do not make the transfer smaller',
};

type Test = (raw: IDataObject) => boolean;

/** The filters as one test, and the parts of a task they look at. */
export interface Filter {
	parts: Part[];
	matches: Test;
}

const given = (value: unknown) =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
const plain = (text: string | null) => (text ?? '').trim().toLowerCase();

const isWord =
	(name: Part, wanted: string): Test =>
	(raw) =>
		plain(textOf(part(raw, name))) === plain(wanted);

const isPerson =
	(name: Part, wanted: string): Test =>
	(raw) => {
		const values = [part(raw, name)].flat();
		return values.some((value) => {
			const person = personOf(value);
			const texts = [person?.name, person?.email].map((text) => plain(text ?? null));
			return person?.id === wanted || texts.some((text) => text.includes(plain(wanted)));
		});
	};

/** @throws NodeOperationError for a date that is none */
export function readFilter(
	node: INode,
	filters: IDataObject,
	reading: DateReading,
	itemIndex: number,
): Filter {
	const tests: Array<[Part | null, Test]> = [];
	for (const name of ['category', 'priority', 'status'] as const) {
		const wanted = given(filters[name]);
		if (wanted !== '') tests.push([name, isWord(name, wanted)]);
	}
	for (const name of ['assignee', 'verifier'] as const) {
		const wanted = given(filters[name]);
		if (wanted !== '') tests.push([name, isPerson(name, wanted)]);
	}
	for (const [key, label, side] of [
		['targetDateAfter', 'Target Date After', 1],
		['targetDateBefore', 'Target Date Before', -1],
	] as const) {
		const limit = readLimit(node, filters[key], label, reading, itemIndex);
		if (limit !== null) tests.push(['due', isBeyond(limit, side, reading)]);
	}
	if (filters.overdue === true) tests.push(['due', (raw) => isOverdue(raw, reading)]);
	const field = given(filters.field);
	if (field !== '') tests.push([null, contains(field, given(filters.fieldValue))]);
	return {
		parts: tests.flatMap(([name]) => name ?? []),
		matches: (raw) => tests.every(([, test]) => test(raw)),
	};
}

function contains(field: string, wanted: string): Test {
	return (raw) => {
		const value = valueAt(raw, field);
		const isEmpty = value === undefined || value === null || value === '';
		if (wanted === '') return isEmpty;
		const text = typeof value === 'string' ? value : isEmpty ? '' : JSON.stringify(value);
		return plain(text).includes(plain(wanted));
	};
}

function readLimit(
	node: INode,
	value: unknown,
	label: string,
	{ timezone }: DateReading,
	itemIndex: number,
): string | null {
	if (value === undefined || value === '') return null;
	const day = toDay(value, timezone);
	if (day !== null) return day;
	throw fieldError(
		node,
		`${label} "${String(value)}" is not a date`,
		'Pick a date, or enter one such as 2026-12-31.',
		itemIndex,
	);
}

/** Compares days in the workflow's time zone. Without a target date it is neither; an unreadable one is kept. */
function isBeyond(limit: string, side: 1 | -1, reading: DateReading): Test {
	return (raw) => {
		const sent = part(raw, 'due');
		if (sent === undefined) return false;
		const date = readDate(sent, reading);
		const day = date === null ? null : toDay(date, reading.timezone);
		return day === null || day.localeCompare(limit) * side > 0;
	};
}

function isOverdue(raw: IDataObject, reading: DateReading): boolean {
	const { dueAt, state } = toTask(raw, '', reading);
	if (dueAt === null) return part(raw, 'due') !== undefined && state === 'open';
	return state === 'open' && Number(daysUntil(dueAt, reading.timezone)) < 0;
}

const LABELS: Partial<Record<Part, string>> = { due: 'target date' };

/** @throws NodeOperationError when no task has a field the filter could look at: an empty list would mislead */
export function requireParts(
	node: INode,
	list: IDataObject[],
	{ parts }: Filter,
	itemIndex: number,
): void {
	if (list.length === 0) return;
	const missing = parts.find((name) => list.every((raw) => part(raw, name) === undefined));
	if (missing === undefined) return;
	const keys = Object.keys(list[0]).slice(0, 30).join(', ');
	throw fieldError(
		node,
		`No task has a field that looks like its ${LABELS[missing] ?? missing}`,
		`Use the filter Field instead. The first task has: ${keys}.`,
		itemIndex,
	);
}
