import { DateTime } from 'luxon';
import type { IExecuteFunctions, IPollFunctions, NodeOperationError } from 'n8n-workflow';

import { optionsField } from '../../../../../nodes/shared/items/fields/makeField';
import { limit, simplify } from '../../../../../nodes/shared/items/fields/runFields';
import { fieldsOf, triggerFieldsOf } from '../../../../../nodes/shared/items/fields/readFields';

const NODE = { id: '1', name: 'Node', type: 'x', typeVersion: 1, position: [0, 0], parameters: {} };

/** The fields of item 2 of a node with these parameters. */
function read(parameters: Record<string, unknown>) {
	const context = {
		getNode: () => NODE,
		getTimezone: () => 'Europe/Prague',
		getNodeParameter: (name: string, itemIndex: number, fallback: unknown) => {
			expect(itemIndex).toBe(2);
			return name in parameters ? parameters[name] : fallback;
		},
	} as unknown as IExecuteFunctions;
	return fieldsOf(context, 2);
}
const field = { displayName: 'Title', name: 'title', default: '' };

function refusal(act: () => unknown) {
	try {
		act();
	} catch (error) {
		const { message, description, context } = error as NodeOperationError;
		return [message, description, context.itemIndex];
	}
	return 'not refused';
}

it('names the field, what is wrong, what to do, and the item', () => {
	expect(refusal(() => read({ title: ' ' }).text(field))).toEqual([
		'Title is empty',
		'Enter a value for Title.',
		2,
	]);
	expect(refusal(() => read({ title: 'a/b' }).id(field))).toEqual([
		'Title "a/b" is not an ID',
		'Enter a plain ID, without slashes, blanks or an address around it.',
		2,
	]);
	expect(refusal(() => read({}).text(field, 'Pick one.'))).toEqual([
		'Title is empty',
		'Pick one.',
		2,
	]);
	expect(refusal(() => read({ title: 'a/b' }).id(field, 'Pick one.'))).toEqual([
		'Title "a/b" is not an ID',
		'Pick one.',
		2,
	]);
	const seven = () => read({ title: 'x' }).as(field, 'a seven', () => undefined);
	expect(refusal(seven)).toEqual(['Title "x" is not a seven', 'Enter a seven.', 2]);
});

it.each([
	[['a'], 'Title (a list) is not an ID'],
	[{ a: 1 }, 'Title (an object) is not an ID'],
	[`${'x'.repeat(101)} y`, `Title "${'x'.repeat(100)}" is not an ID`],
])('shows of %j no more than is good', (title, message) => {
	expect(() => read({ title }).id(field)).toThrow(message);
});

it('never shows a password', () => {
	const secret = { ...field, typeOptions: { password: true } };
	expect(refusal(() => read({ title: 'my/secret' }).id(secret))[0]).toBe('Title is not an ID');
});

it('reads every kind of value', () => {
	const of = (title: unknown) => read({ title });
	expect(of(7).text(field)).toBe('7');
	expect(of({ __rl: true, mode: 'list', value: 'a' }).id(field)).toBe('a');
	expect(of(' ada@example.com').email(field)).toBe('ada@example.com');
	expect(of('2030-07-15T01:00:00').instant(field)).toBe('2030-07-14T23:00:00.000Z');
	expect(of('2030-07-14T23:00:00Z').day(field)).toBe('2030-07-15');
	expect(of('{"a":1}').record(field)).toEqual({ a: 1 });
	expect(of('a, b').words(field)).toEqual(['a', 'b']);
	expect(of('').words(field)).toEqual([]);
	expect(of(3).count(field)).toBe(3);
	expect(() => of(0).count(field)).toThrow('Title "0" is not a whole number above 0');
	expect(() => of(21).count(field, 20)).toThrow('Title "21" is not a whole number from 1 to 20');
});

it('what an expression leaves empty is not given', () => {
	for (const title of [undefined, null, '', ' ']) {
		const given = read({ title });
		expect([given.has(field), given.ifGiven(field, given.text)]).toEqual([false, undefined]);
		expect(given.chosen(field)).toBeUndefined();
	}
	const given = read({ title: { __rl: true, mode: 'id', value: 7 } });
	expect(given.ifGiven(field, given.text)).toBe('7');
	expect(given.chosen(field)).toEqual({ mode: 'id', value: '7' });
});

it('a choice is one of the field’s own, or its default', () => {
	const options = [
		{ name: 'A', value: 'a' },
		{ name: 'B', value: 'b' },
	];
	const choice = { ...field, default: 'b', options };
	expect(read({ title: 'a' }).choice(choice)).toBe('a');
	expect(read({ title: '' }).choice(choice)).toBe('b');
	expect(() => read({ title: 'c' }).choice(choice)).toThrow('Title "c" is not one of its choices');
});

