import { unauthorized } from '@hapi/boom';
import type { Request, Server } from '@hapi/hapi';

import type { AppmixerOptions, AppmixerUser } from './options';
import type { Tokens } from './tokens';

/** Route auth: a token is required. */
export const SIGNED_IN = { strategies: ['jwt-strategy'] };

/** Route auth: a token, or no Authorization header at all. */
export const SIGNED_IN_OR_PUBLIC = { strategies: ['jwt-strategy', 'public'] };

/**
 * Registers the two strategies named in the server's routes.js.
 *
 * Assumption: a bad token is refused before `public` is tried, as hapi does, and the texts of 401 are ours.
 */
export function registerStrategies(server: Server, tokens: Tokens): void {
	server.auth.scheme('appmixer-bearer', () => ({
		authenticate(request, h) {
			const header: unknown = request.headers.authorization;
			if (typeof header !== 'string') throw unauthorized(null, 'Bearer');
			const [scheme, token = ''] = header.split(' ');
			const user = scheme.toLowerCase() === 'bearer' ? tokens.userOf(token) : undefined;
			if (!user) throw unauthorized('Invalid token', 'Bearer');
			return h.authenticated({ credentials: { scope: user.scope, app: { userId: user.id } } });
		},
	}));
	server.auth.scheme('appmixer-public', () => ({
		authenticate: (_request, h) => h.authenticated({ credentials: {} }),
	}));
	server.auth.strategy('jwt-strategy', 'appmixer-bearer');
	server.auth.strategy('public', 'appmixer-public');
}

/** The signed-in user, or undefined for the public. */
export function callerOf(request: Request, { users }: AppmixerOptions): AppmixerUser | undefined {
	const app: object = request.auth.credentials?.app ?? {};
	const userId = 'userId' in app ? app.userId : undefined;
	return users.find((user) => user.id === userId);
}
