/** Tells whether a polling trigger still watches what it watched before. */
import { createHash } from 'node:crypto';

import type { INode } from 'n8n-workflow';

/** What can change without another set of tasks being watched. */
const BESIDE = ['events', 'simple', 'pollTimes', 'dueSoonHours', 'dueSoonDays'];

/**
 * A fingerprint of the filters that select tasks and of whose login it is. Filters count as they are written: an
 * expression that moves with the time is the same filter.
 * @param login as `loginOf` gives it
 * @param beside options that select nothing
 */
export function scopeOf({ parameters }: INode, login: string, beside: string[] = []): string {
	const options = chosen(Object(parameters.options) as object, beside);
	const selecting = chosen({ ...parameters, options: Object.fromEntries(options) }, BESIDE);
	return mark([selecting, login]);
}

/** As version 0.1.0 told it, so that an update is not taken for other settings. */
export function olderScopeOf({ parameters, credentials = {} }: INode): string {
	const settings = entriesOf(parameters, ['events', 'simple', 'pollTimes']);
	return mark([settings, Object.values(credentials).map(({ id }) => id)]);
}

/** A collection that is there and empty is as good as none. */
const chosen = (fields: object, beside: string[]) =>
	entriesOf(fields, beside).filter(([, value]) => JSON.stringify(value) !== '{}');

const entriesOf = (fields: object, beside: string[]) =>
	Object.entries(fields)
		.filter(([name]) => !beside.includes(name))
		.sort(([a], [b]) => a.localeCompare(b));

const mark = (value: unknown) =>
	createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 10);
