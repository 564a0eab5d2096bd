import { randomBytes } from 'node:crypto';
import { token as jwt } from '@hapi/jwt';

import type { Clock } from '../clock';
import type { AppmixerOptions, AppmixerUser } from './options';

/** Issues and judges bearer tokens, by the sandbox clock. */
export interface Tokens {
	/** HS256 with `id`, `scope`, `iat` and `exp`, as in the vendor's documented example. */
	issue(user: AppmixerUser, expiresInSeconds?: number): string;
	/** The user a token stands for; undefined when it is unknown, expired or revoked. */
	userOf(token: string): AppmixerUser | undefined;
	/** Makes every token issued so far invalid. Access tokens given in the options stay. */
	revoke(): void;
}

export function createTokens(clock: Clock, options: AppmixerOptions): Tokens {
	let key = randomBytes(32).toString('hex');
	const secret = () => ({ key, algorithm: 'HS256' as const });

	return {
		issue({ id, scope }, expiresInSeconds = options.tokenLifetimeSeconds) {
			const issuedAt = Math.floor(clock.now() / 1000);
			const payload = { id, scope, iat: issuedAt, exp: issuedAt + expiresInSeconds };
			return jwt.generate(payload, secret());
		},
		userOf(token) {
			const owner = options.users.find((user) => user.accessToken === token);
			if (owner) return owner;
			try {
				const artifacts = jwt.decode(token);
				jwt.verifySignature(artifacts, secret());
				jwt.verifyTime(artifacts, { now: clock.now() });
				const { id }: { id?: unknown } = artifacts.decoded.payload;
				return options.users.find((user) => user.id === id);
			} catch {
				return undefined;
			}
		},
		revoke: () => void (key = randomBytes(32).toString('hex')),
	};
}
