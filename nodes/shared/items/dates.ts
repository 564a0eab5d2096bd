/** Reads dates as the editor and expressions give them; text without a zone is in the workflow's time zone. */
import { DateTime } from 'luxon';

/** @returns the date in the workflow's time zone, or `null` when the value is not a date. */
export function toZoned(value: unknown, timezone: string): DateTime<true> | null {
	const text = value instanceof Date ? value.toISOString() : value;
	// "2500" would be a year and "17" an hour of today: rather an amount in the wrong field
	if (typeof text !== 'string' || !/^\s*\d{4}-\w/.test(text)) return null;
	const iso = DateTime.fromISO(text.trim(), { zone: timezone });
	const date = iso.isValid ? iso : DateTime.fromSQL(text.trim(), { zone: timezone });
	return date.isValid ? date : null;
}

/** @returns the instant as ISO 8601 UTC, or `null` when the value is not a date. */
export const toInstant = (value: unknown, timezone: string): string | null =>
	toZoned(value, timezone)?.toUTC().toISO() ?? null;

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
