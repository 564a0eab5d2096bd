import type { IDataObject } from 'n8n-workflow';

import { bareKey, isRecord } from './aliases';

/** Where a list usually is; the vendor has published no shape. First match wins. */
const LISTS = ['data', 'tasks', 'items', 'results', 'records', 'value'];
const WRAPPERS = [...LISTS, 'd', 'response', 'result', 'payload'];

/** What one answer holds. */
export interface Found {
	items: IDataObject[];
	/** Whether there was a list; otherwise the whole answer is the one item. */
	isList: boolean;
	/** Keys beside the list, which no item carries. */
	beside: string[];
}

/** An entry as an item: records as they are, anything else under `value`. */
const toItem = (entry: unknown): IDataObject =>
	isRecord(entry) ? entry : ({ value: entry } as IDataObject);

/**
 * The tasks in any JSON: a bare array, an array in the usual places, or else the whole answer as one item.
 * Never fails and drops no entry.
 */
export function findItems(body: unknown): Found {
	if (Array.isArray(body)) return { items: body.map(toItem), isList: true, beside: [] };
	const found = isRecord(body) ? search(body, 0) : undefined;
	return found ?? { items: [toItem(body)], isList: false, beside: [] };
}

function search(body: IDataObject, depth: number): Found | undefined {
	const members = LISTS.flatMap((list) =>
		Object.keys(body).filter((key) => bareKey(key) === list && isTaskList(body[key])),
	);
	const key = members.find((name) => (body[name] as unknown[]).length > 0) ?? members[0];
	if (key !== undefined) {
		const items = (body[key] as unknown[]).map(toItem);
		return { items, isList: true, beside: without(body, key) };
	}
	if (depth > 2) return undefined;
	for (const wrapper of Object.keys(body)) {
		const inner = body[wrapper];
		if (!WRAPPERS.includes(bareKey(wrapper)) || !isRecord(inner)) continue;
		const found = search(inner, depth + 1);
		if (found) return { ...found, beside: [...without(body, wrapper), ...found.beside] };
	}
	return undefined;
}

/** Empty, or records: an array of anything else is more likely a field than the list. */
const isTaskList = (value: unknown) => Array.isArray(value) && value.every(isRecord);

const without = (body: IDataObject, key: string) =>
	Object.keys(body).filter((name) => name !== key);

/** What a dot path leads to; `undefined` when it leads to nothing. A key that holds dots itself goes first. */
export function valueAt(body: unknown, path: string): unknown {
	if (path === '') return body;
	if (typeof body !== 'object' || body === null) return undefined;
	if (Object.hasOwn(body, path)) return (body as IDataObject)[path];
	const parts = path.split('.');
	for (let length = parts.length - 1; length > 0; length--) {
		const key = parts.slice(0, length).join('.');
		if (!Object.hasOwn(body, key)) continue;
		const found = valueAt((body as IDataObject)[key], parts.slice(length).join('.'));
		if (found !== undefined) return found;
	}
	return undefined;
}

/** The tasks at a path the user chose. @returns `null` when it leads to nothing */
export function itemsAt(body: unknown, path: string): Found | null {
	const value = valueAt(body, path);
	if (value === undefined || value === null) return null;
	const entries = Array.isArray(value) ? value : [value];
	return { items: entries.map(toItem), isList: true, beside: [] };
}
