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

import { checkToken, signIn } from '../nodes/Appmixer/signIn';

/** Renew this long before the token's own end. */
const EARLY_SECONDS = 60;

/** The nodes never ask for it. */
const TEST_PATH = '/user';

/**
 * n8n's credential test shows a lost connection as a bare code and any page as a success. It logs in before each test,
 * so `authenticate` can ask first and fail with a sentence.
 */
const helpersOf = new WeakMap<ICredentialDataDecryptedObject, IHttpRequestHelper['helpers']>();

/** Logins on their way, by fingerprint: items in parallel share one. */
const signingIn = new Map<string, Promise<string>>();

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
		helpersOf.set(credentials, this.helpers);
		if (credentials.authentication !== 'login') return {};
		const owner = fingerprint(credentials);
		const pending =
			signingIn.get(owner) ??
			signIn(this.helpers, credentials).finally(() => signingIn.delete(owner));
		signingIn.set(owner, pending);
		return { sessionToken: `${owner}:${await pending}` };
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const token =
			credentials.authentication === 'login' ? sessionOf(credentials) : credentials.accessToken;
		const helpers = helpersOf.get(credentials);
		if (helpers && requestOptions.url === TEST_PATH) {
			await checkToken(helpers, credentials.baseUrl, String(token));
		}
		requestOptions.headers = {
			...requestOptions.headers,
			Authorization: `Bearer ${String(token)}`,
		};
		return requestOptions;
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: TEST_PATH,
			disableFollowRedirect: true,
		},
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
