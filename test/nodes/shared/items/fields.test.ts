import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { limit, returnAll, simplify } from '../../../../nodes/shared/items/fields/runFields';
import type { Field, FieldReader } from '../../../../nodes/shared/items/fields/fieldReader';
import * as given from '../../../../nodes/shared/items/fields/givenValues';
import { fieldsOf, triggerFieldsOf } from '../../../../nodes/shared/items/fields/readFields';

const NODE = { id: '1', name: 'Node', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} };

/** What n8n offers to a node of which these values were entered; one that is missing has its fallback. */
const contextOf = (values: IDataObject, from = 2) =>
	({
		getNode: () => NODE,
		getTimezone: () => 'Europe/Berlin',
		getNodeParameter: (name: string, ...more: unknown[]) =>
			name in values ? values[name] : more[from - 1],
	}) as unknown as IExecuteFunctions;

const readerOf = (values: IDataObject) => fieldsOf(contextOf(values), 3);

/** Tells `null` from NaN, and a date from its text. */
const nameOf = (value: unknown) => `${typeof value} ${JSON.stringify(value)}`;

const FIELD: Field = {
	displayName: 'Colour',
	name: 'colour',
	default: 'red',
	options: [
		{ name: 'Red', value: 'red' },
		{ name: 'Descending', value: '-10' },
	],
};

/** What editors and expressions give, good and bad. */
const VALUES: unknown[] = [
	...[null, undefined, '', '  ', {}, [], 'abc', 0, 2.5, -1, true, 'true', NaN],
	...[' 7 ', ' a@b.co ', '2026-12-01T10:00', ['a', ' ', 3], [{}], 'a/b', '..', '-10', '{"a":1}'],
	...['FALSE', new Date(0), -10, 'a@b', '2026-12-01', 1],
];

type Empty = 'is empty' | { gives: unknown };

interface Case {
	read: (fields: FieldReader) => unknown;
	/** What an unusable value is said not to be. */
	kind: string;
	/** What comes of a value that is left empty. */
	empty: Empty;
	/** The other values it takes; all that are left are refused. */
	takes: Array<[unknown, unknown]>;
}

const itself = (...values: unknown[]) => values.map((value): [unknown, unknown] => [value, value]);

const NUMBERS: Array<[unknown, unknown]> = [0, 2.5, -1, -10, 1].map((one) => [one, String(one)]);
const TEXTS = [
	...itself('abc', 'true', '2026-12-01T10:00', 'a/b', '..', '-10', '{"a":1}', 'FALSE', 'a@b'),
	...itself('2026-12-01'),
	...NUMBERS,
	[new Date(0), '1970-01-01T00:00:00.000Z'] as [unknown, unknown],
];

