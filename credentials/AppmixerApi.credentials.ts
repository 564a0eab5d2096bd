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

/** Renew this long before the token's own end. */
const EARLY_SECONDS = 60;

/**
 * Sends `Authorization: Bearer <token>`. With Login, `POST /user/auth` gives a token that ends (30 days as documented);
 * it is kept together with a fingerprint of the login it belongs to, because the editor sends it back unchanged when
 * the user or address is changed.
 * https://docs.appmixer.com/appmixer/api/authentication
 */
export class AppmixerApi implements ICredentialType {
	name = 'appmixerApi';

	displayName = 'Appmixer API';

	documentationUrl =
		'https://github.com/n8n-nodes-task-approvals/n8n-nodes-task-approvals#appmixer';

	icon: Icon = {
		light: 'file:../nodes/Appmixer/appmixer.svg',
		dark: 'file:../nodes/Appmixer/appmixer.dark.svg',
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
			placeholder: 'e.g. https://api.your-tenant.appmixer.cloud',
			description: 'Address of the Appmixer API, as in the URL of your tenant with "api." in front',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Access Token', value: 'accessToken' },
				{ name: 'Login', value: 'login' },
			],
			default: 'accessToken',
			description:
				'Whose login this is decides which tasks are visible: those where its e-mail is approver or requester',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'A token from POST /user/auth. It ends by itself, after 30 days as a rule.',
			displayOptions: { show: { authentication: ['accessToken'] } },
		},
		{
			displayName: 'User Name or E-Mail',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. approvals@example.com',
			displayOptions: { show: { authentication: ['login'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['login'] } },
		},
		{
			displayName: 'API Path',
			name: 'apiPath',
			type: 'options',
			options: [
				{ name: 'Auto', value: 'auto', description: 'Ask the server once per run' },
				{ name: 'Plugin', value: 'plugin', description: 'Appmixer 5.1 and newer' },
				{ name: 'Legacy', value: 'legacy', description: 'The documented /people-task path' },
			],
			default: 'auto',
			description: 'Under which path People Task answers',
		},
		{
			displayName: 'Callback Secret',
			name: 'callbackSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'Optional. Any long random text of your own.',
			description:
				'Signs the callbacks that Appmixer sends to n8n. Needed for "Notify Webhook URL" when creating a task, and the same in every credential whose tasks one trigger watches.',
		},
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		if (credentials.authentication !== 'login') return {};
		const { username, password } = credentials;
		const answer = (await this.helpers.httpRequest({
			method: 'POST',
			url: `${trimmed(credentials.baseUrl)}/user/auth`,
			body: { username, password },
			json: true,
			timeout: 30_000,
			returnFullResponse: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
		})) as { statusCode: number; body: unknown };
		const token = (answer.body as IDataObject | null)?.token;
		if (typeof token === 'string' && token !== '') {
			return { sessionToken: `${fingerprint(credentials)}:${token}` };
		}
		throw refused(answer.statusCode);
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const token =
			credentials.authentication === 'login' ? sessionOf(credentials) : credentials.accessToken;
		requestOptions.headers = {
			...requestOptions.headers,
			Authorization: `Bearer ${String(token)}`,
		};
		return requestOptions;
	}

	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}', url: '/user' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Appmixer did not accept the token. Get a new one, or choose Login.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'Appmixer is not at this Base URL. Enter the address of the API, without a path.',
				},
			},
		],
	};
}

const trimmed = (baseUrl: unknown) => String(baseUrl).trim().replace(/\/+$/, '');

/** Tells one login from another without keeping its password. */
function fingerprint({ baseUrl, username, password }: ICredentialDataDecryptedObject): string {
	const login = JSON.stringify([trimmed(baseUrl), username, password]);
	return createHash('sha256').update(login).digest('hex');
}

/** The stored token, if it belongs to this login and has not ended. @throws what n8n takes for "renew it". */
function sessionOf(credentials: ICredentialDataDecryptedObject): string {
	const [owner, token = ''] = String(credentials.sessionToken).split(':');
	if (owner === fingerprint(credentials) && endOf(token) > Date.now() / 1000 + EARLY_SECONDS) {
		return token;
	}
	throw Object.assign(new Error('The Appmixer login has ended'), { response: { status: 401 } });
}

/** The token's `exp` in seconds; a token that does not say is taken as good. */
function endOf(token: string): number {
	try {
		const claims = JSON.parse(
			Buffer.from(token.split('.')[1], 'base64url').toString(),
		) as IDataObject;
		return typeof claims.exp === 'number' ? claims.exp : Infinity;
	} catch {
		return Infinity;
	}
}

function refused(status: number): Error {
	const reason =
		status === 404 || status < 300
			? 'Appmixer is not at this Base URL: enter the address of the API, without a path'
			: status >= 500
				? `Appmixer could not process the login (HTTP ${status}): try again later`
				: 'Appmixer did not accept the user name or password';
	return Object.assign(new Error(reason), { response: { status: status < 300 ? 404 : status } });
}
