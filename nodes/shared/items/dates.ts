/** Reads dates as the editor and expressions give them; text without a zone is in the workflow's time zone. */
import { DateTime } from 'luxon';

import { isDateObject, isoOf } from './dateObjects';
import { fourDigits, MILLISECONDS, readIso } from './wireDates';

const asText = (value: unknown): unknown =>
	typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;

/**
 * ISO 8601 or SQL text, an object that says its time, such as a `Date` or `$now`, or milliseconds since 1970 in 13
 * digits. A year has four digits. Of a time that exists twice the first is meant, one that does not exist is as much later.
 * @returns the date in the workflow's time zone, or `null` when the value is not a date
 */
export function toZoned(value: unknown, timezone: string): DateTime<true> | null {
	const given = isDateObject(value) ? isoOf(value) : asText(value);
	if (typeof given !== 'string') return null;
	const text = given.trim();
	const date = MILLISECONDS.test(text)
		? DateTime.fromMillis(Number(text), { zone: timezone })
		: readIso(text, timezone);
	return date?.isValid && fourDigits(date.toISODate()) !== null ? date : null;
}

/** @returns the instant as ISO 8601 UTC, or `null` when the value is not a date. */
export const toInstant = (value: unknown, timezone: string): string | null =>
	fourDigits(toZoned(value, timezone)?.toUTC().toISO());

/** @returns the day in the workflow's time zone as `YYYY-MM-DD`, or `null` when the value is not a date. */
export const toDay = (value: unknown, timezone: string): string | null =>
	toZoned(value, timezone)?.toISODate() ?? null;

/** Kept for a second: a listing asks it of thousands of tasks, and zones are slow. */
let lastToday = { asked: '', day: '' };

function todayIn(timezone: string): string {
	const asked = `${Math.floor(Date.now() / 1000)} ${timezone}`;
	if (lastToday.asked !== asked) {
		lastToday = { asked, day: String(DateTime.now().setZone(timezone).toISODate()) };
	}
	return lastToday.day;
}

/** Whole days from today to a date in the workflow's time zone, negative when it has passed; `null` when it is no date. */
export function daysUntil(date: string | null, timezone: string): number | null {
	// a day is the same in every zone, and UTC is the quickest to reckon with
	const day = toDay(date, /^\d{4}-\d\d-\d\d$/.test(date ?? '') ? 'utc' : timezone);
	if (day === null) return null;
	return Math.round((Date.parse(day) - Date.parse(todayIn(timezone))) / 86_400_000);
}
