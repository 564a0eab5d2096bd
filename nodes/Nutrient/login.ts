/** How one logs in to Nutrient: with a token, or with a key that gives one. */
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { readOrigin } from '../shared/http/baseUrl';
import { createLogin } from '../shared/http/createLogin';
import { entered } from '../shared/http/login';
import { exceptionStatus, hasExpired } from './explainError';
import { isRecord, recordOf, textField } from './readWire';

export const TEST_PATH = '/api/user/current';
const TOKEN_FIELDS = ['token', 'access_token', 'accessToken', 'jwt'];
/** What tells a user from any other record; the spelling is not documented. */
const USER_FIELDS = [
	'username',
	'userguid',
	'usersid',
	'guid',
	'sid',
	'email',
	'namefirst',
	'firstname',
];
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const WRONG_KEY =
	'Nutrient did not accept the API key: check API Key, Key Type, Tenant ID and User Name in the credential.';
const UNKNOWN_KEY =
	'Nutrient does not know this key, tenant or user: check them and the Base URL; personal keys need version 8.11.';
const UNKNOWN_LEGACY =
	'Nutrient does not know this application key or user, or has no legacy impersonation at this Base URL.';

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

/** https://www.nutrient.io/guides/workflow-automation/admin-guide/development-resources/api-information */
export const Login = createLogin({
	service: 'Nutrient',
	address: 'Base URL',
	where: 'enter the HostHeader of System Settings as Base URL',
	ownUrl: ({ baseUrl }) => readOrigin(baseUrl),
	secret: ({ accessToken }) => text(accessToken),
	exchange(credentials) {
		if (credentials.authentication === 'token') return null;
		return {
			request: exchangeOf(credentials),
			read: readToken,
			says: {
				401: WRONG_KEY,
				403: WRONG_KEY,
				404: credentials.authentication === 'legacy' ? UNKNOWN_LEGACY : UNKNOWN_KEY,
			},
		};
	},
	test: {
		path: TEST_PATH,
		read(body) {
			const record = recordOf(body) ?? {};
			return textField(record, 'message') === null ? textField(record, ...USER_FIELDS) : null;
		},
		means: (status, body) => (hasExpired(body) ? 401 : (exceptionStatus(body) ?? status)),
		says: {
			401: 'Nutrient did not accept the token. Check the key and the user, or get a new token.',
			403: 'Nutrient does not allow this user to read their own profile. Check the user.',
			404: 'There is no API of version 8 at this Base URL. Enter the HostHeader of System Settings.',
		},
	},
});

/** A part of the exchange's path. Empty or dots would make it another path, so they are refused here. */
function part(value: unknown, label: string): string {
	const given = entered(value, label, 'Nutrient').trim();
	if (/^\.+$/.test(given))
		throw new Error(`${label} is not valid: check it in the Nutrient credential.`);
	return given;
}

/** The call that gives a token. The key is in its path or query: the address must not get into an error or a log. */
function exchangeOf(credentials: ICredentialDataDecryptedObject): IHttpRequestOptions {
	const { authentication, baseUrl, apiKey, keyType, tenantId, userName } = credentials;
	const origin = readOrigin(baseUrl);
	const key = part(apiKey, 'API Key');
	const call = { method: 'GET', json: true } as const;
	if (authentication === 'legacy') {
		const qs = { key, user: part(userName, 'User Name') };
		return { ...call, url: `${origin}/access/impersonate`, qs };
	}
	const path = ['api', 'auth', 'apikey', part(tenantId, 'Tenant ID'), key, 'impersonate'];
	if (keyType !== 'personal') path.push(part(userName, 'User Name'));
	return { ...call, url: `${origin}/${path.map(encodeURIComponent).join('/')}` };
}

/** The token in the exchange's answer, whose shape is not documented; `null` when there is none. */
function readToken(body: unknown): string | null {
	if (isRecord(body)) {
		const token = TOKEN_FIELDS.map((name) => text(body[name])).find((value) => value !== '');
		return token ?? (isRecord(body.data) ? readToken(body.data) : null);
	}
	const token = text(body).replace(/^"(.*)"$/, '$1');
	return JWT.test(token) ? token : null;
}
