/** How a token is kept between runs: with whose it is, no secret readable, and until when by this machine's clock. */
import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

/** Renewed this long before its end, or a tenth of its life where that is less. */
const EARLY_MS = 300_000;
const KEPT = /^([\da-f]{64}):(\d+):(.+)$/s;
/** A token may say that it never ends. */
const LONGEST_MS = 365 * 86_400_000;
/** In place of a time: the token does not say, so the service will. */
const WHEN_REFUSED = 0;

/** Tells one login from another. */
export const loginMark = (login: unknown): string =>
	createHash('sha256').update(JSON.stringify(login)).digest('hex');

/** @param lifetime in seconds, of tokens that do not say theirs */
export function keepToken(owner: string, token: string, lifetime?: number): string {
	const now = Date.now();
	const life = lifeOf(token, now) ?? (lifetime === undefined ? null : lifetime * 1000);
	const renewAt = life === null ? WHEN_REFUSED : now + life - Math.min(EARLY_MS, life / 10);
	return `${owner}:${Math.floor(renewAt)}:${token}`;
}

/** The kept token, whosever it is; nothing when it is none. */
export const bareToken = (kept: unknown): string | undefined => KEPT.exec(String(kept))?.[3];

/** The kept token, also when its time has come; `null` when it is another login's or an older version kept it. */
export function tokenIn(kept: unknown, owner: string): string | null {
	const [, whose, , token] = KEPT.exec(String(kept)) ?? [];
	return whose === owner ? token : null;
}

/** The kept token; `null` when it is another login's, its time has come, or an older version kept it. */
export function keptToken(kept: unknown, owner: string): string | null {
	const [, , renewAt] = KEPT.exec(String(kept)) ?? [];
	const isOver = Number(renewAt) !== WHEN_REFUSED && Number(renewAt) <= Date.now();
	return isOver ? null : tokenIn(kept, owner);
}

/**
 * Milliseconds a new token lives. From `iat` to `exp`, because the server's clock may be wrong; `exp` alone counts when
 * it is not over by this clock already.
 */
function lifeOf(token: string, now: number): number | null {
	const { iat, exp } = claimsOf(token);
	if (typeof exp !== 'number') return null;
	const life = typeof iat === 'number' ? (exp - iat) * 1000 : exp * 1000 - now;
	return life > 0 ? Math.min(life, LONGEST_MS) : null;
}

function claimsOf(token: string): IDataObject {
	try {
		return Object(
			JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()),
		) as IDataObject;
	} catch {
		return {};
	}
}
