import type { Field, FieldReader } from '../shared/items/fields/fieldReader';
import type { Form } from './api';
import { pairName, pairValue } from './fields';

/** Attributes of a new activity carry this in front of their name; those of an update, and the text, do not. */
const PREFIX = 'note_field_';

/** Sent by the credential, or by the operation itself. */
const RESERVED = ['authToken', 'clientDomain', 'partial', 'activityId', 'noteId', '_id'];

const bare = (name: string) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name);

/** The fields with the prefix of a create, never twice. */
export const prefixed = (fields: Form): Form =>
	Object.fromEntries(Object.entries(fields).map(([name, value]) => [PREFIX + bare(name), value]));

/** Name and value pairs of a fixed collection, by their bare names. */
export function readPairs(read: FieldReader, { displayName, name: collection }: Field): Form {
	const fields: Form = {};
	for (const pair of read.rows(collection, 'field')) {
		const name = bare(pair.ifGiven(pairName, pair.text) ?? '');
		if (name === '') {
			const problem = `${displayName} has a field without a name`;
			throw read.error(problem, 'Enter its name, or remove it.');
		}
		if (RESERVED.includes(name)) {
			const problem = `${displayName} cannot set "${name}"`;
			throw read.error(problem, 'Remove it: the node sends it by itself.');
		}
		fields[name] = pair.written(pairValue);
	}
	return fields;
}
