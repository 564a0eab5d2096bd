import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { fieldError } from '../shared/http/errors';
import type { Form } from './api';
import { valueOf } from './fields';
import { isRecord } from './readWire';

/** Attributes of a new activity carry this in front of their name; those of an update, and the text, do not. */
const PREFIX = 'note_field_';

/** Sent by the credential, or by the operation itself. */
const RESERVED = ['authToken', 'clientDomain', 'partial', 'activityId', 'noteId', '_id'];

const bare = (name: string) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name);

/** The fields with the prefix of a create, never twice. */
export const prefixed = (fields: Form): Form =>
	Object.fromEntries(Object.entries(fields).map(([name, value]) => [PREFIX + bare(name), value]));

/** Name and value pairs of a fixed collection, by their bare names. */
export function readPairs(
	context: IExecuteFunctions,
	label: string,
	value: unknown,
	itemIndex: number,
): Form {
	const pairs = isRecord(value) && Array.isArray(value.field) ? value.field : [];
	const fields: Form = {};
	for (const pair of pairs as IDataObject[]) {
		const name = bare(valueOf(pair.name));
		if (name === '' || RESERVED.includes(name)) {
			throw fieldError(
				context.getNode(),
				name === '' ? `${label} has a field without a name` : `${label} cannot set "${name}"`,
				name === '' ? 'Enter its name, or remove it.' : 'Remove it: the node sends it by itself.',
				itemIndex,
			);
		}
		fields[name] = String(pair.value ?? '');
	}
	return fields;
}
