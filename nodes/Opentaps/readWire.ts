import type { IDataObject } from 'n8n-workflow';

/** Reads the envelopes of CRM2: `{ result: { resultValue } }` as a rule, bare for users and tags. */

export const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function valueIn(body: unknown): unknown {
	if (!isRecord(body)) return body;
	if (isRecord(body.result) && 'resultValue' in body.result) return body.result.resultValue;
	if ('resultValue' in body) return body.resultValue;
	return 'result' in body ? body.result : body;
}

const isNothing = (value: unknown) =>
	value === undefined || value === null || value === '' || (isRecord(value) && isEmpty(value));
const isEmpty = (value: IDataObject) => Object.keys(value).length === 0;

/** The entries of a list as they came; none for an empty or missing value, `null` when it is no list. */
export function entriesIn(body: unknown): unknown[] | null {
	const value = valueIn(body);
	if (Array.isArray(value)) return value;
	// a list that is empty comes as an envelope with nothing in it
	if (isNothing(value)) return isRecord(body) ? [] : null;
	if (!isRecord(value)) return null;
	const lists = Object.values(value).filter(Array.isArray);
	return lists.length === 1 ? (lists[0] as unknown[]) : null;
}

/** As `entriesIn`, for lists of records. */
export function rowsIn(body: unknown): IDataObject[] | null {
	const entries = entriesIn(body);
	return entries?.every(isRecord) ? entries : null;
}

/** The record in the answer to a write; `null` when it holds none. */
export function recordIn(body: unknown): IDataObject | null {
	const value = valueIn(body);
	return isRecord(value) && !isEmpty(value) ? value : null;
}