const CASES: Record<string, Case> = {
	text: {
		read: (fields) => fields.text(FIELD),
		kind: 'a text',
		empty: 'is empty',
		takes: [...TEXTS, [' 7 ', '7'], [' a@b.co ', 'a@b.co']],
	},
	written: {
		read: (fields) => fields.written(FIELD),
		kind: 'a text',
		empty: { gives: '' },
		takes: [...TEXTS, ...itself('  ', ' 7 ', ' a@b.co ')],
	},
	id: {
		read: (fields) => fields.id(FIELD),
		kind: 'an ID',
		empty: 'is empty',
		takes: [
			...TEXTS.filter(([value]) => value !== 'a/b' && value !== '..'),
			...[[' 7 ', '7'] as [unknown, unknown], [' a@b.co ', 'a@b.co'] as [unknown, unknown]],
		],
	},
	email: {
		read: (fields) => fields.email(FIELD),
		kind: 'an e-mail address',
		empty: 'is empty',
		takes: [[' a@b.co ', 'a@b.co']],
	},
	instant: {
		read: (fields) => fields.instant(FIELD),
		kind: 'a date',
		empty: 'is empty',
		takes: [
			['2026-12-01T10:00', '2026-12-01T09:00:00.000Z'],
			['2026-12-01', '2026-11-30T23:00:00.000Z'],
			[new Date(0), '1970-01-01T00:00:00.000Z'],
		],
	},
	day: {
		read: (fields) => fields.day(FIELD),
		kind: 'a date',
		empty: 'is empty',
		takes: [
			['2026-12-01T10:00', '2026-12-01'],
			['2026-12-01', '2026-12-01'],
			[new Date(0), '1970-01-01'],
		],
	},
	record: {
		read: (fields) => fields.record(FIELD),
		kind: 'a JSON object',
		empty: 'is empty',
		takes: [
			[{}, {}],
			['{"a":1}', { a: 1 }],
		],
	},
	words: {
		read: (fields) => fields.words({ ...FIELD, options: [] }),
		kind: 'a list of words',
		empty: { gives: [] },
		takes: [
			...TEXTS.map(([value, text]): [unknown, unknown] => [value, [text]]),
			[' 7 ', ['7']],
			[' a@b.co ', ['a@b.co']],
			[[], []],
			[
				['a', ' ', 3],
				['a', '3'],
			],
		],
	},
	choice: {
		read: (fields) => fields.choice(FIELD),
		kind: 'one of its choices',
		empty: { gives: 'red' },
		takes: [
			['-10', '-10'],
			[-10, '-10'],
		],
	},
	isOn: {
		read: (fields) => fields.isOn({ ...FIELD, default: true }),
		kind: 'true or false',
		empty: { gives: true },
		takes: [
			[0, false],
			[1, true],
			[true, true],
			['true', true],
			['FALSE', false],
		],
	},
	count: {
		read: (fields) => fields.count(FIELD),
		kind: 'a whole number above 0',
		empty: 'is empty',
		takes: [
			[' 7 ', 7],
			[1, 1],
		],
	},
	'count up to 5': {
		read: (fields) => fields.count(FIELD, 5),
		kind: 'a whole number from 1 to 5',
		empty: 'is empty',
		takes: [[1, 1]],
	},
};

const told = (value: unknown) =>
	Array.isArray(value)
		? ' (a list)'
		: value instanceof Date
			? ` "${value.toISOString()}"`
			: typeof value === 'object'
				? ' (an object)'
				: ` "${String(value)}"`;

describe.each(Object.entries(CASES))('%s', (_name, { read, kind, empty, takes }) => {
	const taken = new Map(takes.map(([value, result]) => [nameOf(value), result]));

	it.each(VALUES.map((value) => [nameOf(value), value]))('of %s', (shown, value) => {
		const fields = readerOf({ colour: value as string });
		if (taken.has(shown)) return expect(read(fields)).toEqual(taken.get(shown));
		const isEmpty = !given.isGiven(value);
		if (isEmpty && empty !== 'is empty') return expect(read(fields)).toEqual(empty.gives);
		const message = isEmpty ? 'Colour is empty' : `Colour${told(value)} is not ${kind}`;
		expect(() => read(fields)).toThrow(
			expect.objectContaining({ message, description: expect.stringMatching(/\.$/) }),
		);
	});

	it('takes each of what it says to take', () => {
		const known = VALUES.map((value) => nameOf(value));
		for (const shown of taken.keys()) expect(known).toContain(shown);
	});
});

it.each([null, undefined, '', ' \n'])('%j is not given', (value) => {
	const fields = readerOf({ colour: value as string, options: { colour: value } });
	for (const reader of [fields, fields.options()]) {
		expect(reader.has(FIELD)).toBe(false);
		expect(reader.ifGiven(FIELD, reader.text)).toBeUndefined();
		expect(reader.chosen(FIELD)).toBeUndefined();
	}
});

it.each([{}, [], 0, false, 'x', NaN])('%j is given', (value) => {
	expect(readerOf({ colour: value as string }).has(FIELD)).toBe(true);
});

it('an error names the item, and the advice given is its advice', () => {
	const fields = readerOf({ colour: {} });
	for (const act of [() => fields.text(FIELD, 'Do so.'), () => fields.email(FIELD, 'Do so.')]) {
		expect(act).toThrow(
			expect.objectContaining({ description: 'Do so.', context: { itemIndex: 3 } }),
		);
	}
	expect(fields.error('Odd', 'Do so.')).toMatchObject({ message: 'Odd', description: 'Do so.' });
});

it('an error never shows a secret, and not more of a text than is needed', () => {
	const secret = { ...FIELD, typeOptions: { password: true } };
	const fields = readerOf({ colour: 'x'.repeat(200) });
	expect(() => fields.email(secret)).toThrow('Colour is not an e-mail address');
	expect(() => fields.email(FIELD)).toThrow(`Colour "${'x'.repeat(100)}" is not an e-mail address`);
});

