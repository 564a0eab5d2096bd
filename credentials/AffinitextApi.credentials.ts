import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { libraryUrl } from '../nodes/Affinitext/libraryUrl';
import { loginError } from '../nodes/shared/http/login';

const NOT_JSON =
	'A web page answered instead of the Task API. Check the Library, and request a new token under My Profile.';
const REDIRECTED =
	'The library sent the call to another address, which usually means that the Library or the token is not valid. The token was not sent there.';

/**
 * Sends the bearer token of a Task API User, to the library's own host and to no other.
 * https://affinitext.zendesk.com/hc/en-us/articles/6983193663517
 */
export class AffinitextApi implements ICredentialType {
	name = 'affinitextApi';

	displayName = 'Affinitext API';

	documentationUrl =
		'https://github.com/n8n-nodes-task-approvals/n8n-nodes-task-approvals#affinitext';

	icon: Icon = {
		light: 'file:../nodes/Affinitext/affinitext.svg',
		dark: 'file:../nodes/Affinitext/affinitext.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Library',
			name: 'library',
			type: 'string',
			default: '',
			placeholder: 'e.g. acme',
			description:
				'Sub-domain of the library: acme of acme.affinitext.com. The address of any page of the library will do.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'Bearer token of a Task API User, from My Profile in the library. A new one probably ends the old one.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://proxy.example.com/affinitext',
			description:
				'Where to send requests, and the token with them, instead of the library. For a proxy or a test; leave it empty otherwise.',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		requireOwnHost(credentials, requestOptions);
		requestOptions.headers = {
			...requestOptions.headers,
			Authorization: `Bearer ${bareToken(credentials.accessToken)}`,
		};
		// no redirect takes the token along, wherever it leads
		requestOptions.disableFollowRedirect = true;
		return requestOptions;
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.baseUrl ? $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/\\/api(\\/tasks)?$/i, "") : "https://" + $credentials.library.trim().replace(/^https?:\\/\\//i, "").replace(/[\\/?#].*$/, "").replace(/\\.affinitext\\.com$/i, "").toLowerCase() + ".affinitext.com" }}',
			url: '/api/tasks',
			headers: { Accept: 'application/json' },
			// as text: of an empty list, n8n would look for the first entry
			encoding: 'text',
			disableFollowRedirect: true,
		},
		// the type knows rules of one kind only, n8n reads both
		rules: [
			...[301, 302, 303, 307, 308].map((value) => ({
				type: 'responseCode',
				properties: { value, message: REDIRECTED },
			})),
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Affinitext did not accept the token. Request a new one under My Profile.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Affinitext does not let this account in. It has to be upgraded to Task API User; then request a new token under My Profile.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no Task API at this address. Check the Library.',
				},
			},
			...['<', '\n', '\r', ' ', '\t'].map((value) => ({
				type: 'responseSuccessBody',
				properties: { key: '0', value, message: NOT_JSON },
			})),
		] as NonNullable<ICredentialTestRequest['rules']>,
	};
}

/** As pasted, with or without the word before it. */
const bareToken = (value: unknown) =>
	String(value)
		.trim()
		.replace(/^(Authorization:\s*)?Bearer\s+/i, '');

/** Whoever sends with this credential, the HTTP Request node too, sends to the library only. */
function requireOwnHost(
	credentials: ICredentialDataDecryptedObject,
	{ baseURL, url }: IHttpRequestOptions,
): void {
	const own = ownUrl(credentials);
	const target = /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `${baseURL ?? ''}${url}`;
	if (!URL.canParse(target) || new URL(target).origin !== new URL(own).origin) {
		throw loginError('The token is sent to the library of the credential only');
	}
}

function ownUrl(credentials: ICredentialDataDecryptedObject): string {
	try {
		return libraryUrl(credentials);
	} catch (error) {
		throw loginError((error as Error).message);
	}
}
