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
	null,
	undefined,
	{},
])('takes %p for no date', (value) => {
	expect(toInstant(value, PRAGUE)).toBeNull();
});

it('takes one of the two meanings of an hour that exists twice', () => {
	expect(['2030-10-27T00:30:00.000Z', '2030-10-27T01:30:00.000Z']).toContain(
		toInstant('2030-10-27T02:30:00', PRAGUE),
	);
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
