import type { Request } from '@hapi/hapi';
import Joi from 'joi';

import { anyOrder } from '../anyOrder';
import type { Envelope, NutrientOptions } from './options';
import { refusal } from './refuse';

type Row = Record<string, unknown>;

/** The query of a v8 list. Names: api-catalog-full.json in github.com/brperdomo/workflow-copilot. */
const QUERY = Joi.object({
	start: Joi.number().integer().min(0),
	count: Joi.number().integer().min(1),
	dir: Joi.string().valid('ASC', 'DESC'),
}).unknown();

// developer.integrify.com/rest/Users/list; the same in v8 is an assumption.
const FILTERS = Joi.array().items(
	Joi.object({
		field: Joi.string().required(),
		data: Joi.object({
			comparison: Joi.string().valid('eq', 'contains', 'lteq', 'gteq').required(),
			value: Joi.any().required(),
		}).unknown(),
	}),
);

const DEFAULT_COUNT = 15;

/** Puts rows into one of the envelopes the vendor's services use. */
export function enveloped(rows: unknown[], total: number, envelope: Envelope): object {
	switch (envelope) {
		case 'items':
			return { total, items: rows };
		case 'Items':
			return { TotalItemCnt: total, Items: rows };
		case 'wrapped':
			return [{ TotalItemCnt: total, Items: rows }];
		case 'data':
			return { data: rows, recordCount: total };
		case 'rows':
			return { rows, total };
		case 'array':
			return rows;
	}
}

/** Field names as `naming` says: `recipientTaskSid`, or as older services write them, `RecipientTaskSID`. */
export function named(row: Row, { naming }: NutrientOptions): Row {
	if (naming === 'camel') return row;
	return Object.fromEntries(
		Object.entries(row).map(([key, value]) => [
			(key[0].toUpperCase() + key.slice(1)).replace(/Sid$/, 'SID'),
			value,
		]),
	);
}

let turn = 0;

/** Filters, sorts and pages rows as `search`, `filters`, `sort`, `dir`, `start` and `count` ask. */
export function pageOf(query: Request['query'], rows: Row[], options: NutrientOptions) {
	const { error } = QUERY.validate(query);
	if (error) throw refusal(400, error.message);
	const { search, sort, dir, start, count, filters } = query as Record<string, string>;
	let selected = rows.filter((row) => contains(row, search));
	for (const { field, data } of readFilters(filters)) {
		selected = selected.filter((row) => compare(row[field], data));
	}
	turn += 1;
	if (options.shuffleTies) selected = anyOrder(selected, turn, (row) => JSON.stringify(row));
	if (sort) {
		const sign = dir === 'DESC' ? -1 : 1;
		selected = [...selected].sort((a, b) => sign * String(a[sort]).localeCompare(String(b[sort])));
	}
	const from = options.ignoreStart ? 0 : Number(start ?? 0);
	const size = Math.min(Number(count ?? DEFAULT_COUNT), options.maxCount);
	const page = selected.slice(from, from + size).map((row) => named(row, options));
	return { page, total: selected.length };
}

/** A page in the envelope of the v8 lists. */
export function listing(request: Request, rows: Row[], options: NutrientOptions): object {
	const { page, total } = pageOf(request.query, rows, options);
	return enveloped(page, total, options.envelope);
}

// Assumption: search looks into every text of a row.
function contains(row: Row, search: string | undefined): boolean {
	const wanted = search?.toLowerCase();
	return (
		!wanted || Object.values(row).some((value) => String(value).toLowerCase().includes(wanted))
	);
}

interface Filter {
	field: string;
	data: { comparison: string; value: unknown };
}

function readFilters(text: string | undefined): Filter[] {
	if (!text) return [];
	try {
		return Joi.attempt(JSON.parse(text), FILTERS) as Filter[];
	} catch {
		throw refusal(400, 'Invalid filters');
	}
}

function compare(actual: unknown, { comparison, value }: Filter['data']): boolean {
	const [left, right] = [String(actual), String(value)];
	if (comparison === 'contains') return left.toLowerCase().includes(right.toLowerCase());
	if (comparison === 'eq') return left === right;
	return comparison === 'lteq' ? left <= right : left >= right;
}
