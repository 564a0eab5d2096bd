import type { IDataObject } from 'n8n-workflow';

import { toTaskDate } from '../shared/items/wireDates';
import type { Person, Task, TaskState } from '../shared/task';
import { isRecord } from './readWire';

/** CRM2's own word for what is done. */
export const COMPLETED = 'COMPLETED';
/** The words of tasks that are still to be done, as the vendor's own scripts list them. */
export const OPEN = ['CREATED', 'STARTED'];

const PREFIX = 'note_field_';

const STATUS: Record<string, TaskState> = { CREATED: 'open', STARTED: 'open', COMPLETED: 'done' };

/** Whether the word is one of the three known statuses. There may be others. */
export const isKnownStatus = (status: string): boolean => Object.hasOwn(STATUS, status);

/**
 * A record's fields by their bare names, whichever generation it is of: wrapped in `note` with `note_field_` names
 * (wiki of 2013), or flat with `_id` and `attributes` (the vendor's scripts of 2015).
 */
export function attributesOf(raw: IDataObject): IDataObject {
	const record = [raw.note, raw.activity, raw.task].find(isRecord) ?? raw;
	const attributes = isRecord(record.attributes) ? record.attributes : {};
	const prefixed = Object.entries(record)
		.filter(([name]) => name.startsWith(PREFIX) && name !== `${PREFIX}__proto__`)
		.map(([name, value]) => [name.slice(PREFIX.length), value]);
	return { ...attributes, ...(Object.fromEntries(prefixed) as IDataObject), ...record };
}

/** The record's ID; empty when it has none. */
export function idOf(raw: IDataObject): string {
	const { _id, noteId, activityId, id } = attributesOf(raw);
	return idText(_id ?? noteId ?? activityId ?? id);
}

/** Mongo's own JSON writes an ID as `{ $oid }`. */
export function idText(value: unknown): string {
	if (isRecord(value)) return idText(value.$oid);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The cursor of a listing; `null` when the record does not show it. */
export function sequenceOf(raw: IDataObject): number | null {
	const value = attributesOf(raw).sequenceNum;
	const number = typeof value === 'string' && value !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

export const textOf = (raw: IDataObject, name: string): string | null => {
	const value = attributesOf(raw)[name];
	return typeof value === 'string' && value !== '' ? value : null;
};

/** Contacts the record is assigned to, as a list of IDs or as ID → name. */
export function assignedTo(raw: IDataObject): Person[] {
	const value = attributesOf(raw).assignedToContact;
	const person = (id: string, name: unknown): Person => ({
		id,
		name: typeof name === 'string' && name !== '' ? name : null,
		email: null,
	});
	if (isRecord(value)) return Object.entries(value).map(([id, name]) => person(id, name));
	const ids = Array.isArray(value) ? value : [value];
	return ids.map(idText).flatMap((id) => (id === '' ? [] : [person(id, null)]));
}

export const responsibleContact = (raw: IDataObject): string =>
	idText(attributesOf(raw).responsibleContactId);

/**
 * The Task record. An unknown status keeps its word, counts as open, and decides nothing; CRM2 knows no approval.
 * @param site where people open tasks; `null` for a record that is none
 */
/** What no URL can hold, and `encodeURIComponent` fails on. */
const HALF_CHARACTER = /\p{Surrogate}/gu;

export function toTask(raw: IDataObject, site: string | null): Task {
	const fields = attributesOf(raw);
	const status = textOf(raw, 'status');
	const id = idOf(raw);
	return {
		id,
		title: textOf(raw, 'noteText'),
		description: textOf(raw, 'description'),
		status,
		state: status !== null && isKnownStatus(status) ? STATUS[status] : 'open',
		decision: null,
		requester: creator(fields.createdByUser),
		assignee: assignee(raw),
		dueAt: instant(fields.scheduledDateTime),
		createdAt: instant(fields.dateTimeCreated),
		updatedAt: null,
		decidedAt: null,
		url:
			site !== null && id !== ''
				? `${site}#/tasks?taskId=${encodeURIComponent(id.replace(HALF_CHARACTER, '\uFFFD'))}`
				: null,
		source: 'opentaps',
	};
}

function creator(value: unknown): Person | null {
	if (!isRecord(value)) return null;
	const name = typeof value.name === 'string' && value.name !== '' ? value.name : null;
	const id = idText(value.id) || null;
	return id === null && name === null ? null : { id, name, email: null };
}

/** Who took the task; else the one contact it is assigned to. */
function assignee(raw: IDataObject): Person | null {
	const assigned = assignedTo(raw);
	const responsible = responsibleContact(raw);
	if (responsible !== '') {
		return (
			assigned.find(({ id }) => id === responsible) ?? { id: responsible, name: null, email: null }
		);
	}
	return assigned.length === 1 ? assigned[0] : null;
}

/** Mongo's own JSON writes an instant as `{ $date }`, and a large number as `{ $numberLong }`, also inside of the other. */
function plain(value: unknown): unknown {
	const inner = isRecord(value) && '$date' in value ? value.$date : value;
	const long = isRecord(inner) ? inner.$numberLong : undefined;
	if (long === undefined) return inner;
	return typeof long === 'string' && /^-?\d+$/.test(long) ? Number(long) : null;
}

/** Zoneless is UTC, as the vendor's own follow-up script takes it. */
const instant = (value: unknown): string | null => toTaskDate(plain(value));
