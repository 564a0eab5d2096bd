import {
	isHalf,
	isRaw,
	isUsable,
	plainWords,
	readBytes,
	type AnswerKind,
} from '../../../../nodes/shared/http/answerBody';

const PAGE = ' <html></html>';

it.each<[AnswerKind | undefined, unknown, boolean]>([
	[undefined, { a: 1 }, true],
	[undefined, '', true],
	[undefined, ' ', true],
	[undefined, 'done', false],
	['json', PAGE, false],
	['text', 'done', true],
	['text', PAGE, false],
	['bytes', PAGE, true],
])('as %s, %j is usable: %s', (kind, body, expected) => {
	expect(isUsable(body, {}, kind)).toBe(expected);
});

it.each([
	[{}, true],
	[{ 'content-type': 'application/pdf' }, true],
	[{ 'content-type': 'text/html; charset=utf-8' }, false],
	[{ 'content-type': 'text/html', 'content-disposition': 'attachment' }, true],
])('a file with %j is usable: %s', (headers, expected) => {
	expect(isUsable(Buffer.from(PAGE), headers, 'file')).toBe(expected);
});

it('is wanted as it came when it is a file or bytes', () => {
	const kinds: Array<AnswerKind | undefined> = ['file', 'bytes', 'json', 'text', undefined];
	expect(kinds.map(isRaw)).toEqual([true, true, false, false, false]);
});

it('reads bytes as the JSON or text they are, and leaves the rest', () => {
	expect(readBytes(Buffer.from('{"a":1}'))).toEqual({ a: 1 });
	expect(readBytes(Buffer.from('größer'))).toBe('größer');
	expect(readBytes('{"a":1}')).toBe('{"a":1}');
});

it.each<[unknown, 'json' | 'text' | 'file', boolean, boolean]>([
	['{"a":1', 'json', true, true],
	['{"a":1', 'text', false, true],
	['"expired tok', 'text', false, true],
	['[OK] done', 'text', false, false],
	['[{"a"', 'json', false, true],
	['{"a":1}', 'text', false, false],
	['{"a":1', 'file', true, false],
	['', 'json', true, true],
	[undefined, 'json', true, true],
	['', 'text', true, false],
	['', 'json', false, false],
	[null, 'json', true, false],
	['Not found', 'json', true, false],
])('F5: %j of kind %s, read: %j, is half: %j', (body, kind, reads, half) => {
	expect(isHalf(body, kind, reads)).toBe(half);
});

it.each([
	[' No such task \n', 'No such task'],
	[PAGE, undefined],
	['  ', undefined],
	[{ message: 'x' }, undefined],
	[false, undefined],
	[null, undefined],
])('finds the plain words of %j', (body, words) => {
	expect(plainWords(body)).toBe(words);
});

it.each([
	['{"id":9007199254740993}', { id: '9007199254740993' }],
	['[ 9007199254740993 , -12345678901234567890]', ['9007199254740993', '-12345678901234567890']],
	['[9007199254740991,-9007199254740991]', [9007199254740991, -9007199254740991]],
	[
		'[0.12345678901234567890,1.5e300,1234567890123456e1]',
		[0.12345678901234568, 1.5e300, 12345678901234560],
	],
	[
		'{"a":"\\",[9007199254740993]","b":[9007199254740993]}',
		{ a: '",[9007199254740993]', b: ['9007199254740993'] },
	],
	[
		'{"9007199254740993":1,"a":[9007199254740993]}',
		{ '9007199254740993': 1, a: ['9007199254740993'] },
	],
	['9007199254740993', '9007199254740993'],
	['[9007199254740993', '[9007199254740993'],
])('reads %s without rounding an ID to another one', (text, expected) => {
	expect(readBytes(Buffer.from(text))).toEqual(expected);
});

it('reads long numbers beside a text of 20 MB, however many quotes are in it', () => {
	for (const part of ['x', '\\"', '\\\\']) {
		const text = JSON.stringify(part.repeat((20 << 20) / part.length));
		const read = readBytes(Buffer.from(`[${text},9007199254740993]`)) as unknown[];
		expect(read[1]).toBe('9007199254740993');
	}
});

it('reads no file that is longer than any text', () => {
	expect(readBytes(Buffer.alloc(2 ** 29))).toBeUndefined();
});
