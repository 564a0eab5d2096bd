import { toDay, toInstant, toZoned } from '../../../../nodes/shared/items/dates';

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
