import fc from 'fast-check';

import { dateEvents, dateMark } from '../../../../nodes/shared/trigger/dueDates';
import {
	readFingerprint,
	writeFingerprint,
	type Fingerprint,
} from '../../../../nodes/shared/trigger/fingerprint';

const DUE = Date.parse('2026-12-01T17:00:00.000Z');
const DAY = Date.parse('2026-12-01');
const plain = { status: 'OPEN', mark: null, more: [] as string[] };

it('reads every fingerprint as it was written', () => {
	const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', ';', '|', '%', '%7C;'));
	const is = fc.constantFrom<'soon' | 'late'>('soon', 'late');
	const mark = fc.option(fc.record({ is, at: fc.maxSafeInteger() }));
	const any = fc.record({ status: fc.option(text), mark, more: fc.array(text) });
	fc.assert(
		fc.property(any, (one) => {
			const more = [...one.more];
			while (more.at(-1) === '') more.pop();
			expect(readFingerprint(writeFingerprint(one))).toEqual({ ...one, more });
		}),
	);
});

it.each([[';'], ['a;b'], ['a|b'], ['%'], ['null'], [''], ['"né"'], [null]])(
	'tells the status %j from every other',
	(status) => {
		const others = [';', 'a;b', 'a,b', 'a|b', 'a', '%', 'null', '', '"né"', null];
		const written = others.map((other) => writeFingerprint({ ...plain, status: other }));
		const own = writeFingerprint({ ...plain, status });
		expect(written.filter((text) => text === own)).toHaveLength(1);
	},
);

// as version 0.1.0 stored them
it.each<[string, string | null, Fingerprint]>([
	['pending;', 'pending', { ...plain, status: 'pending' }],
	['null;', null, { ...plain, status: null }],
	[
		'pending;soon2026-12-01T17:00:00.000Z',
		'pending',
		{ ...plain, status: 'pending', mark: { is: 'soon', at: DUE } },
	],
	['OPEN;;17', 'OPEN', { ...plain, more: ['17'] }],
	['OPEN;late2026-12-01;17', null, { ...plain, mark: { is: 'late', at: DAY }, more: ['17'] }],
	['OVERDUE;latenull;17', null, { status: 'OVERDUE', mark: { is: 'late', at: 0 }, more: ['17'] }],
	[`STARTED;due${DUE}`, null, { ...plain, status: 'STARTED', mark: { is: 'late', at: DUE } }],
	[`CREATED;soon${DUE}`, null, { ...plain, status: 'CREATED', mark: { is: 'soon', at: DUE } }],
	[
		`Started;o${DUE.toString(36)};.abc;.def`,
		'Started',
		{ status: 'Started', mark: { is: 'late', at: DUE }, more: ['.abc', '.def'] },
	],
	[';;hash;["7","A; \\"b\\""]', null, { status: null, mark: null, more: ['hash', '7', 'A; "b"'] }],
	['New;;hash;["7",null]', 'New', { status: 'New', mark: null, more: ['hash', '7', ''] }],
	['a,b;;hash;', 'a;b', { status: 'a;b', mark: null, more: ['hash', ''] }],
	['a;b;', 'a;b', { ...plain, status: 'a;b' }],
	['OPEN;;17', 'COMPLETED', { ...plain, more: ['17'] }],
])('reads the older form %s of a task that is now %j', (stored, now, expected) => {
	expect(readFingerprint(stored, now)).toMatchObject(expected);
	expect(writeFingerprint(readFingerprint(stored, now))).toBe(writeFingerprint(expected));
	expect(writeFingerprint(expected).length).toBeLessThanOrEqual(stored.length + 1);
});

it('tells a date that is near or has passed once, and again after a change', () => {
	const at = (left: number, due = DUE) => ({ ...plain, mark: dateMark(left, 24, due) });
	expect(dateEvents(at(25), undefined)).toEqual([]);
	expect(dateEvents(at(24), undefined)).toEqual(['dueSoon']);
	expect(dateEvents(at(2), at(24))).toEqual([]);
	expect(dateEvents(at(2, DUE + 1), at(24))).toEqual(['dueSoon']);
	expect(dateEvents(at(-1), at(24))).toEqual(['overdue']);
	expect(dateEvents(at(-1), at(-1), 'due')).toEqual([]);
	expect(dateMark(NaN, 24, NaN)).toBeNull();
	expect(dateMark(null, 24, DUE)).toBeNull();
});
