import type { ResponseObject, ResponseToolkit } from '@hapi/hapi';

import { anyOrder } from '../anyOrder';
import type { MambuOptions } from './options';
import { refusal } from './refuse';

type Query = Record<string, unknown>;

function count(value: unknown, name: string, fallback: number, max: number): number {
	if (value === undefined) return fallback;
	if (!/^-?\d+$/.test(String(value))) throw refusal(400, `INVALID_PAGINATION_${name}_VALUE`);
	const number = Number(value);
	if (number < 0 || number > max) throw refusal(400, `OUT_OF_BOUNDS_PAGINATION_${name}_VALUE`);
	return number;
}

interface Page<T> {
	rows: T[];
	offset: number;
	limit: number;
	total: number;
}

let turn = 0;

/** docs.mambu.com, "Pagination": 50 by default, 1000 at most in version 1. */
export function pageOf<T extends { encodedKey: string }>(
	all: T[],
	query: Query,
	{ defaultLimit, maxLimit, largestPage, order }: MambuOptions,
): Page<T> {
	const offset = count(query.offset, 'OFFSET', 0, Infinity);
	const limit = count(query.limit, 'LIMIT', defaultLimit, maxLimit);
	turn += 1;
	const ordered = order === 'any' ? anyOrder(all, turn, ({ encodedKey }) => encodedKey) : all;
	const rows = ordered.slice(offset, offset + Math.min(limit, largestPage));
	return { rows, offset, limit, total: all.length };
}

/** Version 2 tells the length of the list in headers, when asked (`paginationDetails=ON`). */
export function answerV2<T>(h: ResponseToolkit, page: Page<T>, query: Query): ResponseObject {
	const { paginationDetails = 'OFF', detailsLevel = 'BASIC' } = query;
	if (!['ON', 'OFF'].includes(String(paginationDetails))) {
		throw refusal(400, 'INVALID_PARAMETERS', 'paginationDetails');
	}
	if (!['BASIC', 'FULL'].includes(String(detailsLevel))) {
		throw refusal(400, 'INVALID_PARAMETERS', 'detailsLevel');
	}
	const response = h.response(page.rows as object);
	if (paginationDetails === 'OFF') return response;
	return response
		.header('Items-Limit', String(page.limit))
		.header('Items-Offset', String(page.offset))
		.header('Items-Total', String(page.total));
}
