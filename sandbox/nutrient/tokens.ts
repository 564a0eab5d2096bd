import { createHmac, randomBytes } from 'node:crypto';

import type { Clock } from '../clock';
import type { NutrientOptions, NutrientUser } from './options';

/** Whose token it is, and whether it still counts. */
export type TokenCheck = { user: NutrientUser; expired: boolean } | undefined;

export interface Tokens {
	/**
	 * An HS256 JWT with the claims of the vendor's own test tokens (github.com/Integrify/public-lambda-functions).
	 * A negative lifetime gives an expired one.
	 */
	issue(user: NutrientUser, lifetimeSeconds?: number): string;
	/** An opaque token of 32 hexadecimal digits, as the v7 documentation shows. */
	issueLegacy(user: NutrientUser): string;
	check(token: string): TokenCheck;
	/** Ends every token issued so far. */
	expireAll(): void;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function createTokens(clock: Clock, options: NutrientOptions): Tokens {
	const key = randomBytes(32);
	const issued = new Map<string, { sid: string; endsAt: number }>();

	function remember(token: string, { sid }: NutrientUser, lifetimeSeconds: number): string {
		issued.set(token, { sid, endsAt: clock.now() + lifetimeSeconds * 1000 });
		return token;
	}

	return {
		issue(user, lifetimeSeconds = options.tokenLifetimeSeconds) {
			const iat = Math.floor(clock.now() / 1000);
			const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({
				tenant: options.tenant,
				aud: options.tenant,
				userName: user.userName,
				contactSid: user.sid,
				contactGuid: user.sid,
				email: user.email,
				jti: randomBytes(8).toString('hex'),
				iat,
				exp: iat + lifetimeSeconds,
			})}`;
			const signature = createHmac('sha256', key).update(signed).digest('base64url');
			return remember(`${signed}.${signature}`, user, lifetimeSeconds);
		},
		issueLegacy: (user) =>
			remember(randomBytes(16).toString('hex'), user, options.tokenLifetimeSeconds),
		check(token) {
			const known = issued.get(token);
			const user = options.users.find(({ sid }) => sid === known?.sid);
			return known && user && { user, expired: known.endsAt <= clock.now() };
		},
		expireAll() {
			for (const known of issued.values()) known.endsAt = -Infinity;
		},
	};
}
