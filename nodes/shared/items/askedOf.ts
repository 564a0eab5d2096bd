/** Tells whether a node is asked for the same thing as before, by hashes, so that nothing of it is stored. */
import { createHash } from 'node:crypto';

import { jsonStringify, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { parallelWrites, repeatUnknown, simplify } from './fields/commonFields';

/** Settings that say how to send or show a thing, not what it is. */
const NOT_ASKED = [simplify.name, parallelWrites.name, repeatUnknown.name];

export interface Marks {
	/** Of the node's fields as they were entered and of the item that came in. */
	entered: string;
	/** Of what was asked. */
	asked: string;
}

/** One of the two must agree: a `$now` changes what was asked, a mended workflow what was entered. */
export const isSame = (one: Marks, other: Marks): boolean =>
	one.entered === other.entered || one.asked === other.asked;

export const marksOf = (context: IExecuteFunctions, item: number, asked: unknown): Marks => ({
	entered: hash([
		loginsOf(context),
		asking(context.getNode().parameters),
		context.getInputData()[item]?.json,
	]),
	asked: hash([loginsOf(context), asked]),
});

/** The same question to another tenant is another one. */
const loginsOf = (context: IExecuteFunctions) =>
	Object.values(context.getNode().credentials ?? {}).map(({ id }) => id);

const hash = (value: unknown) =>
	createHash('sha256')
		.update(jsonStringify(value, { replaceCircularRefs: true }) ?? '')
		.digest('base64')
		.slice(0, 22);

function asking(parameters: IDataObject): IDataObject {
	const without = (fields: IDataObject) =>
		Object.fromEntries(Object.entries(fields).filter(([name]) => !NOT_ASKED.includes(name)));
	const { options } = parameters;
	const isGroup = typeof options === 'object' && options !== null;
	return without({ ...parameters, ...(isGroup && { options: without(options as IDataObject) }) });
}

/** What the node's fields ask of an item. */
export function askedOf(context: IExecuteFunctions, item: number): IDataObject {
	const valueOf = (name: string): unknown => {
		try {
			return context.getNodeParameter(name, item, null);
		} catch {
			// a field that is not read may hold an expression that cannot be resolved
			return null;
		}
	};
	const names = Object.keys(context.getNode().parameters);
	return asking(Object.fromEntries(names.map((name) => [name, valueOf(name)])) as IDataObject);
}
