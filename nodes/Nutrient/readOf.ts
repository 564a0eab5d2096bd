/** Operations that read: one thing by its ID, or a list with Limit and Filters. */
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { filtersCollection } from '../shared/items/fields/makeField';
import { limit, returnAll, simplify } from '../shared/items/fields/runFields';
import type { ItemFields } from '../shared/items/fields/fieldReader';
import type { OperationBody, OperationResult } from '../shared/items/operations';
import type { List } from './api';
import {
	directionField,
	permissionFilter,
	rawFiltersOf,
	searchFilter,
	sortField,
	switchesOn,
	textsOf,
} from './fields';

interface Wanted {
	/** Whether to simplify; for operations with that switch. */
	simple: boolean;
	/** The switches that are on. */
	query: IDataObject;
}

type Get = (context: IExecuteFunctions, id: string, wanted: Wanted) => Promise<OperationResult>;

/** @param switches options that go along where they are on */
export const readOf = (
	field: INodeProperties,
	get: Get,
	fields: INodeProperties[] = [],
	switches: INodeProperties[] = [],
): OperationBody => ({
	access: 'read',
	fields: [field, ...fields],
	options: switches,
	prepare(read) {
		const id = read.id(field);
		const wanted = { simple: read.simple(), query: switchesOn(read.options(), switches) };
		return async () => await get(this, id, wanted);
	},
});

interface ListShape {
	/** Where to look. */
	source?: INodeProperties[];
	filters: INodeProperties[];
	options?: INodeProperties[];
	/** Reads where to look, and for what. */
	prepare(read: ItemFields): { list: List; query: IDataObject };
	/** A row as the user asked for it. Without it there is no Simplify. */
	output?: (raw: IDataObject, simple: boolean) => IDataObject;
}

export const listOperation = (shape: ListShape): OperationBody => ({
	access: 'read',
	fields: [
		...(shape.source ?? []),
		returnAll,
		limit,
		...shape.filters,
		...(shape.output ? [simplify] : []),
	],
	options: shape.options,
	prepare(read) {
		const count = read.limit();
		const simple = read.simple();
		const { list, query } = shape.prepare(read);
		return async () => {
			const rows = await list(this, query, count);
			return rows.slice(0, count).map((raw) => shape.output?.(raw, simple) ?? raw);
		};
	},
});

/** Processes or reports: those that a permission lets the login see. */
export function permittedList(list: List): OperationBody {
	const filters = [permissionFilter, searchFilter];
	return listOperation({
		filters: [filtersCollection(filters)],
		prepare: (read) => ({ list, query: textsOf(read.within('filters'), filters) }),
	});
}

export const orderFields = [sortField, directionField];

export function orderOf(read: ItemFields): IDataObject {
	const options = read.options();
	return {
		sort: options.ifGiven(sortField, options.text),
		dir: options.ifGiven(directionField, (field) => options.choice(field)),
	};
}

/** The parameters of a list in version 8. */
export function listQuery(read: ItemFields, more?: IDataObject[]): IDataObject {
	const filters = read.within('filters');
	return {
		search: filters.ifGiven(searchFilter, filters.text),
		filters: rawFiltersOf(filters, more),
		...orderOf(read),
	};
}
