import type { Request, Server } from '@hapi/hapi';

import type { NutrientOptions, NutrientUser } from './options';
import { asText, refusal } from './refuse';
import type { Tokens } from './tokens';

export const LOGIN_PAGE = '<!DOCTYPE html>\n<html><body><form id="login"></form></body></html>';

/**
 * Every route but the exchanges needs `Authorization: Bearer <token>`, or (v7) `?key=&token=`.
 * Sources: the vendor's API guide; developer.integrify.com/rest/docs, "instance-start".
 * Assumption: without a good token the answer is 401, or a login page as web applications give.
 */
export function registerAuthentication(
	server: Server,
	tokens: Tokens,
	options: NutrientOptions,
): void {
	server.auth.scheme('nutrient-bearer', () => ({
		authenticate(request, h) {
			const header = String(request.headers.authorization ?? '');
			const inQuery = request.query.key === options.legacyKey ? request.query.token : undefined;
			const token = /^Bearer (.+)$/i.exec(header)?.[1] ?? String(inQuery ?? '');
			const known = tokens.check(token);
			if (known && !known.expired) {
				return h.authenticated({ credentials: { app: { sid: known.user.sid } } });
			}
			if (known && options.expiredAnswer !== 'status401') {
				const status = options.expiredAnswer === 'text200' ? 200 : 401;
				return asText(h, 'expired token').code(status).takeover();
			}
			if (options.unauthenticated === 'loginPage') {
				return h.response(LOGIN_PAGE).type('text/html').takeover();
			}
			throw refusal(401, 'Unauthorized', known ? 'The token has expired' : undefined);
		},
	}));
	server.auth.strategy('bearer', 'nutrient-bearer');
	server.auth.default('bearer');
}

/** The user the call acts as. */
export function callerOf(request: Request, { users }: NutrientOptions): NutrientUser {
	const { sid } = Object(request.auth.credentials.app) as { sid?: string };
	const user = users.find((candidate) => candidate.sid === sid);
	if (!user) throw refusal(401, 'Unauthorized');
	return user;
}
