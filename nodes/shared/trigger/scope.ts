/** Tells whether a polling trigger still watches what it watched before. */
import { createHash } from 'node:crypto';

import type { INode } from 'n8n-workflow';

/** What can change without another set of tasks being watched. */
const BESIDE = ['events', 'simple', 'pollTimes'];

/** A fingerprint of the node's filters and of whose login it uses. */
export function scopeOf({ parameters, credentials = {} }: INode): string {
	const settings = Object.entries(parameters).filter(([name]) => !BESIDE.includes(name));
	const logins = Object.values(credentials).map(({ id }) => id);
	const text = JSON.stringify([settings.sort(([a], [b]) => a.localeCompare(b)), logins]);
	return createHash('sha256').update(text).digest('base64url').slice(0, 10);
}
