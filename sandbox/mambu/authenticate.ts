import type { Request, Server } from '@hapi/hapi';

import type { MambuOptions } from './options';
import { refusal } from './refuse';
import type { MambuUser } from './users';

/**
 * Basic, or the raw key in the header `apiKey` (docs.mambu.com, "Authentication").
 * Assumption: the key counts when both are sent.
 */
function userOf(request: Request, { users }: MambuOptions): MambuUser {
	const { apikey: key, authorization } = request.headers as Record<string, string | undefined>;
	if (key === undefined && !authorization?.startsWith('Basic ')) {
		throw refusal(401, 'INVALID_BASIC_AUTHORIZATION');
	}
	const login = Buffer.from(authorization?.slice(6) ?? '', 'base64').toString();
	const user = users.find(({ apiKey, username, password }) =>
		key === undefined ? login === `${username}:${password}` : apiKey === key,
	);
	if (!user) throw refusal(401, 'INVALID_CREDENTIALS');
	return user;
}

export function requireLogin(server: Server, options: MambuOptions): void {
	server.auth.scheme('mambu', () => ({
		authenticate(request, h) {
			if (options.blockIp) throw refusal(403, 'INVALID_IP_ADDRESS');
			const user = userOf(request, options);
			if (!user.apiAccess) throw refusal(403, 'NO_API_ACCESS');
			return h.authenticated({ credentials: { app: { key: user.encodedKey } } });
		},
	}));
	server.auth.strategy('mambu', 'mambu');
	server.auth.default('mambu');
}

/** Who calls. */
export function callerOf(request: Request, { users }: MambuOptions): MambuUser {
	const app: object = request.auth.credentials?.app ?? {};
	const user = users.find(({ encodedKey }) => 'key' in app && encodedKey === app.key);
	if (!user) throw refusal(401, 'INVALID_CREDENTIALS');
	return user;
}

/** @throws 403 when the caller lacks the right. */
export function requireRight(request: Request, options: MambuOptions, right: string): void {
	if (!callerOf(request, options).permissions.includes(right)) {
		throw refusal(403, 'INVALID_PERMISSIONS');
	}
}
