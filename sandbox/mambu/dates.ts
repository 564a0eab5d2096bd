const DAY_MS = 24 * 60 * 60 * 1000;

/** `2014-02-10T15:36:34+0000`: version 1 writes the offset without a colon. */
export const v1Date = (date: Date) => `${date.toISOString().slice(0, 19)}+0000`;

/** `2016-09-06T13:37:50+03:00`: version 2 writes it with one. Assumption: the tenant is in UTC. */
export const v2Instant = (date: Date) => `${date.toISOString().slice(0, 19)}+00:00`;

export const v2Day = (date: Date) => date.toISOString().slice(0, 10);

/** Whole days from the clock's day to the due day; negative when late. */
export const daysUntil = (dueDate: Date, now: number) =>
	Math.floor(dueDate.getTime() / DAY_MS) - Math.floor(now / DAY_MS);

/** Whether the day exists, besides having the right form: 31 February becomes another one. */
function isReal(text: string): boolean {
	const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
	if (Number.isNaN(day.getTime()) || Number.isNaN(Date.parse(text))) return false;
	return day.toISOString().startsWith(text.slice(0, 10));
}

/** A date-only value counts as UTC (docs.mambu.com, "Data dictionary and API standards"). */
export function readDay(text: unknown): Date | undefined {
	if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text) || !isReal(text))
		return undefined;
	return new Date(`${text}T00:00:00Z`);
}

/**
 * A date in a version 1 JSON body: `yyyy-MM-dd'T'HH:mm:ss` with an offset, with `Z` or without a zone, or `yyyy-MM-dd`; no
 * milliseconds (Mambu-APIs-Java, models 9.6).
 * Assumption: a time without a zone is the tenant's, and the tenant is in UTC.
 */
export function readV1Date(text: unknown): Date | undefined {
	const full = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:(Z)|([+-]\d\d):?(\d\d))?$/.exec(String(text));
	if (!full) return readDay(text);
	const [, time, , hours, minutes] = full;
	const iso = hours === undefined ? `${time}Z` : `${time}${hours}:${minutes}`;
	return isReal(iso) ? new Date(iso) : undefined;
}
