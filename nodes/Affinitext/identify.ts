import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { isRecord, part, textOf } from './aliases';
import { valueAt } from './findItems';

/** A task and what it is told apart by. */
export interface Identified {
	raw: IDataObject;
	/** The value of its ID field, or a hash of its content. */
	id: string;
	/** Whether it has an ID of its own, which stays when its content changes. */
	hasId: boolean;
	/** Hash of its content. */
	content: string;
}

/** The ID of one task: that at the user's path, or the first that looks like one. */
export function idOf(raw: IDataObject, idField: string): string | null {
	const value = idField === '' ? part(raw, 'id') : valueAt(raw, idField);
	return isRecord(value) ? null : textOf(value);
}

/**
 * Tells the tasks of one list apart. A task without an ID, or with one that others have as well, goes by its content;
 * several with the same content are counted.
 */
export function identify(
	list: IDataObject[],
	idField: string,
	ignored: readonly string[] = [],
): Identified[] {
	const ids = list.map((raw) => idOf(raw, idField));
	const uses = countOf(ids);
	const copies = new Map<string, number>();
	return list.map((raw, index) => {
		const id = ids[index];
		const content = contentHash(raw, ignored);
		if (id !== null && uses.get(id) === 1) return { raw, id, hasId: true, content };
		const copy = (copies.get(content) ?? 0) + 1;
		copies.set(content, copy);
		return { raw, id: `hash-${content}${copy > 1 ? `-${copy}` : ''}`, hasId: false, content };
	});
}

function countOf(ids: Array<string | null>): Map<string | null, number> {
	const uses = new Map<string | null, number>();
	for (const id of ids) uses.set(id, (uses.get(id) ?? 0) + 1);
	return uses;
}

const LENGTH = 10;

/** A short hash that does not depend on the order of keys. */
function contentHash(raw: IDataObject, ignored: readonly string[] = []): string {
	const kept = Object.entries(raw).filter(([key]) => !ignored.includes(key));
	const text = JSON.stringify(sorted(Object.fromEntries(kept)));
	return createHash('sha256').update(text).digest('base64url').slice(0, LENGTH);
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (!isRecord(value)) return value;
	const keys = Object.keys(value).sort();
	return keys.map((key) => [key, sorted(value[key])]);
}
