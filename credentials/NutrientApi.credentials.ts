import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { exchangeOf, keep, keptToken, readToken, whyRefused } from '../nodes/Nutrient/keyExchange';
import { readOrigin } from '../nodes/shared/http/baseUrl';
import { loginError, RENEW_LOGIN } from '../nodes/shared/http/login';

/**
 * Sends `Authorization: Bearer <token>`. The token comes from an API key, which travels in the exchange's path, or
 * from the legacy impersonation; it is kept together with a fingerprint of the login it belongs to, because the editor
 * sends it back unchanged when the user or key is changed.
 * https://www.nutrient.io/guides/workflow-automation/admin-guide/development-resources/api-information
 */
export class NutrientApi implements ICredentialType {
	name = 'nutrientApi';

	displayName = 'Nutrient Workflow API';

	documentationUrl =
		'https://github.com/n8n-nodes-task-approvals/n8n-nodes-task-approvals#nutrient';

	icon: Icon = {
		light: 'file:../nodes/Nutrient/nutrient.svg',
		dark: 'file:../nodes/Nutrient/nutrient.dark.svg',
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
			placeholder: 'e.g. https://acme.on-nutrient.io',
			description: 'The HostHeader under Settings > System Settings. A pasted path is ignored.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'apiKey', description: 'Version 8 and newer' },
				{
					name: 'Legacy Impersonation',
					value: 'legacy',
					description: 'An application key of version 6 or 7',
				},
				{ name: 'Token', value: 'token', description: 'A token you got elsewhere' },
			],
			default: 'apiKey',
			description: 'Whose token it is decides which tasks are seen, and who approves',
		},
		{
			displayName: 'Tenant ID',
			name: 'tenantId',
			type: 'string',
			default: '',
			placeholder: 'e.g. acme',
			description: 'The ID under Settings > System Settings. File uploads need it too.',
		},
		{
			displayName: 'Key Type',
			name: 'keyType',
			type: 'options',
			options: [
				{ name: 'Personal', value: 'personal', description: 'Acts as its owner; version 8.11' },
				{ name: 'System', value: 'system', description: 'Acts as the user named below' },
			],
			default: 'system',
			displayOptions: { show: { authentication: ['apiKey'] } },
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The Private Key under Settings > API Keys, or the legacy application key',
			displayOptions: { show: { authentication: ['apiKey', 'legacy'] } },
		},
		{
			displayName: 'User Name',
			name: 'userName',
			type: 'string',
			default: '',
			placeholder: 'e.g. ada',
			description:
				'The user to act as. Nutrient lets only the assignee of a task approve or complete it.',
			displayOptions: {
				show: { authentication: ['apiKey', 'legacy'] },
				hide: { keyType: ['personal'] },
			},
		},
		{
			displayName: 'Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Cannot be renewed by n8n when it ends',
			displayOptions: { show: { authentication: ['token'] } },
		},
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		if (credentials.authentication === 'token') return {};
		const answer = await this.helpers
			.httpRequest({
				method: 'GET',
				...exchangeOf(credentials),
				json: true,
				timeout: 30_000,
				returnFullResponse: true,
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
			})
			.catch(unreachable);
		const { statusCode, body } = answer as { statusCode: number; body: unknown };
		const token = statusCode >= 200 && statusCode < 300 ? readToken(body) : null;
		if (token) return { sessionToken: keep(credentials, token) };
		// not as `response.status`: n8n would try a refused key once more, and accounts lock
		const reason = whyRefused(statusCode, credentials.authentication === 'legacy');
		throw loginError(reason, { loginStatus: statusCode < 300 ? 404 : statusCode });
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		readOrigin(credentials.baseUrl);
		const { [RENEW_LOGIN]: renew, ...headers } = requestOptions.headers ?? {};
		requestOptions.headers = headers;
		const token =
			credentials.authentication === 'token' ? credentials.accessToken : keptToken(credentials);
		if (!token || renew !== undefined) {
			const reason =
				'The token has ended, or is missing: enter a new one in the Nutrient credential.';
			throw loginError(reason, { response: { status: 401 } });
		}
		requestOptions.headers = { ...headers, Authorization: `Bearer ${String(token).trim()}` };
		return requestOptions;
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.baseUrl.trim().replace(/^(?!https?:\\/\\/)/i, "https://").replace(/^(https?:\\/\\/[^\\/?#]+).*$/i, "$1") }}',
			url: '/api/user/current',
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
					message:
						'Nutrient did not accept the token. Check the key and the user, or get a new token.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'Nutrient does not allow this user to read their own profile. Check the user.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no API of version 8 at this Base URL. Enter the HostHeader of System Settings.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: '0',
					value: '<',
					message:
						'A web page answered instead of the API. Enter the HostHeader of System Settings.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: { key: '0', value: 'e', message: 'The token has expired. Get a new one.' },
			},
		] as NonNullable<ICredentialTestRequest['rules']>,
	};
}

/** A lost connection's error holds the address, and the key in it: only its code is kept. */
function unreachable(error: unknown): never {
	const { code } = Object(error) as { code?: unknown };
	const reason = typeof code === 'string' && /^[A-Z_]+$/.test(code) ? ` (${code})` : '';
	throw loginError(
		`Nutrient could not be reached for the key exchange${reason}: check the Base URL.`,
	);
}
