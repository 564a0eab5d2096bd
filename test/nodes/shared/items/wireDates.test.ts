import { readDate } from '../../../../nodes/Affinitext/readDate';
import { toTask } from '../../../../nodes/Opentaps/task';
import { toTaskDate } from '../../../../nodes/shared/items/wireDates';

it('a number counts milliseconds, also as text of 13 digits', () => {
	expect(toTaskDate(0)).toBe('1970-01-01T00:00:00.000Z');
	expect(toTaskDate(Date.UTC(2026, 11, 1, 17))).toBe('2026-12-01T17:00:00.000Z');
	expect(toTaskDate(String(Date.UTC(2026, 11, 1, 17)))).toBe('2026-12-01T17:00:00.000Z');
});

/** What records have been seen to hold, or could. */
const WILD: unknown[] = [
	...['/Date(99999999999999999)/', '/Date(-99999999999999999)/', '/Date(8640000000000000)/'],
	...[
		'+275760-09-13T00:00:00.000Z',
		'-000001-01-01T00:00:00Z',
		'0000-00-00',
		'0000-01-01T00:00:00Z',
	],
	...[
		'0001-01-01T00:00:00',
		'0001-01-01',
		'0001-01-01T00:00:00Z',
		'12/1/0001',
		'1/1/99999',
		'99999-01-01',
	],
	...['9999-12-31T23:59:59-08:00', '2026-02-30', '2026-13-45T99:99:99Z', '0000-00-00 00:00:00'],
	// times of day with an offset
	...['2026-0800', '0001-0800', '1100-0530', '2026-13', '2026-00', '2026-99', '2026-08:00'],
	...['NaN', 'Infinity', '-1', '1e400', 'null', 'Invalid Date', '99999999999999999999', ' '],
	...[NaN, Infinity, -Infinity, 8.64e15, 8.64e15 + 1, -8.64e15, 1e308, JSON.parse('1e400')],
	...[
		{},
		[],
		{ $date: {} },
		{ $date: { $date: {} } },
		{ $date: null },
		['2026-12-01'],
		true,
		false,
		null,
	],
	...[
		{ $date: { $numberLong: '99999999999999999' } },
		{ $date: { $numberLong: 'x' } },
		{ $date: '1e400' },
	],
];

const READERS: Array<[string, (value: unknown) => unknown]> = [
	['every vendor', toTaskDate],
	['Affinitext', (value) => readDate(value, { timezone: 'Asia/Kolkata', monthFirst: true })],
	['opentaps', (value) => toTask({ scheduledDateTime: value } as never, null).dueAt],
];

it.each(READERS)('F11: a wild date is none, read by %s', (_who, read) => {
	const is = WILD.map((value) => {
		try {
			return [value, read(value)];
		} catch (error) {
			return [value, String(error)];
		}
	});
	expect(is).toEqual(WILD.map((value) => [value, null]));
});

it.each(READERS)('F11: no text is too long for %s', (_who, read) => {
	const texts = [
		':00 (',
		'1 1',
		'2026-',
		' ',
		'/',
		':00.1',
		'26 Nov 2026 10:00 (',
		'(',
		'1T1:',
	].map((part) => part.repeat(200_000));
	const start = performance.now();
	for (const text of texts) expect(read(`26 Nov 2026 ${text}x`)).toBeNull();
	for (const text of texts) expect(read(text)).toBeNull();
	expect(performance.now() - start).toBeLessThan(1000);
});

it('opentaps: an instant may be written in any of the ways of Mongo’s JSON', () => {
	const ms = Date.UTC(2026, 11, 1, 17);
	const ways = [ms, String(ms), { $date: ms }, { $date: '2026-12-01T17:00:00Z' }];
	ways.push({ $date: { $numberLong: String(ms) } } as never, { $numberLong: String(ms) } as never);
	for (const way of ways) {
		const raw = { scheduledDateTime: way, dateTimeCreated: way } as never;
		expect(toTask(raw, null)).toMatchObject({
			dueAt: '2026-12-01T17:00:00.000Z',
			createdAt: '2026-12-01T17:00:00.000Z',
		});
	}
	const before2001 = { scheduledDateTime: { $date: { $numberLong: '915148800000' } } };
	expect(toTask(before2001, null).dueAt).toBe('1999-01-01T00:00:00.000Z');
});

describe.each([
	['winter', Date.UTC(2030, 0, 15)],
	['summer', Date.UTC(2030, 6, 15)],
])('asked in %s', (_season, now) => {
	beforeEach(() => jest.useFakeTimers({ now }));
	afterEach(() => jest.useRealTimers());

	it.each(['27/10/2030 02:30', '2030-10-27T02:30:00', '2030-10-27 02:30'])(
		'F11: Affinitext: of %s in Prague, which exists twice, the first is meant',
		(text) => {
			const reading = { timezone: 'Europe/Prague', monthFirst: false };
			expect(readDate(text, reading)).toBe('2030-10-27T00:30:00.000Z');
		},
	);

	it('F11: Affinitext: midnight is a day, also one that exists twice or not at all', () => {
		const day = (text: string, timezone: string) => readDate(text, { timezone, monthFirst: false });
		expect(day('03/11/2030', 'America/Havana')).toBe('2030-11-03');
		expect(day('2030-11-03T00:00:00', 'America/Havana')).toBe('2030-11-03');
		expect(day('26/04/2030', 'Africa/Cairo')).toBe('2030-04-26');
		expect(day('26 Apr 2030', 'Africa/Cairo')).toBe('2030-04-26');
		expect(day('2030-04-26T01:00:00', 'Africa/Cairo')).toBe('2030-04-25T22:00:00.000Z');
	});
});
