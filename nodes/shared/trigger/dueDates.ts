/** Tells once that a task's date is near or has passed, and again when the task has another date. */
import type { INodeProperties } from 'n8n-workflow';

import type { Field, FieldReader } from '../items/fields/fieldReader';
import { toNumber } from '../items/fields/givenValues';
import type { DateMark, Fingerprint } from './fingerprint';

/** How long before its date a task is near, in hours or days. */
export const dueSoonIn = (
	unit: 'Hours' | 'Days',
	initial: number,
	description: string,
	show: Record<string, string[]> = {},
): INodeProperties => ({
	displayName: `Due Soon Within (${unit})`,
	name: `dueSoon${unit}`,
	type: 'number',
	typeOptions: { minValue: unit === 'Hours' ? 1 : 0 },
	default: initial,
	description,
	displayOptions: { show: { ...show, events: ['dueSoon'] } },
});

/** From how long before its date on a task is near, in the field's unit. */
export function readSoon(fields: FieldReader, field: Field): number {
	const fromZero = (given: unknown) => {
		const number = toNumber(given) ?? -1;
		return number >= 0 ? number : undefined;
	};
	return fields.has(field)
		? fields.as(field, 'a number from 0 up', fromZero)
		: Number(field.default);
}

/**
 * @param left until the date, in any unit; below 0 it has passed; `null` when it does not matter
 * @param soon from here on it is near, in that unit
 */
export const dateMark = (left: number | null, soon: number, at: number): DateMark | null =>
	left !== null && left <= soon ? { is: left < 0 ? 'late' : 'soon', at } : null;

/** The events of a mark that is another one than before. @param late what a date that has passed is called */
export function dateEvents(
	{ mark }: Fingerprint,
	before: Fingerprint | undefined,
	late = 'overdue',
): string[] {
	const known = before?.mark;
	if (mark === null || (mark.is === known?.is && mark.at === known.at)) return [];
	return [mark.is === 'late' ? late : 'dueSoon'];
}
