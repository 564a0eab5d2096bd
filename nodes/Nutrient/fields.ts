import {
	jsonParse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';

import { toDay } from '../shared/items/dates';
import { fieldError } from '../shared/http/errors';
import { isRecord } from './readWire';

export const searchFilter: INodeProperties = {
	displayName: 'Search',
	name: 'search',
	type: 'string',
	default: '',
	placeholder: 'e.g. purchase',
	description: "Text to look for, in Nutrient's own way",
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

export const directionField: INodeProperties = {
	displayName: 'Sort Direction',
	name: 'dir',
	type: 'options',
	options: [
		{ name: 'Ascending', value: 'ASC' },
		{ name: 'Descending', value: 'DESC' },
	],
	default: 'DESC',
	description: 'Whether the smallest or the largest comes first',
};

/** Where an operation puts the file it gives. */
export const outputFileField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
};

/** @throws NodeOperationError when it is empty or not a plain ID. */
export function readId(
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
): string {
	const value = context.getNodeParameter(name, itemIndex, '', { extractValue: true });
	return checkId(context, label, value, itemIndex);
}

/** As `readId`, for a value already read. */
export function checkId(
	context: IExecuteFunctions,
	label: string,
	value: unknown,
	itemIndex: number,
): string {
	const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (id === '') {
		const hint = `Choose one from the list, or enter its ID.`;
		throw fieldError(context.getNode(), `${label} is empty`, hint, itemIndex);
	}
	if (/[/\\?#]|^\.+$/.test(id)) {
		const hint = 'Enter a plain ID, without slashes, question marks or an address around it.';
		throw fieldError(context.getNode(), `${label} "${id}" is not an ID`, hint, itemIndex);
	}
	return id;
}

/** An ID in an operation's options; `null` when it is not given. */
export function readOptionalId(
	context: IExecuteFunctions,
	label: string,
	value: unknown,
	itemIndex: number,
): string | null {
	return value === undefined || value === '' ? null : checkId(context, label, value, itemIndex);
}

/** @throws NodeOperationError when it is empty. */
export function readText(
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
): string {
	const value = context.getNodeParameter(name, itemIndex, '');
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (text !== '') return text;
	const hint = `Enter a value for ${label}.`;
	throw fieldError(context.getNode(), `${label} is empty`, hint, itemIndex);
}

/** A JSON object, typed or from an expression; empty when the field is. Keys are sent as they are. */
export function readObject(
	context: IExecuteFunctions,
	label: string,
	value: unknown,
	itemIndex: number,
): IDataObject {
	const parsed = parse(value);
	if (parsed === undefined) return {};
	if (isRecord(parsed)) return parsed;
	const hint = 'Enter a JSON object, such as { "amount": 7 }.';
	throw fieldError(context.getNode(), `${label} is not a JSON object`, hint, itemIndex);
}

/** Raw Filters as the text Nutrient takes; `undefined` when the field is empty. */
export function readFilters(
	context: IExecuteFunctions,
	value: unknown,
	itemIndex: number,
	more: IDataObject[] = [],
): string | undefined {
	const parsed = parse(value) ?? [];
	const isFilter = (one: unknown) =>
		isRecord(one) && typeof one.field === 'string' && isRecord(one.data);
	if (!Array.isArray(parsed) || !parsed.every(isFilter)) {
		throw fieldError(
			context.getNode(),
			'Raw Filters is not a list of filters',
			'Write it as [{ "field": "name", "data": { "comparison": "eq", "value": "IT" } }].',
			itemIndex,
		);
	}
	const filters = [...more, ...(parsed as IDataObject[])];
	return filters.length > 0 ? JSON.stringify(filters) : undefined;
}

function parse(value: unknown): unknown {
	if (typeof value !== 'string') return value ?? undefined;
	return value.trim() === '' ? undefined : jsonParse<unknown>(value, { fallbackValue: NaN });
}

/** A day in the workflow's time zone as `YYYY-MM-DD`; `undefined` when the field is empty. */
export function readDay(
	context: IExecuteFunctions,
	label: string,
	value: unknown,
	itemIndex: number,
): string | undefined {
	const isEmpty = typeof value === 'string' ? value.trim() === '' : (value ?? null) === null;
	if (isEmpty) return undefined;
	const day = toDay(value, context.getTimezone());
	if (day) return day;
	throw fieldError(
		context.getNode(),
		`${label} "${String(value)}" is not a date`,
		'Pick a date, or enter one such as 2026-03-01.',
		itemIndex,
	);
}

export const readOptions = (context: IExecuteFunctions, itemIndex: number) =>
	context.getNodeParameter('options', itemIndex, {}) as IDataObject;

export const readFilterFields = (context: IExecuteFunctions, itemIndex: number) =>
	context.getNodeParameter('filters', itemIndex, {}) as IDataObject;

/** How many results are wanted: `Infinity` with Return All. */
export function readLimit(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex, false) as boolean) return Infinity;
	const limit = Number(context.getNodeParameter('limit', itemIndex, 50));
	if (Number.isInteger(limit) && limit >= 1) return limit;
	const hint = 'Enter a whole number from 1, or turn on Return All.';
	throw fieldError(context.getNode(), 'Limit is not a whole number', hint, itemIndex);
}

/** Only what has a value: Nutrient takes empty parameters for filters. */
export const given = (values: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(values).filter(
			([, value]) => value !== undefined && value !== null && value !== '',
		),
	);
