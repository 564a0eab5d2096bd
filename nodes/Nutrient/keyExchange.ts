/** How a key becomes a token, and how the token is kept: pure, so that the credential only sends and attaches. */
import { createHash } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readOrigin } from '../shared/http/baseUrl';
import { loginError } from '../shared/http/login';
import { isRecord } from './readWire';

const EARLY_SECONDS = 300;
const TOKEN_FIELDS = ['token', 'access_token', 'accessToken', 'jwt'];
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

/** A part of the exchange's path. Empty or dots would make it another path, so they are refused here. */
function part(value: unknown, label: string): string {
	const given = text(value);
	if (given === '') throw loginError(`${label} is empty: enter it in the Nutrient credential.`);
	if (/^\.+$/.test(given))
		throw loginError(`${label} is not valid: check it in the Nutrient credential.`);
	return given;
}

/**
 * The call that gives a token. The key is in its path or query: the address must not get into an error or a log.
 * @throws Error with a sentence for the user when a field is missing.
 */
export function exchangeOf(credentials: ICredentialDataDecryptedObject) {
	const origin = readOrigin(credentials.baseUrl);
	const key = part(credentials.apiKey, 'API Key');
	if (credentials.authentication === 'legacy') {
		const user = part(credentials.userName, 'User Name');
		return { url: `${origin}/access/impersonate`, qs: { key, user } };
	}
	const path = [
		'api',
		'auth',
		'apikey',
		part(credentials.tenantId, 'Tenant ID'),
		key,
		'impersonate',
	];
	if (credentials.keyType !== 'personal') path.push(part(credentials.userName, 'User Name'));
	return { url: `${origin}/${path.map(encodeURIComponent).join('/')}`, qs: {} };
}

/** The token in the exchange's answer, whose shape is not documented; `null` when there is none. */
export function readToken(body: unknown): string | null {
	if (isRecord(body)) {
		const token = TOKEN_FIELDS.map((name) => text(body[name])).find((value) => value !== '');
		return token ?? (isRecord(body.data) ? readToken(body.data) : null);
	}
	const token = text(body).replace(/^"(.*)"$/, '$1');
	return JWT.test(token) ? token : null;
}

/** Tells one login from another without keeping its key. */
function fingerprint(credentials: ICredentialDataDecryptedObject): string {
	const { authentication, tenantId, keyType, apiKey, userName, baseUrl } = credentials;
	const login = JSON.stringify([baseUrl, authentication, tenantId, keyType, apiKey, userName]);
	return createHash('sha256').update(login).digest('hex');
}

/** What is kept: whose token it is, when to renew it by this machine's clock (0: when refused), and the token. */
export function keep(credentials: ICredentialDataDecryptedObject, token: string): string {
	const lifetime = lifetimeOf(token);
	const early = Math.min(EARLY_SECONDS, (lifetime ?? 0) / 10);
	const renewAt = lifetime === null ? 0 : Math.floor(Date.now() / 1000 + lifetime - early);
	return [fingerprint(credentials), renewAt, token].join(':');
}

/** The kept token, if it belongs to this login and its time has not come. */
export function keptToken(credentials: ICredentialDataDecryptedObject): string | null {
	const [owner, renewAt, token = ''] = text(credentials.sessionToken).split(':');
	const isOver = renewAt !== '0' && Number(renewAt) <= Date.now() / 1000;
	return owner === fingerprint(credentials) && token !== '' && !isOver ? token : null;
}

/** Seconds from `iat` to `exp`: a difference, because the server's clock may be wrong. `null`: it does not say. */
function lifetimeOf(token: string): number | null {
	try {
		const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
		const { iat, exp } = isRecord(claims) ? claims : {};
		return typeof iat === 'number' && typeof exp === 'number' && exp > iat ? exp - iat : null;
	} catch {
		return null;
	}
}

/** Why there is no token. None of the server's words: they may repeat the address, and the key with it. */
export function whyRefused(status: number, isLegacy: boolean): string {
	if (status === 401 || status === 403) {
		return 'Nutrient did not accept the API key: check API Key, Key Type, Tenant ID and User Name in the credential.';
	}
	if (status === 404 && isLegacy) {
		return 'Nutrient does not know this application key or user, or has no legacy impersonation at this Base URL.';
	}
	if (status === 404) {
		return 'Nutrient does not know this key, tenant or user: check them and the Base URL; personal keys need version 8.11.';
	}
	if (status >= 500)
		return `Nutrient could not exchange the key (HTTP ${status}): try again later.`;
	if (status >= 300 && status < 400) {
		return 'Nutrient redirected the key exchange: enter the final address as Base URL.';
	}
	if (status >= 200 && status < 300) {
		return 'The answer to the key exchange has no token: check that the Base URL is the HostHeader of System Settings.';
	}
	return `Nutrient refused the key exchange (HTTP ${status}): check the fields of the credential.`;
}
