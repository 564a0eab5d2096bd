import { createHash } from 'node:crypto';

/** A task's ID as a poll keeps it: short, because static data is stored whole. */
export const shortId = (id: string): string =>
	createHash('sha256').update(id).digest('base64url').slice(0, 10);
