import type { ResponseObject, ResponseToolkit, Server } from '@hapi/hapi';

import type { NutrientOptions, NutrientUser } from './options';
import { asText, refusal } from './refuse';
import type { Tokens } from './tokens';

/**
 * API key → JWT. Paths: the listing of the v8 API in github.com/brperdomo/workflow-copilot,
 * src/knowledge/api-catalog-full.json; the answer's shape is not published, hence `tokenShape`.
 * Legacy: developer.integrify.com/rest/Access/impersonate.
 */
export function mountExchangeRoutes(
	server: Server,
	tokens: Tokens,
	options: NutrientOptions,
): void {
	function answer(h: ResponseToolkit, user: NutrientUser): ResponseObject {
		const token = tokens.issue(user);
		if (options.tokenShape === 'text') return asText(h, token);
		if (options.tokenShape === 'jsonString') {
			return h.response(JSON.stringify(token)).type('application/json');
		}
		return h.response({ [options.tokenShape]: token });
	}
	// Assumption: the texts. Express puts the address, and the key in it, into its 404.
	function refuse(path: string): never {
		throw options.refusedKey === 404
			? refusal(404, `Cannot GET ${path}`)
			: refusal(options.refusedKey, 'Invalid API key', `Refused: ${path}`);
	}

	server.route({
		method: 'GET',
		path: '/api/auth/apikey/{tenant}/{key}/impersonate/{userName}',
		options: { auth: false },
		handler({ params, path }, h) {
			const { tenant, key, userName } = params as Record<string, string>;
			const user = options.users.find((candidate) => candidate.userName === userName);
			if (tenant !== options.tenant || key !== options.systemKey || !user?.isActive) refuse(path);
			return answer(h, user);
		},
	});

	server.route({
		method: 'GET',
		path: '/api/auth/apikey/{tenant}/{key}/impersonate',
		options: { auth: false },
		handler({ params, path }, h) {
			const { tenant, key } = params as Record<string, string>;
			const user = options.users.find(({ personalKey }) => personalKey === key);
			if (tenant !== options.tenant || !user?.isActive) refuse(path);
			return answer(h, user);
		},
	});

	server.route({
		method: 'GET',
		path: '/access/impersonate',
		options: { auth: false },
		handler({ query, path }) {
			const user = options.users.find(({ userName }) => userName === query.user);
			if (query.key !== options.legacyKey || !user) refuse(`${path}?key=${String(query.key)}`);
			return { token: tokens.issueLegacy(user), token_type: 'access', key: options.legacyKey };
		},
	});
}
