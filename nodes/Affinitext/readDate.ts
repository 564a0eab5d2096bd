import { DateTime } from 'luxon';

import { firstOf, fourDigits, fromMillis, MAX_LENGTH, readIso } from '../shared/items/wireDates';

/** How dates are to be read where the feed leaves it open. */
export interface DateReading {
	/** Zone of times that name none. */
	timezone: string;
	/** Whether 02/03/2026 is 3 February; otherwise 2 March, as in Britain. */
	monthFirst: boolean;
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const SLASHES = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T,]+(\d{1,2}):(\d\d)(?::(\d\d))?)?$/;
const MONTH_NAMES = ['d MMM yyyy', 'd MMMM yyyy', 'd-MMM-yyyy', 'MMM d, yyyy', 'MMMM d, yyyy'];
const DOT_NET = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;
/** Seconds and milliseconds since 1970 are told apart by size: the border is the year 2286 in seconds. */
const MILLISECONDS_FROM = 1e10;

/**
 * A date in any of the ways a feed may write it: `YYYY-MM-DD` for a day, ISO 8601 UTC for an instant.
 * A time without a zone is in the workflow's; midnight without a zone is a day. @returns `null` when it is no date
 */
export function readDate(value: unknown, reading: DateReading): string | null {
	if (typeof value === 'number') return instant(value);
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '' || text.length > MAX_LENGTH) return null;
	const [, ticks] = DOT_NET.exec(text) ?? [];
	if (ticks !== undefined) return fromMillis(Number(ticks));
	if (/^\d{10}$|^\d{13}$/.test(text)) return instant(Number(text));
	const namesZone = /\d[T ]\d.*(Z|[+-]\d\d:?\d\d)$/i.test(text);
	// the workflow's zone, which is slow to reckon with, matters only where none is named
	const date = parse(text, namesZone ? { ...reading, timezone: 'utc' } : reading);
	if (!date?.isValid) return null;
	if (DAY.test(text) || (!namesZone && isMidnight(date, text))) return fourDigits(date.toISODate());
	return fourDigits(date.toUTC().toISO());
}

/** On some days the clock goes forward at midnight: such a day begins an hour later, which that hour does not say. */
const isMidnight = (date: DateTime, text: string) =>
	date.toMillis() === date.startOf('day').toMillis() && (date.hour === 0 || !/\d:\d/.test(text));

function instant(number: number): string | null {
	if (!(number >= 1e8)) return null;
	return fromMillis(number < MILLISECONDS_FROM ? number * 1000 : number);
}

function parse(text: string, { timezone, monthFirst }: DateReading): DateTime | null {
	const zone = { zone: timezone };
	const [, a, b, year, hour, minute, second] = SLASHES.exec(text) ?? [];
	if (year !== undefined) {
		const [day, month] = monthFirst ? [b, a] : [a, b];
		const [h, m, s] = [hour, minute, second].map((digits) => Number(digits ?? 0));
		const date = DateTime.fromObject(
			{ year: Number(year), month: Number(month), day: Number(day), hour: h, minute: m, second: s },
			zone,
		);
		return date.isValid ? firstOf(date) : null;
	}
	const iso = readIso(text, timezone);
	if (iso) return iso;
	const named = MONTH_NAMES.map((format) =>
		DateTime.fromFormat(text, format, { ...zone, locale: 'en' }),
	).find((date): date is DateTime<true> => date.isValid);
	return named ? firstOf(named) : null;
}
