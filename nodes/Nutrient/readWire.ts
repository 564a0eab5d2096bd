/** Reads what the vendor does not document: whichever envelope a list comes in, whichever way a field is spelt. */
import type { IDataObject } from 'n8n-workflow';

const ROWS = ['items', 'data', 'rows'];

/** The same for `recipientTaskSid`, `RecipientTaskSID` and `recipient_task_sid`. */
export const plain = (key: string) => key.toLowerCase().replace(/[^a-z0-9]/g, '');

export const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first of these fields that has a value; names in lower case without separators. */
export function field(raw: IDataObject, ...names: string[]): unknown {
	const keys = new Map(Object.keys(raw).map((key) => [plain(key), key]));
	for (const name of names) {
		const value = raw[keys.get(name) ?? ''];
		if (value !== undefined && value !== null && value !== '') return value;
	}
	return undefined;
}

/** As `field`, as text; `null` when there is none. */
export function textField(raw: IDataObject, ...names: string[]): string | null {
	const value = field(raw, ...names);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** A list, and how long all its pages are together where the answer says so. */
export interface Rows {
	rows: IDataObject[];
	total?: number;
}

/** The rows of `[…]`, `{ items }`, `{ Items }`, `{ data }`, `{ rows }`, or one of these in an array; `null`: no list. */
export function rowsOf(body: unknown): Rows | null {
	if (Array.isArray(body)) {
		const [only] = body as unknown[];
		const wrapped = body.length === 1 && isRecord(only) ? enveloped(only) : null;
		return (
			wrapped ?? {
				rows: body.map((row: unknown) => (isRecord(row) ? row : { value: row })) as IDataObject[],
			}
		);
	}
	return isRecord(body) ? enveloped(body) : null;
}

function enveloped(body: IDataObject): Rows | null {
	const inner = field(body, ...ROWS);
	if (isRecord(inner)) return enveloped(inner);
	if (!Array.isArray(inner)) return null;
	const total = field(body, 'total', 'totalitemcnt');
	const list = rowsOf([...inner, {}]);
	return {
		rows: (list?.rows ?? []).slice(0, -1),
		...(typeof total === 'number' && { total }),
	};
}

/** One record, also when it comes in a list of one; `null` when there is none. */
export function recordOf(body: unknown): IDataObject | null {
	if (Array.isArray(body)) return body.length === 1 ? recordOf(body[0]) : null;
	return isRecord(body) && Object.keys(body).length > 0 ? body : null;
}

const LABELS = [
	'label',
	'text',
	'name',
	'title',
	'displayname',
	'optionlabel',
	'approval',
	'value',
];
const LISTS = /options|choices|items|data|rows|buttons/i;

/** The labels a person may choose from in an approval; `null` when the answer cannot be read as such. */
export function approvalLabels(body: unknown, depth = 3): string[] | null {
	if (Array.isArray(body)) {
		const labels = body.map((entry: unknown) =>
			typeof entry === 'string' ? entry : isRecord(entry) ? textField(entry, ...LABELS) : null,
		);
		return labels.length > 0 && labels.every((label) => label !== null) ? labels : null;
	}
	if (!isRecord(body) || depth === 0) return null;
	const keys = Object.keys(body);
	const first = keys.filter((key) => LISTS.test(key));
	const inside = keys.filter((key) => !first.includes(key) && isRecord(body[key]));
	for (const key of [...first, ...inside]) {
		const labels = approvalLabels(body[key], depth - 1);
		if (labels) return labels;
	}
	return null;
}
