/**
 * The only reader of what was entered into a node: a value that is missing is told as empty, one that cannot be used
 * is refused in the same words everywhere, and what an expression leaves empty is not given.
 */
import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { fieldError } from '../../http/nodeErrors';
import { isSecretField, noteSecrets } from '../../http/secretsOf';
import { isDateObject, isoOf } from '../dateObjects';
import { toDay, toInstant } from '../dates';
import { limit as limitField, returnAll, simplify } from './runFields';
import type { Field, FieldReader, ItemFields, Read } from './fieldReader';
import {
	isGiven,
	toEmail,
	toId,
	toLocator,
	toRecord,
	toSwitch,
	toText,
	toWhole,
	toWords,
} from './givenValues';

const MAX_SHOWN = 100;

type GetValue = (name: string, fallback: unknown) => unknown;

/** The fields of one item of an action node. */
export const fieldsOf = (context: IExecuteFunctions, itemIndex: number): ItemFields => ({
	...readerOf(context, itemIndex, (name, fallback) =>
		context.getNodeParameter(name, itemIndex, fallback),
	),
	itemIndex,
});

/** The fields of a trigger, or those a list in the editor depends on. */
export const triggerFieldsOf = (
	context: IPollFunctions | IHookFunctions | IWebhookFunctions | ILoadOptionsFunctions,
): FieldReader =>
	readerOf(context, undefined, (name, fallback) =>
		context.getNodeParameter(name, fallback as object),
	);

const choicesOf = ({ options = [] }: Field) =>
	options.flatMap((one) => ('value' in one ? [one.value] : []));

/** How a value is shown in an error; what it is, when it is too much to show or must not be seen. */
function shown(value: unknown, { typeOptions }: Field): string {
	if (isSecretField({ typeOptions })) return '';
	if (isDateObject(value))
		return isoOf(value) === null ? ' (an invalid date)' : ` "${toText(value)}"`;
	if (Array.isArray(value)) return ' (a list)';
	if (typeof value === 'object') return ' (an object)';
	return ` "${String(value).slice(0, MAX_SHOWN)}"`;
}

function readerOf(
	context: Pick<IExecuteFunctions, 'getNode' | 'getTimezone'>,
	itemIndex: number | undefined,
	get: GetValue,
): FieldReader {
	const node = context.getNode();
	const error = (message: string, advice: string) => fieldError(node, message, advice, itemIndex);
	const located = (field: Field) => toLocator(get(field.name, field.default));
	const value = (field: Field) => {
		const given = located(field).value;
		if (isSecretField(field)) noteSecrets(context, [given]);
		return given;
	};
	const has = (field: Field) => isGiven(value(field));

	/** A reader of values that `convert` understands. */
	const reading =
		<T>(kind: string, convert: (given: unknown) => T | null | undefined, hint?: string): Read<T> =>
		(field, advice) => {
			const given = value(field);
			const label = field.displayName;
			if (!isGiven(given))
				throw error(`${label} is empty`, advice ?? `Enter a value for ${label}.`);
			const converted = convert(given) ?? undefined;
			if (converted !== undefined) return converted;
			throw error(
				`${label}${shown(given, field)} is not ${kind}`,
				advice ?? hint ?? `Enter ${kind}.`,
			);
		};

	const ifGiven: FieldReader['ifGiven'] = (field, read, advice) =>
		has(field) ? read(field, advice) : undefined;
	const isOn = (field: Field) =>
		ifGiven(field, reading('true or false', toSwitch)) ?? field.default === true;
	const text = reading('a text', toText);
	const count = (field: Field, most = Number.MAX_SAFE_INTEGER) => {
		const range = most === Number.MAX_SAFE_INTEGER ? 'above 0' : `from 1 to ${most}`;
		return reading(`a whole number ${range}`, (given) => toWhole(given, 1, most))(field);
	};
	const inside = (given: unknown, collection: string): FieldReader => {
		const group = isGiven(given) ? toRecord(given) : {};
		// an object from an expression brings native functions along under names such as "search"
		const own = (name: string) => (Object.hasOwn(group ?? {}, name) ? group?.[name] : undefined);
		if (group) return readerOf(context, itemIndex, own);
		throw error(`"${collection}" is not a collection of fields`, 'Add the fields one by one.');
	};
	const within = (collection: string) => inside(get(collection, {}), collection);

	return {
		node,
		itemIndex,
		error,
		value,
		has,
		ifGiven,
		ifSet: (field, read, advice) =>
			(value(field) ?? null) === null ? undefined : read(field, advice),
		as: (field, kind, convert, advice) => reading(kind, convert)(field, advice),
		text,
		written(field) {
			const given = value(field) ?? '';
			return typeof given === 'string' ? given : text(field);
		},
		id: reading(
			'an ID',
			toId,
			'Enter a plain ID, without slashes, blanks or an address around it.',
		),
		email: reading('an e-mail address', toEmail, 'Enter one address, such as ada@example.com.'),
		instant: reading(
			'a date',
			(given) => toInstant(given, context.getTimezone()),
			'Pick a date and time, or give one such as 2026-12-01T17:00, $now, or milliseconds in 13 digits.',
		),
		day: reading(
			'a date',
			(given) => toDay(given, context.getTimezone()),
			'Pick a date, or enter one such as 2026-12-01.',
		),
		record: reading(
			'a JSON object',
			(given) => toRecord(given) as IDataObject | undefined,
			'Enter a JSON object, such as { "amount": 7 }.',
		),
		words(field) {
			const words = ifGiven(field, reading('a list of words', toWords)) ?? [];
			const choices = choicesOf(field);
			const unknown = words.find((word) => choices.length > 0 && !choices.includes(word));
			if (unknown === undefined) return words;
			throw error(
				`${field.displayName} "${unknown.slice(0, MAX_SHOWN)}" is not one of its choices`,
				'Choose from the list.',
			);
		},
		choice<T extends string>(field: Field) {
			const choices = choicesOf(field);
			const one = reading(
				'one of its choices',
				(given) => choices.find((choice) => String(choice) === toText(given)) as T | undefined,
				'Choose one from the list.',
			);
			return ifGiven(field, one) ?? (field.default as T);
		},
		isOn,
		count,
		chosen(field) {
			const given = ifGiven(field, text);
			return given === undefined ? undefined : { mode: located(field).mode, value: given };
		},
		limit: () => (isOn(returnAll) ? Infinity : count(limitField)),
		simple: (field = simplify) => isOn(field),
		within,
		rows(collection, name) {
			const given = within(collection).value({ displayName: name, name, default: [] });
			const entries: unknown[] = Array.isArray(given) ? given : isGiven(given) ? [given] : [];
			return entries.map((entry) => inside(entry, collection));
		},
		options: () => within('options'),
	};
}
