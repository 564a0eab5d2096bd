import { createHash } from 'node:crypto';

import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { readBaseUrl } from '../nodes/shared/http/baseUrl';
import { loginError, RENEW_LOGIN } from '../nodes/shared/http/login';

const FORM = 'application/x-www-form-urlencoded';
/** A temporary token ends after 60 minutes by default; what ends earlier is renewed when it is refused. */
const LIFETIME = 55 * 60_000;

/**
 * Sends `authToken` and `clientDomain` with every call: among the fields of a form, else in the query. A temporary
 * token is kept with a fingerprint of the login it belongs to, because the editor sends it back unchanged when the
 * login is changed. Wiki of opentaps: "CRM-2 API", "CRM-2 Security Model".
 */
export class OpentapsApi implements ICredentialType {
	name = 'opentapsApi';

	displayName = 'Opentaps CRM2 API';

	documentationUrl =
		'https://github.com/n8n-nodes-task-approvals/n8n-nodes-task-approvals#opentaps';

	icon: Icon = {
		light: 'file:../nodes/Opentaps/opentaps.svg',
		dark: 'file:../nodes/Opentaps/opentaps.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://crm2.opentaps.com',
			description: 'Address of your CRM2, as in the address bar, without what follows the host',
		},
		{
			displayName: 'Client Domain',
			name: 'clientDomain',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. example.com',
			description: 'The domain of your company in CRM2',
		},
		{
			displayName: 'Auth Token',
			name: 'authToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'In the sign-up email, and in CRM2 under the cog wheel, My Account',
		},
		{
			displayName: 'Use Temporary Token',
			name: 'useTemporary',
			type: 'boolean',
			default: false,
			description:
				'Whether to exchange the Auth Token, which is as good as a password, for one that ends after an hour, and send only that',
		},
		{
			displayName: 'OAuth Base URL',
			name: 'oauthBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://crm2.opentaps.com/oauth',
			description: 'Where tokens are exchanged; /oauth below the Base URL when empty',
			displayOptions: { show: { useTemporary: [true] } },
		},
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		if (credentials.useTemporary !== true) return {};
		const answer = await this.helpers
			.httpRequest({
				method: 'POST',
				url: `${oauthUrl(credentials)}/temp-token`,
				headers: { 'Content-Type': FORM },
				body: new URLSearchParams({ authToken: trimmed(credentials.authToken) }).toString(),
				json: true,
				timeout: 30_000,
				returnFullResponse: true,
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
			})
			.catch(unreachable);
		const { statusCode, body } = answer as { statusCode: number; body: unknown };
		const token = statusCode >= 200 && statusCode < 300 ? tokenIn(body) : null;
		if (token) return { sessionToken: [fingerprint(credentials), Date.now(), token].join(':') };
		// not as `response.status`: n8n would try a refused token once more
		throw loginError(whyRefused(statusCode, body), {
			loginStatus: statusCode < 300 ? 401 : statusCode,
		});
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		readBaseUrl(credentials.baseUrl);
		const { [RENEW_LOGIN]: renew, ...headers } = requestOptions.headers ?? {};
		requestOptions.headers = headers;
		const authToken =
			credentials.useTemporary === true
				? temporaryToken(credentials, renew !== undefined)
				: trimmed(credentials.authToken);
		const login = { authToken, clientDomain: trimmed(credentials.clientDomain) };
		if (!isForm(headers)) {
			requestOptions.qs = { ...requestOptions.qs, ...login };
			return requestOptions;
		}
		const { body } = requestOptions;
		const form = new URLSearchParams(
			typeof body === 'string' ? body : ((body ?? {}) as Record<string, string>),
		);
		for (const [name, value] of Object.entries(login)) form.set(name, value);
		requestOptions.body = form.toString();
		return requestOptions;
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: '/activities/1',
			disableFollowRedirect: true,
		},
		// the type knows rules of one kind only, n8n reads both
		rules: [
			...[301, 302, 307, 308].map((value) => ({
				type: 'responseCode',
				properties: {
					value,
					message: 'The server redirects to another address: enter that one as the Base URL.',
				},
			})),
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'CRM2 did not accept the Auth Token, or does not know the Client Domain.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'CRM2 did not accept the Auth Token, or its contact lacks the right ACTIVITY_VIEW.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'CRM2 is not at this Base URL. Enter its address without a path.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'result',
					value: undefined,
					message:
						'What answered is not CRM2, or does not accept the Auth Token: check all fields.',
				},
			},
		] as NonNullable<ICredentialTestRequest['rules']>,
	};
}

const trimmed = (value: unknown) => String(value ?? '').trim();

function isForm(headers: IDataObject): boolean {
	const [, type] =
		Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
	return String(type).startsWith(FORM);
}

function oauthUrl({ oauthBaseUrl, baseUrl }: ICredentialDataDecryptedObject): string {
	if (trimmed(oauthBaseUrl) === '') return `${readBaseUrl(baseUrl)}/oauth`;
	try {
		return readBaseUrl(oauthBaseUrl);
	} catch (error) {
		throw loginError((error as Error).message.replace('Base URL', 'OAuth Base URL'));
	}
}

/** Tells one login from another without keeping its token. */
function fingerprint(credentials: ICredentialDataDecryptedObject): string {
	const { authToken, clientDomain } = credentials;
	const login = [oauthUrl(credentials), trimmed(authToken), trimmed(clientDomain)];
	return createHash('sha256').update(JSON.stringify(login)).digest('hex');
}

/** The kept token, if it belongs to this login and has not ended. @throws what n8n takes for "renew it". */
function temporaryToken(credentials: ICredentialDataDecryptedObject, isRefused: boolean): string {
	const [owner, since, token] = trimmed(credentials.sessionToken).split(/:(\d+):/);
	const isFresh = Date.now() - Number(since) < LIFETIME;
	if (token && !isRefused && isFresh && owner === fingerprint(credentials)) return token;
	throw loginError('The temporary token has ended, or is missing.', { response: { status: 401 } });
}

function tokenIn(body: unknown): string | null {
	const token = Object(body) as IDataObject;
	return typeof token.authToken === 'string' && token.authToken !== '' ? token.authToken : null;
}

function whyRefused(status: number, body: unknown): string {
	const { error, errors } = Object(body) as IDataObject;
	if (status === 404 || (status < 400 && !error && !errors)) {
		return 'There is no exchange of tokens at the OAuth Base URL: check it, or turn Use Temporary Token off.';
	}
	if (status >= 500) return 'CRM2 could not exchange the Auth Token: try again later.';
	return 'CRM2 did not accept the Auth Token: enter a new one in the credential.';
}

/** Only the code of a lost connection is kept. */
function unreachable(error: unknown): never {
	const { code } = Object(error) as { code?: unknown };
	const reason = typeof code === 'string' && /^[A-Z_]+$/.test(code) ? ` (${code})` : '';
	throw loginError(
		`CRM2 could not be reached to exchange the Auth Token${reason}: check the OAuth Base URL.`,
	);
}
