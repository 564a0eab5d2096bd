/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { runInNewContext } from 'node:vm';

import { DateTime } from 'luxon';

import { daysUntil, toDay, toInstant, toZoned } from '../../../../nodes/shared/items/dates';

const PRAGUE = 'Europe/Prague';

it.each([
	// winter and summer time
	['2030-01-15T10:00:00', PRAGUE, '2030-01-15T09:00:00.000Z'],
	['2030-07-15T10:00:00', PRAGUE, '2030-07-15T08:00:00.000Z'],
	['2030-07-15 10:00:00', PRAGUE, '2030-07-15T08:00:00.000Z'],
	['2030-07-15', PRAGUE, '2030-07-14T22:00:00.000Z'],
	[' 2030-07-15T10:00 ', 'America/New_York', '2030-07-15T14:00:00.000Z'],
	// an hour that does not exist: the clock went from two to three
	['2030-03-31T02:30:00', PRAGUE, '2030-03-31T01:30:00.000Z'],
	// a zone of its own wins
	['2030-07-15T10:00:00Z', PRAGUE, '2030-07-15T10:00:00.000Z'],
	['2030-07-15T10:00:00+05:30', PRAGUE, '2030-07-15T04:30:00.000Z'],
	['2030-07-15 10:00:00 +02:00', PRAGUE, '2030-07-15T08:00:00.000Z'],
	['2030-07-15 10:00:00 Asia/Kolkata', PRAGUE, '2030-07-15T04:30:00.000Z'],
	['2030-07-15t10:00:00z', PRAGUE, '2030-07-15T10:00:00.000Z'],
	[new Date('2030-07-15T10:00:00Z'), PRAGUE, '2030-07-15T10:00:00.000Z'],
])('reads %p in %s as %s', (value, zone, expected) => {
	expect(toInstant(value, zone)).toBe(expected);
});

it.each([
	'',
	'  ',
	'next Friday',
	'01/02/2030',
	'2030-02-30',
	7,
	'2500',
	'17',
	'23:59',
	'20300101',
	'0000-00-00',
	'0001-01-01T00:00:00',
	'+275760-09-13T00:00:00.000Z',
	`2030-01-01${' '.repeat(500)}T10:00`,
	null,
	undefined,
	{},
	[],
	true,
	() => '2030-01-01',
])('takes %p for no date', (value) => {
	expect(toInstant(value, PRAGUE)).toBeNull();
});

const AT = Date.UTC(2030, 6, 15, 10);

it.each([
	['a DateTime', DateTime.fromMillis(AT, { zone: 'Asia/Kolkata' })],
	['what another copy of luxon makes', { toISO: () => '2030-07-15T12:00:00.000+02:00' }],
	['what moment makes', { toISOString: (): string => '2030-07-15T10:00:00.000Z' }],
	['a Date of another realm', runInNewContext(`new Date(${AT})`) as unknown],
	['milliseconds', AT],
	['milliseconds as text', ` ${AT} `],
	['milliseconds as a bigint', BigInt(AT)],
])('F11: %s is a date', (_what, value) => {
	expect(toInstant(value, PRAGUE)).toBe('2030-07-15T10:00:00.000Z');
	expect(toDay(value, 'Pacific/Kiritimati')).toBe('2030-07-16');
});

/** As some objects of expressions are: it throws at being asked for what it has not. */
const THROWING = new Proxy(
	{},
	{
		get() {
			throw new Error('no');
		},
	},
);

it.each([
	['an invalid Date', new Date(NaN)],
	['an invalid DateTime', DateTime.invalid('a reason')],
	[
		'what throws',
		{
			toISO() {
				throw new Error('no');
			},
		},
	],
	['what throws at a question', THROWING],
	['what gives no text', { toISO: () => 7 }],
	['a duration', { toISO: () => 'P3D' }],
	['a period', { toISO: () => '2030-01-01T00:00:00.000Z/2030-02-01T00:00:00.000Z' }],
	['a date of five digits', new Date(8.64e15)],
	// seconds, or an amount of 1.7 billion
	['ten digits', 1_900_000_000],
	['ten digits as text', '1900000000'],
	['milliseconds of 1999, which could be seconds or an amount', 915_148_800_000],
	['fourteen digits', 19_000_000_000_000],
	['a fraction', AT + 0.5],
	['a negative number', -AT],
	['NaN', NaN],
	['what is too large', Infinity],
])('F11: %s is no date', (_what, value) => {
	expect([toInstant(value, PRAGUE), toDay(value, PRAGUE), toZoned(value, PRAGUE)]).toEqual([
		null,
		null,
		null,
	]);
});

it('never makes a date of five digits, wherever it is', () => {
	expect(toInstant('9999-12-31T23:00:00', 'America/Los_Angeles')).toBeNull();
	expect(toDay('9999-12-31T23:00:00Z', 'Pacific/Kiritimati')).toBeNull();
	expect(toDay('9999-12-31', 'Pacific/Kiritimati')).toBe('9999-12-31');
});

