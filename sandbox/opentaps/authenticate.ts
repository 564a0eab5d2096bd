import type { Request, Server } from '@hapi/hapi';

import type { OpentapsOptions, OpentapsUser, Permission } from './options';
import { refusal } from './refuse';
import type { Tokens } from './tokens';

export type Parameters = Record<string, string>;

const ownText = (values: unknown): Parameters =>
	Object.fromEntries(
		Object.entries((values ?? {}) as Record<string, unknown>).map(([name, value]) => [
			name,
			// Assumption: the last one of a repeated parameter counts
			String(Array.isArray(value) ? value.at(-1) : value),
		]),
	);

const FORM = /^application\/x-www-form-urlencoded/i;
/** Of GETs, which hapi takes for having no body. */
const forms = new WeakMap<Request, Parameters>();

async function readForm(request: Request): Promise<void> {
	if (request.method !== 'get' || !FORM.test(String(request.headers['content-type']))) return;
	let body = '';
	for await (const chunk of request.raw.req) body += String(chunk);
	forms.set(request, Object.fromEntries(new URLSearchParams(body)));
}

/** GET: the query, or a form. Others: the form ("CRM-2 API"; the curl examples use `-d` for DELETE too). */
export function parametersOf(
	request: Request,
	{ deleteParameters, getParameters }: OpentapsOptions,
): Parameters {
	const query = ownText(request.query);
	if (request.method === 'get') {
		return getParameters === 'query' ? query : { ...query, ...forms.get(request) };
	}
	const form = ownText(request.payload);
	if (request.method !== 'delete') return form;
	return { body: form, query, either: { ...query, ...form } }[deleteParameters];
}

const callers = new WeakMap<Request, OpentapsUser>();

/** Who calls. */
export function callerOf(request: Request): OpentapsUser {
	return callers.get(request)!;
}

/** Reads `authToken` and `clientDomain` of every request but the two oauth calls. */
export function requireLogin(server: Server, tokens: Tokens, options: OpentapsOptions): void {
	server.ext('onPreHandler', async (request, h) => {
		if (request.path.startsWith('/oauth/')) return h.continue;
		await readForm(request);
		const { authToken = '', clientDomain } = parametersOf(request, options);
		const user = tokens.ownerOf(authToken);
		// the wiki lists no clientDomain for this one call
		const needsDomain = !/^\/activities\/[^/]+$/.test(request.path) || request.method !== 'delete';
		const isHome =
			clientDomain === undefined ? !needsDomain : clientDomain === options.clientDomain;
		// Assumption: a foreign domain is refused like a foreign token
		if (!user || !isHome) throw refusal(options.refusedToken, 'Authentication token is not valid');
		callers.set(request, user);
		return h.continue;
	});
}

/** @throws 403 when the caller's contact lacks the right ("CRM-2 Security Model"). Assumption: the status. */
export function requireRight(request: Request, right: Permission): void {
	if (callerOf(request).permissions.includes(right)) return;
	throw refusal(403, `Permission ${right} is missing`);
}
