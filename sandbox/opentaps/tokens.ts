import { randomUUID } from 'node:crypto';

import type { Clock } from '../clock';
import type { OpentapsOptions, OpentapsUser } from './options';

export interface Tokens {
	/** A temporary token for the user ("CRM-2 Security Model"). */
	issue(user: OpentapsUser): string;
	/** Whose token it is, permanent or temporary; undefined when it is neither or has ended. */
	ownerOf(token: string): OpentapsUser | undefined;
	isPermanent(token: string): boolean;
	/** Ends every temporary token. */
	expireAll(): void;
}

export function createTokens(clock: Clock, options: OpentapsOptions): Tokens {
	const issued = new Map<string, { user: OpentapsUser; until: number }>();
	const permanentOwner = (token: string) =>
		options.users.find(({ authToken }) => authToken === token);
	return {
		issue(user) {
			const token = `temporary-${randomUUID()}`;
			issued.set(token, { user, until: clock.now() + options.temporaryTokenMinutes * 60_000 });
			return token;
		},
		ownerOf(token) {
			const temporary = issued.get(token);
			if (temporary) return temporary.until > clock.now() ? temporary.user : undefined;
			return permanentOwner(token);
		},
		isPermanent: (token) => permanentOwner(token) !== undefined,
		expireAll: () => issued.clear(),
	};
}
