import { randomUUID } from 'node:crypto';
import type { Request, ResponseToolkit, ResponseObject } from '@hapi/hapi';

import type { AffinitextOptions, Person } from './options';

export interface Tokens {
	/** Gives the person a token, as My Profile does. */
	issue(person: Person): string;
	ownerOf(authorization: string): Person | undefined;
}

const LOGIN_PAGE = '<!doctype html><title>Sign in</title><form><input name="password"></form>';

/** "6.5 Task API": the user can request a new token at any time. Assumption: sent as `Authorization: Bearer`. */
export function createTokens(options: AffinitextOptions): Tokens {
	const owners = new Map<string, string>();
	return {
		issue(person) {
			const token = `aft-${randomUUID()}`;
			if (options.oldToken === 'ends') {
				for (const [old, owner] of owners) if (owner === person.id) owners.delete(old);
			}
			owners.set(token, person.id);
			return token;
		},
		ownerOf(authorization) {
			const [, token = ''] = /^Bearer (.+)$/i.exec(authorization) ?? [];
			return options.users.find(({ id }) => id === owners.get(token));
		},
	};
}

/** Assumption: status and body of a refusal. */
export function refuse(
	h: ResponseToolkit,
	status: number,
	message: string,
	{ refusals }: AffinitextOptions,
): ResponseObject {
	if (refusals === 'page') return h.response(`<h1>${message}</h1>`).type('text/html').code(status);
	if (refusals === 'text') return h.response(message).type('text/plain').code(status);
	const body = refusals === 'problem' ? { title: 'Refused', detail: message, status } : { message };
	return h.response(body).code(status);
}

/** Assumption: everything here; the vendor does not say how a missing or old token is answered. */
export function refuseLogin(
	request: Request,
	h: ResponseToolkit,
	options: AffinitextOptions,
): ResponseObject {
	const { unauthenticated } = options;
	if (unauthenticated === 'loginPage') return h.response(LOGIN_PAGE).type('text/html');
	if (unauthenticated === 'redirect') return h.redirect('/login?from=%2Fapi%2Ftasks');
	if (unauthenticated === 'foreignRedirect') {
		const port = String(request.headers.host).split(':')[1] ?? '';
		// another host that is this machine as well, so that a client that follows is seen
		return h.redirect(`http://localhost:${port}/elsewhere`);
	}
	return refuse(h, 401, 'Unauthenticated.', options);
}

export { LOGIN_PAGE };
