/** Tells whether a node is asked for the same thing as before, by hashes, so that nothing of it is stored. */
import { createHash } from 'node:crypto';

import { jsonStringify, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { toLocator } from './fields/givenValues';
import { parallelWrites, repeatUnknown, simplify } from './fields/runFields';

/** Settings that say how to send or show a thing, not what it is. */
const NOT_ASKED = [simplify.name, parallelWrites.name, repeatUnknown.name];

/** Fields of credentials that say where requests go. */
const PLACES = ['baseUrl', 'tenant', 'library', 'clientDomain'];

/** Modes of a locator that hold the same value for the same thing, with that of a plain value. */
const SAME_VALUE = ['', 'list', 'id', 'key', 'name'];

export interface Marks {
	/** Of the credentials: the same question to another tenant is another one. */
	logins: string;
	/** Of each field what was entered, with the item that came in, and what came of it. */
	fields: Record<string, [entered: string, asked: string]>;
}

/** Of each field, one of the two must agree: a `$now` changes what came of it, a mended workflow what was entered. */
export function isSame(one: Marks, other: Marks): boolean {
	const names = Object.keys({ ...one.fields, ...other.fields });
	const isSameField = (name: string) => {
		const marks = other.fields[name] ?? [];
		return one.fields[name]?.some((mark, index) => mark === marks[index]) ?? false;
	};
	return one.logins === other.logins && names.every(isSameField);
}

/** @param names fields that say what is asked; absent, all of the node */
export async function marksOf(
	context: IExecuteFunctions,
	item: number,
	names?: string[],
): Promise<Marks> {
	const { parameters } = context.getNode();
	const input = context.getInputData()[item]?.json;
	const asking = (names ?? Object.keys(parameters)).filter((name) => !NOT_ASKED.includes(name));
	const valueOf = (name: string): unknown => {
		try {
			return context.getNodeParameter(name, item, null);
		} catch {
			// a field that is not read may hold an expression that cannot be resolved
			return null;
		}
	};
	const markOf = (name: string): [string, string] => [
		hash([withoutSettings(name, parameters[name]), input]),
		hash(withoutSettings(name, valueOf(name))),
	];
	return {
		logins: hash(await loginsOf(context, item)),
		fields: Object.fromEntries(asking.map((name) => [name, markOf(name)])),
	};
}

/** Where requests go may be changed in the credential, which stays the same one. */
async function loginsOf(context: IExecuteFunctions, item: number): Promise<unknown[]> {
	const logins = Object.entries(context.getNode().credentials ?? {});
	return await Promise.all(
		logins.map(async ([type, { id }]) => {
			const fields = await context.getCredentials(type, item);
			const places = PLACES.map((name) => String(fields[name] ?? '').trim());
			return [id, ...places.map((place) => place.toLowerCase().replace(/\/+$/, ''))];
		}),
	);
}

function withoutSettings(name: string, value: unknown): unknown {
	if (name !== 'options' || typeof value !== 'object' || value === null) return value;
	const fields = Object.entries(value as IDataObject);
	return Object.fromEntries(fields.filter(([name]) => !NOT_ASKED.includes(name)));
}

/** Of what was picked from a list, which it is: not how it is called there, nor whether its ID was entered instead. */
function withoutPicking(value: unknown): unknown {
	const text = jsonStringify(value, { replaceCircularRefs: true }) ?? 'null';
	return JSON.parse(text, (_, part: unknown) => {
		const { mode, value } = toLocator(part);
		return SAME_VALUE.includes(mode) ? value : { mode, value };
	});
}

/** Short, as thousands of them may be stored. */
const hash = (value: unknown) =>
	createHash('sha256')
		.update(JSON.stringify(withoutPicking(value)))
		.digest('base64')
		.slice(0, 10);