it('a locator is read by what was chosen in it', () => {
	const fields = readerOf({ colour: { __rl: true, mode: 'list', value: ' 7 ' } });
	expect(fields.id(FIELD)).toBe('7');
	expect(fields.chosen(FIELD)).toEqual({ mode: 'list', value: '7' });
	expect(readerOf({ colour: 7 }).chosen(FIELD)).toEqual({ mode: '', value: '7' });
	expect(readerOf({ colour: { __rl: true, mode: 'id', value: null } }).has(FIELD)).toBe(false);
});

it('a field that has no value has its default', () => {
	expect(readerOf({}).text(FIELD)).toBe('red');
	expect(readerOf({ options: {} }).options().has(FIELD)).toBe(false);
});

it.each([undefined, null, '', {}])('a collection may be %j', (options) => {
	expect(
		readerOf({ options: options as object })
			.options()
			.has(FIELD),
	).toBe(false);
});

it.each([[[]], [7], ['red'], [true]])('a collection cannot be %j', (options) => {
	expect(() => readerOf({ options: options as object }).options()).toThrow(
		'"options" is not a collection of fields',
	);
});

describe('limit', () => {
	const limitOf = (all: unknown, count: unknown) =>
		readerOf({ [returnAll.name]: all as string, [limit.name]: count as string }).limit();

	it.each([
		[false, 50, 50],
		['false', '7', 7],
		[null, 7, 7],
		['true', 'abc', Infinity],
		[1, 0, Infinity],
	])('Return All %j, Limit %j', (all, count, wanted) => {
		expect(limitOf(all, count)).toBe(wanted);
	});

	it.each(['abc', 0, 2.5, -1, true, 'true', NaN])('cannot be %j', (count) => {
		expect(() => limitOf(false, count)).toThrow(
			`Limit "${String(count)}" is not a whole number above 0`,
		);
	});

	it('cannot be left empty by an expression', () => {
		expect(() => limitOf(0, null)).toThrow('Limit is empty');
	});
});

it('Simplify has the default of its field', () => {
	expect(readerOf({}).simple()).toBe(true);
	expect(readerOf({}).simple({ ...simplify, default: false })).toBe(false);
	expect(readerOf({ simple: 'false' }).simple()).toBe(false);
});

it('a trigger has no items', () => {
	const fields = triggerFieldsOf(contextOf({ colour: '' }, 1) as never);
	expect(fields.itemIndex).toBeUndefined();
	expect(fields.simple()).toBe(true);
	expect(() => fields.text(FIELD)).toThrow(
		expect.objectContaining({ message: 'Colour is empty', context: {} }),
	);
});

describe('values', () => {
	it.each([
		[7, 1, 7, 7],
		['7.0', 1, 7, 7],
		['+7', 1, 7, 7],
		[8, 1, 7, undefined],
		['1e3', 1, 5000, undefined],
		['0x10', 1, 5000, undefined],
		[2 ** 60, 1, Infinity, undefined],
		['', 0, 7, undefined],
	])('%j as a whole number from %s to %s', (value, least, most, whole) => {
		expect(given.toWhole(value, least, most)).toBe(whole);
	});

	it.each(['a b', 'a/b', 'a\\b', 'a?b', 'a#b', '%2e', '.', '..', '...', null, {}])(
		'%j is no ID',
		(value) => {
			expect(given.toId(value)).toBeUndefined();
		},
	);

	it.each(['bob', 'bob@corp', 'a@b.co, c@d.co', 'Bob <b@b.co>', '@b.co', 'a@b..co', 'a@b.1'])(
		'%j is no e-mail address',
		(value) => {
			expect(given.toEmail(value)).toBeUndefined();
		},
	);

	it.each(['[]', '7', 'null', '{', [], 7, null])('%j is no record', (value) => {
		expect(given.toRecord(value)).toBeUndefined();
	});

	it('a list of words leaves out what is empty, and takes nothing that is no word', () => {
		expect(given.toWords('a, ,b,')).toEqual(['a', 'b']);
		expect(given.toWords([null, ' a ', '', 0])).toEqual(['a', '0']);
		expect(given.toWords(['a', { b: 1 }])).toBeUndefined();
		expect(given.toWords([['a']])).toBeUndefined();
	});
});
