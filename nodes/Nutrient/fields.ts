import { jsonParse, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { choiceField } from '../shared/items/fields/makeField';

import type { Field, FieldReader } from '../shared/items/fields/fieldReader';
import { toWhole } from '../shared/items/fields/givenValues';
import { isRecord } from './readWire';

export const searchFilter: INodeProperties = {
	displayName: 'Search',
	name: 'search',
	type: 'string',
	default: '',
	placeholder: 'e.g. purchase',
	description: "Text to look for, in Nutrient's own way",
};

export const permissionFilter: INodeProperties = {
	displayName: 'Permission Type',
	name: 'permissionType',
	type: 'string',
	default: '',
	description: "Which of the login's permissions counts, in Nutrient's own words",
};

export const rawFilters: INodeProperties = {
	displayName: 'Raw Filters',
	name: 'filters',
	type: 'json',
	default: '',
	placeholder: 'e.g. [{ "field": "name", "data": { "comparison": "contains", "value": "IT" } }]',
	description: "In Nutrient's own syntax. Comparisons are eq, contains, lteq and gteq.",
};

export const sortField: INodeProperties = {
	displayName: 'Sort By',
	name: 'sort',
	type: 'string',
	default: '',
	placeholder: 'e.g. CreatedDate',
	description: "A field in Nutrient's spelling",
};

export const directionField = choiceField('Sort Direction', 'dir', 'DESC', {
	description: 'Whether the smallest or the largest comes first',
	choices: { Ascending: 'ASC', Descending: 'DESC' },
});

/** Where an operation puts the file it gives. */
export const outputFileField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
};

/** What was entered into these fields, by their names. */
export const textsOf = (read: FieldReader, fields: Field[]): IDataObject =>
	Object.fromEntries(fields.map((field) => [field.name, read.ifGiven(field, read.text)]));

/** The switches that are on, by their names. */
export const switchesOn = (read: FieldReader, fields: Field[]): IDataObject =>
	Object.fromEntries(fields.flatMap((field) => (read.isOn(field) ? [[field.name, true]] : [])));

/** Reads a whole number from 0 up. */
export const wholeNumber = (read: FieldReader) => (field: Field) =>
	read.as(field, 'a whole number', (given) => toWhole(given, 0, Number.MAX_SAFE_INTEGER));

/** Raw Filters as the text Nutrient takes; `undefined` when there are none. */
export function rawFiltersOf(read: FieldReader, more: IDataObject[] = []): string | undefined {
	const asFilters = (field: Field) =>
		read.as(
			field,
			'a list of filters',
			toFilters,
			'Write it as [{ "field": "name", "data": { "comparison": "eq", "value": "IT" } }].',
		);
	const filters = [...more, ...(read.ifGiven(rawFilters, asFilters) ?? [])];
	return filters.length > 0 ? JSON.stringify(filters) : undefined;
}

function toFilters(given: unknown): IDataObject[] | undefined {
	const filters = typeof given === 'string' ? jsonParse(given, { fallbackValue: null }) : given;
	const isFilter = (one: unknown): one is IDataObject =>
		isRecord(one) && typeof one.field === 'string' && isRecord(one.data);
	return Array.isArray(filters) && filters.every(isFilter) ? filters : undefined;
}
