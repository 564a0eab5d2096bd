/** Reads dates as services write them, the same on every host: what names no zone is in the one given. */
import { DateTime } from 'luxon';

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
/** Dates that JavaScript reads though they are not ISO 8601, with or without a day of the week. */
const WRITTEN_OUT = new RegExp(
	`^(?:[a-z]{3,9},? )?(?:\\d\\d?/\\d\\d?/|\\d\\d?[ -]${MONTH}[ -]|${MONTH} \\d\\d?,? )[1-9]\\d{3}(?![\\d-])`,
	'i',
);
/** After a time: a year with a dash before it is no offset. JavaScript knows an offset in two or four digits. */
const ZONE =
	/(:\d\d(?:\.\d+)?(?: ?[ap]m)?) ?(z|utc|gmt|[ecmp][sd]t)?(?: ?([+-])(\d\d?)(?::?(\d\d))?)?(?: \(.+\))?$/i;

/** Longer texts are no dates, and to look for one in them would take too long. */
export const MAX_LENGTH = 120;

/** A year with its month, day or week. luxon takes 2026-0800, 2026-08:00 and 2026-13 for 20:26 of today, with an offset. */
const DAY_FIRST = /^\d{4}-(?:(?:0[1-9]|1[0-2])(?![\d:])|\d{3}(?!\d)|w\d\d)/i;

/** Since 1970, of the years 2001 to 2286. Fewer digits may as well be seconds, an amount or a year: they are no date. */
export const MILLISECONDS = /^\d{13}$/;

/**
 * Only what has a year of four digits. What lies before the year 1000 stands for no date, as .NET's 0001-01-01 does.
 * @returns the date as it is; `null` when it is another one
 */
export const fourDigits = (iso: string | null | undefined): string | null =>
	iso && /^[1-9]\d{3}-/.test(iso) ? iso : null;

/** Milliseconds since 1970 as ISO 8601 UTC; `null` when they are no date. */
export function fromMillis(milliseconds: number): string | null {
	const date = new Date(milliseconds);
	return fourDigits(Number.isNaN(date.getTime()) ? null : date.toISOString());
}

/**
 * Of a time that exists twice, as the clock goes back, the first. luxon takes one or the other by the time of the year
 * at which it is asked.
 */
export function firstOf(date: DateTime<true>): DateTime<true> {
	if (date.isOffsetFixed) return date;
	const gained = date.minus({ hours: 24 }).offset - date.offset;
	const first = date.minus({ minutes: gained });
	return first.offset - date.offset === gained ? first : date;
}

/** @returns ISO 8601 or SQL in the given zone, unless it names one; `null` when it is neither. */
export function readIso(text: string, timezone: string): DateTime<true> | null {
	if (text.length > MAX_LENGTH || !DAY_FIRST.test(text)) return null;
	// a zone that is named is kept at first: what it names exists once
	const zone = { zone: timezone, setZone: true };
	const iso = DateTime.fromISO(text.toUpperCase().replace(' ', 'T'), zone);
	const read = iso.isValid ? iso : DateTime.fromSQL(text, zone);
	const date = read.isValid ? firstOf(read).setZone(timezone) : read;
	return date.isValid ? date : null;
}

function readWrittenOut(text: string): DateTime {
	const named = withZone(text);
	return DateTime.fromMillis(WRITTEN_OUT.test(text) ? Date.parse(named) : NaN);
}

function withZone(text: string): string {
	const [zone, time, name, sign, hours, minutes = '00'] = ZONE.exec(text) ?? [];
	if (zone === undefined) return `${text} UTC`;
	const offset = sign ? `${sign}${hours.padStart(2, '0')}${minutes}` : '';
	const plain = !name || /^[z]$/i.test(name) ? 'UTC' : name;
	return `${text.slice(0, -zone.length)}${time} ${offset ? `GMT${offset}` : plain}`;
}

/** How most services write a time. Read without luxon, as a listing has thousands. */
const IN_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

function utcOf(text: string): string | null {
	const date = new Date(text);
	const iso = Number.isNaN(date.getTime()) ? '' : date.toISOString();
	return iso.slice(0, 19) === text.slice(0, 19) ? iso : null;
}

/**
 * A date of a Task record: a day stays a day, anything else becomes ISO 8601 UTC; a number counts milliseconds.
 * A time without a zone is in UTC. @returns `null` when it is no date, or one of a year without four digits
 */
export function toTaskDate(value: unknown): string | null {
	if (typeof value === 'number') return fromMillis(value);
	const text = typeof value === 'string' ? value.trim() : '';
	if (text.length > MAX_LENGTH) return null;
	if (MILLISECONDS.test(text)) return fromMillis(Number(text));
	const inUtc = IN_UTC.test(text) && utcOf(text);
	if (inUtc) return fourDigits(inUtc);
	const date = readIso(text, 'utc') ?? readWrittenOut(text);
	if (!date.isValid) return null;
	return fourDigits(text.length === 10 && date.toISODate() === text ? text : date.toUTC().toISO());
}
