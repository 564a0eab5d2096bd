import type { IPollFunctions } from 'n8n-workflow';

import { triggerFieldsOf } from '../../../../nodes/shared/items/fields/readFields';
import { dateEvents, dueSoonIn, readSoon } from '../../../../nodes/shared/trigger/dueDates';

const FIELD = { displayName: 'Due Soon', name: 'soon', default: 24 };

function soon(value: unknown) {
	const context = {
		getNode: () => ({ name: 'Node', type: 'x', parameters: {} }),
		getTimezone: () => 'utc',
		getNodeParameter: (_name: string, fallback: unknown) =>
			value === undefined ? fallback : value,
	} as unknown as IPollFunctions;
	return readSoon(triggerFieldsOf(context), FIELD);
}

it.each([
	[0, 0],
	[0.5, 0.5],
	['36', 36],
	['', 24],
	[null, 24],
	[undefined, 24],
])('%j is near from %d on', (value, from) => expect(soon(value)).toBe(from));

it.each([-1, 'abc', {}, true])('%j is refused', (value) =>
	expect(() => soon(value)).toThrow(/^Due Soon.* is not a number from 0 up$/),
);

it('a date that has passed is told in the word of the vendor, once', () => {
	const late = { status: 'open', mark: { is: 'late' as const, at: 1 }, more: [] };
	expect(dateEvents(late, undefined)).toEqual(['overdue']);
	expect(dateEvents(late, undefined, 'due')).toEqual(['due']);
	expect(dateEvents(late, late)).toEqual([]);
	expect(dateEvents({ ...late, mark: null }, late)).toEqual([]);
});

it('the field for what is near is shown with that event only, in the unit of its name', () => {
	const field = dueSoonIn('Days', 2, 'How many days', { watch: ['tasks'] });
	expect(field).toMatchObject({ name: 'dueSoonDays', default: 2, typeOptions: { minValue: 0 } });
	expect(field.displayOptions).toEqual({ show: { watch: ['tasks'], events: ['dueSoon'] } });
	expect(dueSoonIn('Hours', 1, '').typeOptions).toEqual({ minValue: 1 });
});
