/** Tells whose login a credential is, whichever token it has at the moment. */
import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

/** Who a token is for, in the claims that services use for it. */
const WHO = ['sub', 'id', 'userId', 'user_id', 'userGuid', 'username', 'email'];
/** What is another one in each token of the same login. */
const MOVING = ['exp', 'iat', 'nbf', 'jti', 'auth_time', 'sid'];

/**
 * A fingerprint of what makes the login: its address and user, or the token that was entered, of which a JWT counts by
 * the user in it. The same after a renewal or another password.
 */
export const loginOf = (...parts: unknown[]): string =>
	createHash('sha256')
		.update(JSON.stringify(parts.map(known)))
		.digest('base64url')
		.slice(0, 10);

function known(part: unknown): unknown {
	const claims = claimsOf(String(part));
	if (!claims) return String(part ?? '').trim();
	const who = WHO.filter((name) => claims[name] !== undefined);
	const names = who.length > 0 ? who : Object.keys(claims).filter((name) => !MOVING.includes(name));
	return names.sort().map((name) => [name, claims[name]]);
}

function claimsOf(token: string): IDataObject | null {
	const [, payload] = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token.trim()) ?? [];
	if (payload === undefined) return null;
	try {
		const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
		return typeof claims === 'object' && claims !== null ? (claims as IDataObject) : null;
	} catch {
		return null;
	}
}