const ZONES = ['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata', 'Europe/Berlin'];

it.each(ZONES)('F11: in %s a day stays that day, and a moment is on its day there', (zone) => {
	const late = DateTime.fromISO('2030-03-30T23:59:59.999', { zone });
	for (const given of ['2030-03-30', '2030-03-30T00:00', '2030-03-30 23:59:59']) {
		expect(toDay(given, zone)).toBe('2030-03-30');
	}
	const ways = [late, late.toUTC(), late.toJSDate(), late.toMillis(), late.toUTC().toISO()];
	for (const given of ways) {
		expect(toDay(given, zone)).toBe('2030-03-30');
		expect(toInstant(given, zone)).toBe(late.toUTC().toISO());
	}
	expect(toDay(late.plus(1), zone)).toBe('2030-03-31');
});

describe.each([
	['winter', Date.UTC(2030, 0, 15)],
	['summer', Date.UTC(2030, 6, 15)],
])('asked in %s', (_season, now) => {
	beforeEach(() => jest.useFakeTimers({ now }));
	afterEach(() => jest.useRealTimers());

	it.each([
		['2030-10-27T02:30:00', PRAGUE, '2030-10-27T00:30:00.000Z'],
		['2030-10-27 02:30:00', PRAGUE, '2030-10-27T00:30:00.000Z'],
		['2030-10-27T01:30', 'Europe/London', '2030-10-27T00:30:00.000Z'],
		['2030-11-03T01:30', 'America/Los_Angeles', '2030-11-03T08:30:00.000Z'],
		// by half an hour
		['2030-04-07T01:45', 'Australia/Lord_Howe', '2030-04-06T14:45:00.000Z'],
		// midnight itself
		['2030-11-03', 'America/Havana', '2030-11-03T04:00:00.000Z'],
	])('F11: of %s in %s, which exists twice, the first is meant', (text, zone, expected) => {
		expect(toInstant(text, zone)).toBe(expected);
	});

	it.each([
		['2030-10-27T02:30:00+01:00', PRAGUE, '2030-10-27T01:30:00.000Z'],
		['2030-10-27T01:30:00Z', 'Europe/London', '2030-10-27T01:30:00.000Z'],
		['2030-10-27T03:00', PRAGUE, '2030-10-27T02:00:00.000Z'],
		['2030-10-27T01:59', PRAGUE, '2030-10-26T23:59:00.000Z'],
	])('F11: %s in %s exists once', (text, zone, expected) => {
		expect(toInstant(text, zone)).toBe(expected);
	});

	it.each([
		['2030-03-31T02:30', PRAGUE, '2030-03-31T01:30:00.000Z'],
		// a day without a midnight
		['2030-04-26', 'Africa/Cairo', '2030-04-25T22:00:00.000Z'],
	])('F11: %s in %s, which does not exist, is as much later', (text, zone, expected) => {
		expect(toInstant(text, zone)).toBe(expected);
		expect(toDay(text, zone)).toBe(text.slice(0, 10));
	});
});

it.each([
	['2030-03-31', 1],
	['2030-04-01', 2],
	['2030-03-31T00:30:00Z', 1],
	['2030-03-30T23:30:00Z', 1],
	['2030-03-30T22:30:00Z', 0],
	['2030-03-29T22:59:59.999Z', -1],
	['2030-03-29T23:00:00.000Z', 0],
])('counts days, not hours, from before the clock goes forward to %s: %d', (date, expected) => {
	jest.useFakeTimers({ now: Date.UTC(2030, 2, 30, 12) });
	expect(daysUntil(date, PRAGUE)).toBe(expected);
	jest.useRealTimers();
});

it('reads the day in the zone of the workflow', () => {
	expect(toDay('2030-07-15T23:30:00Z', PRAGUE)).toBe('2030-07-16');
	expect(toDay('2030-07-15 23:30', PRAGUE)).toBe('2030-07-15');
	expect(toDay('soon', PRAGUE)).toBeNull();
	expect(toZoned('2030-07-15T10:00:00Z', PRAGUE)?.hour).toBe(12);
});

it('counts the days to a date in the zone of the workflow', () => {
	jest.useFakeTimers({ now: Date.UTC(2030, 6, 15, 22, 30) });
	expect(daysUntil('2030-07-16', 'UTC')).toBe(1);
	expect(daysUntil('2030-07-16', PRAGUE)).toBe(0);
	expect(daysUntil('2030-07-15', PRAGUE)).toBe(-1);
	expect(daysUntil('2030-07-16T22:30:00Z', PRAGUE)).toBe(1);
	// another day has begun a second later
	jest.setSystemTime(Date.UTC(2030, 6, 16, 0, 0, 1));
	expect(daysUntil('2030-07-16', 'UTC')).toBe(0);
	jest.useRealTimers();
});

it.each([null, 'soon', '2030-02-31', '2030-13-01'])('has no days to %p', (date) => {
	expect(daysUntil(date, PRAGUE)).toBeNull();
});
