import { toTaskDate } from '../../../../nodes/shared/items/wireDates';

it('a number counts milliseconds', () => {
	expect(toTaskDate(0)).toBe('1970-01-01T00:00:00.000Z');
	expect(toTaskDate(Date.UTC(2026, 11, 1, 17))).toBe('2026-12-01T17:00:00.000Z');
});
