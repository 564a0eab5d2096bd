import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/**
 * Sends the raw key as `apiKey`, or HTTP Basic, and chooses the API's version: both versions answer at one address,
 * and only the `Accept` header tells them apart, on calls without an answer's body as well.
 * https://docs.mambu.com/api/pages/api-v2/authentication
 */
export class MambuApi implements ICredentialType {
	name = 'mambuApi';

	displayName = 'Mambu API';

	documentationUrl = 'https://github.com/n8n-nodes-task-approvals/n8n-nodes-task-approvals#mambu';

	icon: Icon = {
		light: 'file:../nodes/Mambu/mambu.svg',
		dark: 'file:../nodes/Mambu/mambu.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Tenant',
			name: 'tenant',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. acme.mambu.com',
			description:
				'Host or URL of the tenant. A bare name is completed: acme becomes acme.mambu.com, acme.sandbox becomes acme.sandbox.mambu.com.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'apiKey' },
				{ name: 'Basic', value: 'basic' },
			],
			default: 'apiKey',
			description:
				'Whose rights these are decides which tasks are visible: a user limited to a branch sees only the tasks of that branch',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'A key of an API consumer, from Administration → Access → API Consumers',
			displayOptions: { show: { authentication: ['apiKey'] } },
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. automation',
			description: 'A Mambu user with API access rights',
			displayOptions: { show: { authentication: ['basic'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['basic'] } },
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			options: [
				{ name: 'V2', value: 'v2', description: 'The current API' },
				{
					name: 'V1',
					value: 'v1',
					description: 'The API of 2018; Mambu has been switching it off since 2025',
				},
			],
			default: 'v2',
			description: 'Which version of the Tasks API the tenant is asked for',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		requestOptions.headers = {
			...requestOptions.headers,
			...loginHeader(credentials),
			...(credentials.apiVersion !== 'v1' && { Accept: 'application/vnd.mambu.v2+json' }),
		};
		return requestOptions;
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.tenant.trim().replace(/[?#].*$/, "").replace(/\\/+$/, "").replace(/\\/api$/i, "").replace(/^([a-z0-9-]+(\\.sandbox)?)$/i, "$1.mambu.com").replace(/^(?!https?:\\/\\/)/i, "https://") }}',
			url: '/api/tasks',
			qs: { limit: 1 },
			// as text, so that a page can be told from a list
			encoding: 'text',
			// a redirect would take the key along
			disableFollowRedirect: true,
		},
		// the type knows rules of one kind only, n8n reads both
		rules: [
			...[301, 302, 303, 307, 308].map((value) => ({
				type: 'responseCode',
				properties: {
					value,
					message:
						'The server sent the call to another address. The login was not sent there: enter the right Tenant.',
				},
			})),
			{
				type: 'responseCode',
				properties: {
					value: 400,
					message:
						'Mambu does not answer this call in the API Version chosen. Choose V2: most tenants no longer have V1.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Mambu did not accept the API key, or the user name and password.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Mambu knows the login but does not let it in: it needs API access, the right to view tasks, and an allowed IP address. With V1, the tenant may have switched that version off.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no Tasks API at this address. Check the Tenant, and choose V2: most tenants no longer have V1.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 501,
					message: 'The tenant no longer has this API Version. Choose V2.',
				},
			},
			...['<', '\n', '\r', ' ', '\t'].map((value) => ({
				type: 'responseSuccessBody',
				properties: {
					key: '0',
					value,
					message: 'A web page answered instead of the Tasks API. Check the Tenant.',
				},
			})),
		] as NonNullable<ICredentialTestRequest['rules']>,
	};
}

function loginHeader({
	authentication,
	apiKey,
	username,
	password,
}: ICredentialDataDecryptedObject): Record<string, string> {
	if (authentication !== 'basic') return { apiKey: String(apiKey).trim() };
	const login = Buffer.from(`${String(username)}:${String(password)}`).toString('base64');
	return { Authorization: `Basic ${login}` };
}
