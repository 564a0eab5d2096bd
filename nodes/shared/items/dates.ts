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
