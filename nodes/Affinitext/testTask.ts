/** What the filters ask of one task. */
import type { IDataObject } from 'n8n-workflow';

import { daysUntil, toDay } from '../shared/items/dates';
import { part, personOf, textOf, type Part } from './aliases';
import { valueAt } from './findItems';
import { readDate, type DateReading } from './readDate';
import { toTask } from './task';

export type Test = (raw: IDataObject) => boolean;

const plain = (text: string | null) => (text ?? '').trim().toLowerCase();

export const isWord =
	(name: Part) =>
	(wanted: string): Test =>
	(raw) =>
		plain(textOf(part(raw, name))) === plain(wanted);

export const isPerson =
	(name: Part) =>
	(wanted: string): Test =>
	(raw) => {
		const values = [part(raw, name)].flat();
		return values.some((value) => {
			const person = personOf(value);
			const texts = [person?.name, person?.email].map((text) => plain(text ?? null));
			return person?.id === wanted || texts.some((text) => text.includes(plain(wanted)));
		});
	};

export const contains =
	(wanted: string) =>
	(field: string): Test =>
	(raw) => {
		const value = valueAt(raw, field);
		const isEmpty = value === undefined || value === null || value === '';
		if (wanted === '') return isEmpty;
		const text = typeof value === 'string' ? value : isEmpty ? '' : JSON.stringify(value);
		return plain(text).includes(plain(wanted));
	};

/** Compares days in the workflow's time zone. Without a target date it is neither; an unreadable one is kept. */
export const isBeyond =
	(side: 1 | -1, reading: DateReading) =>
	(limit: string): Test =>
	(raw) => {
		const sent = part(raw, 'due');
		if (sent === undefined) return false;
		const date = readDate(sent, reading);
		const day = date === null ? null : toDay(date, reading.timezone);
		return day === null || day.localeCompare(limit) * side > 0;
	};

export function isOverdue(raw: IDataObject, reading: DateReading): boolean {
	const { dueAt, state } = toTask(raw, '', reading);
	if (dueAt === null) return part(raw, 'due') !== undefined && state === 'open';
	return state === 'open' && Number(daysUntil(dueAt, reading.timezone)) < 0;
}
