import { DateTime } from 'luxon';

import {
	isGiven,
	toEmail,
	toId,
	toLocator,
	toNumber,
	toRecord,
	toSwitch,
	toText,
	toWhole,
	toWords,
} from '../../../../../nodes/shared/items/fields/givenValues';

const NOT = undefined;

it.each([undefined, null, '', ' \n'])('%j is not given', (value) => {
	expect(isGiven(value)).toBe(false);
});

it.each([0, false, [], {}, 'x'])('%j is given', (value) => {
	expect(isGiven(value)).toBe(true);
});

it('a locator keeps its mode; a plain value has none', () => {
	expect(toLocator({ __rl: true, mode: 'id', value: 7 })).toEqual({ mode: 'id', value: 7 });
	expect(toLocator({ __rl: true, mode: Object.create(null), value: 7 }).mode).toBe('');
	expect(toLocator({ mode: 'id' })).toEqual({ mode: '', value: { mode: 'id' } });
	expect(toLocator('x')).toEqual({ mode: '', value: 'x' });
	expect(toLocator(null)).toEqual({ mode: '', value: null });
});

it.each<[string, (value: unknown) => unknown, Array<[unknown, unknown]>]>([
	[
		'text',
		toText,
		[
			[' a b ', 'a b'],
			[7, '7'],
			[7n, '7'],
			[DateTime.fromISO('2030-01-01T00:00:00Z', { zone: 'utc' }), '2030-01-01T00:00:00.000Z'],
			[new Date(0), '1970-01-01T00:00:00.000Z'],
			...[new Date(NaN), DateTime.invalid('a reason'), { isLuxonDateTime: true }].map(
				(value) => [value, NOT] as [unknown, undefined],
			),
			[{ toISO: () => 7 }, NOT],
			[{ toISO: () => '' }, NOT],
			[NaN, NOT],
			[true, NOT],
			[null, NOT],
			[['a'], NOT],
		],
	],
	[
		'an ID',
		toId,
		[
			...[' a-1 ', 'a.b', '.a', 'größe'].map((id) => [id, id.trim()] as [string, string]),
			...['.', '..', '...', 'a/b', 'a\\b', 'a b', 'a?b', 'a#b', '%2e', ''].map(
				(id) => [id, NOT] as [string, undefined],
			),
			[12, '12'],
		],
	],
	[
		'an e-mail address',
		toEmail,
		[
			[' ada@example.com ', 'ada@example.com'],
			["o'neil+x@mail.example.co", "o'neil+x@mail.example.co"],
			...[
				'a@пример.рф',
				'a@example.中国',
				'a@xn--e1afmkfd.xn--p1ai',
				'почта@пример.рф',
				'a@भारत.भारत',
				'Bob@Example.COM',
			].map((text) => [text, text] as [string, string]),
			...[
				'ada',
				'ada@localhost',
				'ada@example.c',
				'ada@пример.1ф',
				'ada@пример..рф',
				'a@b@example.com',
				'ada@example..com',
				'a,b@example.com',
				'Ada <ada@example.com>',
				'ada@example.com, bob@example.com',
				'ada@exa mple.com',
			].map((text) => [text, NOT] as [string, undefined]),
		],
	],
	[
		'a whole number from 1 to 20',
		(value) => toWhole(value, 1, 20),
		[
			[1, 1],
			[20, 20],
			[' 7 ', 7],
			['7.0', 7],
			['+7', 7],
			...[0, 21, 2.5, '2.5', '1e1', '0x5', 'seven', '', NaN, true, [3]].map(
				(value) => [value, NOT] as [unknown, undefined],
			),
		],
	],
	[
		'a number',
		toNumber,
		[
			...[0.5, -1, ' 7.25 ', '36'].map((value) => [value, Number(value)] as [unknown, number]),
			...['0x10', '1e999', 'seven', '', NaN, Infinity, true, [3], {}].map(
				(value) => [value, NOT] as [unknown, undefined],
			),
		],
	],
	['a number that is safe', (value) => toWhole(value, 1, Infinity), [['9007199254740993', NOT]]],
	[
		'a switch',
		toSwitch,
		[
			...[true, 'true', ' TRUE ', 1, '1'].map((value) => [value, true] as [unknown, boolean]),
			...[false, 'false', 0, '0'].map((value) => [value, false] as [unknown, boolean]),
			...['yes', 2, '', null, {}].map((value) => [value, NOT] as [unknown, undefined]),
		],
	],
	[
		'a record',
		toRecord,
		[
			[{ a: 1 }, { a: 1 }],
			...[new Date(0), new Map([['a', 1]]), DateTime.utc()].map(
				(value) => [value, NOT] as [unknown, undefined],
			),
			['{ "a": 1 }', { a: 1 }],
			...['[1]', '7', 'null', '{a:1}', [1], 7, null].map(
				(value) => [value, NOT] as [unknown, undefined],
			),
		],
	],
	[
		'words',
		toWords,
		[
			[' a , b,,c ', ['a', 'b', 'c']],
			[
				['a', ' ', 7, null],
				['a', '7'],
			],
			[7, ['7']],
			['', []],
			[['a', {}], NOT],
			[{}, NOT],
			[true, NOT],
		],
	],
])('reads %s', (_kind, read, cases) => {
	for (const [value, expected] of cases) expect([value, read(value)]).toEqual([value, expected]);
});
