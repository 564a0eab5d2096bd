import type { IDataObject } from 'n8n-workflow';

/**
 * Keys under which a task's parts may be sent. The vendor has published none: these come from the words of its
 * screens and mails, only fill the Task record, and are never required. First match wins; case, `_` and `-` do not count.
 */
const ALIASES = {
	id: ['id', 'taskid', 'uuid', 'guid', 'taskno', 'tasknumber', 'number', 'reference', 'ref'],
	number: ['taskno', 'tasknumber', 'number', 'ref', 'reference'],
	title: ['subject', 'title', 'name'],
	description: ['description', 'details', 'instructions'],
	due: ['targetdate', 'duedate', 'targetdatetime', 'target', 'due'],
	status: ['status', 'state', 'taskstatus', 'statusname'],
	assignee: ['assignee', 'assignedto', 'assigneename'],
	verifier: ['verifier', 'verifiername'],
	creator: ['creator', 'createdby', 'creatorname'],
	category: ['category', 'tasktype', 'type'],
	priority: ['priority', 'urgency'],
	created: ['createdat', 'created', 'createddate', 'creationdate', 'datecreated'],
	updated: ['updatedat', 'updated', 'modified', 'modifiedat', 'lastmodified', 'updateddate'],
	completed: ['verifiedat', 'completedat', 'completiondate', 'completeddate', 'datecompleted'],
	verified: ['verifiedat'],
	url: ['url', 'link', 'href', 'weburl'],
} as const;

export type Part = keyof typeof ALIASES;

/** Records inside a record that hold the fields themselves, as in JSON:API. */
const INNER = ['attributes', 'fields', 'task'];

export const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const bareKey = (key: string) => key.toLowerCase().replace(/[_\-\s]/g, '');

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';

/** A part of a task under whichever key it comes; `undefined` when there is none. */
export function part(raw: IDataObject, name: Part): unknown {
	const own = lookUp(raw, ALIASES[name]);
	if (own !== undefined) return own;
	for (const key of Object.keys(raw)) {
		const inner = raw[key];
		if (!INNER.includes(bareKey(key)) || !isRecord(inner)) continue;
		const found = lookUp(inner, ALIASES[name]);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Every part of a task looks into the same record, and a list has thousands. */
const bareRecords = new WeakMap<IDataObject, Map<string, unknown>>();

function bareRecord(record: IDataObject): Map<string, unknown> {
	const known = bareRecords.get(record);
	if (known) return known;
	const bare = new Map<string, unknown>();
	for (const [key, value] of Object.entries(record)) {
		if (isGiven(value) && !bare.has(bareKey(key))) bare.set(bareKey(key), value);
	}
	bareRecords.set(record, bare);
	return bare;
}

function lookUp(record: IDataObject, names: readonly string[]): unknown {
	const bare = bareRecord(record);
	const name = names.find((one) => bare.has(one));
	return name === undefined ? undefined : bare.get(name);
}

/** A value as text: itself, or the name in a record; `null` when it is neither. */
export function textOf(value: unknown): string | null {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (typeof value === 'string') return value.trim() === '' ? null : value;
	return isRecord(value) ? textOf(lookUp(value, ['name', 'label', 'title', 'value', 'id'])) : null;
}

/** Who a value names: a name, an address, a record of both, or the first of several. */
export function personOf(value: unknown) {
	const first = Array.isArray(value) ? (value as unknown[])[0] : value;
	if (!isRecord(first)) {
		const text = textOf(first);
		if (text === null) return null;
		const isEmail = /^[^\s@]+@[^\s@]+$/.test(text);
		return { id: null, name: isEmail ? null : text, email: isEmail ? text : null };
	}
	const of = (...names: string[]) => textOf(lookUp(first, names));
	const full = [of('firstname', 'forename'), of('lastname', 'surname')].filter(Boolean).join(' ');
	const person = {
		id: of('id', 'userid', 'uuid'),
		name: of('name', 'fullname', 'displayname') ?? (full || null),
		email: of('email', 'emailaddress', 'mail'),
	};
	return Object.values(person).some((known) => known !== null) ? person : null;
}
