/** Reads dates as the editor and expressions give them; text without a zone is in the workflow's time zone. */
import { DateTime } from 'luxon';

/** @returns the instant as ISO 8601 UTC, or `null` when the value is not a date. */
export function toInstant(value: unknown, timezone: string): string | null {
	const text = value instanceof Date ? value.toISOString() : value;
	if (typeof text !== 'string' || text.trim() === '') return null;
	const iso = DateTime.fromISO(text.trim(), { zone: timezone });
	const date = iso.isValid ? iso : DateTime.fromSQL(text.trim(), { zone: timezone });
	return date.isValid ? date.toUTC().toISO() : null;
}