it('a switch is on or off, or as by default', () => {
	const on = { ...field, default: true };
	expect([read({ title: 'false' }).isOn(on), read({ title: 1 }).isOn(field)]).toEqual([
		false,
		true,
	]);
	expect([read({ title: '' }).isOn(on), read({}).isOn(field)]).toEqual([true, false]);
	expect(() => read({ title: 'maybe' }).isOn(on)).toThrow('Title "maybe" is not true or false');
	expect([read({}).simple(), read({ simple: false }).simple()]).toEqual([true, false]);
	expect(read({}).simple({ ...field, name: 'simple' })).toBe(false);
});

it('a limit is a number, or none with Return All', () => {
	expect([read({ limit: 7 }).limit(), read({}).limit()]).toEqual([7, 50]);
	expect(read({ returnAll: true, limit: 0 }).limit()).toBe(Infinity);
	expect(() => read({ limit: 0 }).limit()).toThrow('Limit "0" is not a whole number above 0');
});

it('fields of a collection are not given until they are added', () => {
	const added = { ...field, default: 'x' };
	expect(
		read({ options: { title: 'a' } })
			.options()
			.text(added),
	).toBe('a');
	expect(read({ options: {} }).options().has(added)).toBe(false);
	expect(read({ more: '{"title":"a"}' }).within('more').text(added)).toBe('a');
	expect(read({ more: null }).within('more').has(added)).toBe(false);
	expect(() => read({ more: 'a' }).within('more')).toThrow('"more" is not a collection of fields');
	expect(refusal(() => read({ options: {} }).options().text(field))).toMatchObject([
		'Title is empty',
		expect.any(String),
		2,
	]);
});

it('a trigger reads its fields without an item', () => {
	const context = {
		getNode: () => NODE,
		getTimezone: () => 'Europe/Prague',
		getNodeParameter: (_name: string, fallback: unknown) => fallback,
	} as unknown as IPollFunctions;
	const given = triggerFieldsOf(context);
	expect([given.itemIndex, given.limit()]).toEqual([undefined, limit.default]);
	expect(refusal(() => given.text(field))).toEqual([
		'Title is empty',
		'Enter a value for Title.',
		undefined,
	]);
});

it('options are one collection, in alphabetical order, none of them required', () => {
	const options = optionsField([{ ...simplify, required: true }, limit]);
	expect(options).toMatchObject({ name: 'options', default: {} });
	expect(options.options).toEqual([limit, simplify]);
});

it('knows the choices of a list of words', () => {
	const events = { ...field, options: [{ name: 'New', value: 'new' }] };
	expect(read({ title: 'new' }).words(events)).toEqual(['new']);
	expect(refusal(() => read({ title: ['new', 'nonsense'] }).words(events))).toEqual([
		'Title "nonsense" is not one of its choices',
		'Choose from the list.',
		2,
	]);
});

it('takes of a collection only what is its own', () => {
	const inherited = Object.create({ title: 'native' }) as object;
	expect(read({ more: inherited }).within('more').has(field)).toBe(false);
	expect(
		read({ more: { title: 'own' } })
			.within('more')
			.text(field),
	).toBe('own');
});

it('F11: a date that an expression gives as an object is one, and an invalid one is refused', () => {
	const of = (title: unknown) => read({ title });
	const at = DateTime.fromISO('2030-07-15T01:00:00', { zone: 'Asia/Kolkata' });
	for (const given of [at, at.toJSDate(), at.toMillis(), String(at.toMillis())]) {
		expect(of(given).instant(field)).toBe('2030-07-14T19:30:00.000Z');
		expect(of(given).day(field)).toBe('2030-07-14');
	}
	for (const given of [at, at.toJSDate()]) {
		expect(of(given).text(field)).toMatch(/^2030-07-1\dT/);
		expect(() => of(given).count(field)).toThrow(/^Title "2030-07-1\dT.*" is not a whole number/);
	}
	for (const given of [new Date(NaN), DateTime.invalid('a reason')]) {
		expect(of(given).has(field)).toBe(true);
		const { instant, day, text, ifGiven } = of(given);
		for (const kind of ['a date', 'a text']) {
			const readers = kind === 'a date' ? [instant, day] : [text];
			for (const one of readers) {
				const refused = [`Title (an invalid date) is not ${kind}`, expect.any(String), 2];
				expect(refusal(() => ifGiven(field, one))).toEqual(refused);
			}
		}
	}
	expect(refusal(() => of(1_900_000_000).instant(field))).toEqual([
		'Title "1900000000" is not a date',
		'Pick a date and time, or give one such as 2026-12-01T17:00, $now, or milliseconds in 13 digits.',
		2,
	]);
});
