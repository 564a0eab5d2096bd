/** What a value from the editor or an expression is good for. Pure: `undefined` means that it is of no use. */

import { isDateObject, isoOf } from '../dateObjects';

/** A date is none, nor is a map: sent as JSON they would become a text, or nothing. */
const isObject = (value: unknown): value is Record<string, unknown> =>
	Object.prototype.toString.call(value) === '[object Object]' && !isDateObject(value);

/** A resource locator, as the editor stores it. */
export interface Locator {
	mode: string;
	value: unknown;
}

/** A plain value counts as entered by hand, in no mode. */
export const toLocator = (value: unknown): Locator =>
	isObject(value) && '__rl' in value
		? { mode: toText(value.mode) ?? '', value: value.value }
		: { mode: '', value };

/** Whether there is a value at all: an expression that finds nothing gives `undefined`, `null` or an empty text. */
export const isGiven = (value: unknown): boolean =>
	value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === '');

/** Text without blanks around it; a number as it is written; a date that is an object, such as `$now`, as ISO 8601. */
export function toText(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim();
	if (isDateObject(value)) return isoOf(value) ?? undefined;
	if (typeof value === 'bigint') return String(value);
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** One path segment: what is no ID would lead the call to another address. */
export function toId(value: unknown): string | undefined {
	const text = toText(value);
	return text !== undefined && /^(?!\.+$)[^\s/\\?#%]+$/.test(text) ? text : undefined;
}

/** One address at a host with a top-level domain, which may be in any script: `a@пример.рф`, or in its ASCII form, `xn--p1ai`. */
export function toEmail(value: unknown): string | undefined {
	const text = toText(value);
	const isEmail = /^[^\s@<>(),;:"]+@[^\s@.]+(\.[^\s@.]+)*\.\p{L}[\p{L}\p{M}\p{N}-]+$/u;
	return text !== undefined && isEmail.test(text) ? text : undefined;
}

/** A whole number, also as text. */
export function toWhole(value: unknown, least: number, most: number): number | undefined {
	const text = toText(value);
	const number = text === undefined || !/^[+-]?\d+(\.0*)?$/.test(text) ? NaN : Number(text);
	return Number.isSafeInteger(number) && number >= least && number <= most ? number : undefined;
}

/** A number, also as text and with a fraction; never one in another notation, such as `0x10`. */
export function toNumber(value: unknown): number | undefined {
	const text = toText(value);
	const number = text === undefined || !/^[+-]?\d+(\.\d*)?$/.test(text) ? NaN : Number(text);
	return Number.isFinite(number) ? number : undefined;
}

/** A switch: expressions give `"true"` and 1 as well. */
export function toSwitch(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const word = toText(value)?.toLowerCase() ?? '';
	if (word === 'true' || word === '1') return true;
	return word === 'false' || word === '0' ? false : undefined;
}

/** A JSON object, as it is or as text. */
export function toRecord(value: unknown): Record<string, unknown> | undefined {
	if (typeof value !== 'string') return isObject(value) ? value : undefined;
	try {
		const parsed: unknown = JSON.parse(value);
		return isObject(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** Words in a list, or separated by commas; what is empty is `""`. */
export function toEntries(value: unknown): string[] | undefined {
	const entries: unknown[] = Array.isArray(value) ? value : (toText(value)?.split(',') ?? [value]);
	const words = entries.map((entry) => (isGiven(entry) ? toText(entry) : ''));
	return words.includes(undefined) ? undefined : (words as string[]);
}

/** Words in a list, or separated by commas; empty ones are left out. */
export const toWords = (value: unknown): string[] | undefined =>
	toEntries(value)?.filter((word) => word !== '');
