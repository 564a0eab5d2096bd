/** Reads dates as services write them, the same on every host: what names no zone is in the one given. */
import { DateTime } from 'luxon';

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
/** Dates that JavaScript reads though they are not ISO 8601, with or without a day of the week. */
const WRITTEN_OUT = new RegExp(
	`^(?:[a-z]{3,9},? )?(?:\\d\\d?/\\d\\d?/|\\d\\d?[ -]${MONTH}[ -]|${MONTH} \\d\\d?,? )\\d{4}(?![\\d-])`,
	'i',
);
/** After a time: a year with a dash before it is no offset. JavaScript knows an offset in two or four digits. */
const ZONE =
	/(:\d\d(?:\.\d+)?(?: ?[ap]m)?) ?(z|utc|gmt|[ecmp][sd]t)?(?: ?([+-])(\d\d?)(?::?(\d\d))?)?(?: \(.+\))?$/i;

/** @returns ISO 8601 or SQL in the given zone, unless it names one; `null` when it is neither. */
export function readIso(text: string, timezone: string): DateTime<true> | null {
	if (!/^\d{4}-\d\d/.test(text)) return null;
	const zone = { zone: timezone };
	const iso = DateTime.fromISO(text.toUpperCase().replace(' ', 'T'), zone);
	const date = iso.isValid ? iso : DateTime.fromSQL(text, zone);
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
 * A time without a zone is in UTC. @returns `null` when it is no date
 */
export function toTaskDate(value: unknown): string | null {
	if (typeof value === 'number') return DateTime.fromMillis(value).toUTC().toISO();
	const text = typeof value === 'string' ? value.trim() : '';
	const inUtc = IN_UTC.test(text) && utcOf(text);
	if (inUtc) return inUtc;
	const date = readIso(text, 'utc') ?? readWrittenOut(text);
	if (!date.isValid) return null;
	return text.length === 10 && date.toISODate() === text ? text : date.toUTC().toISO();
}
