/** What the credential itself asks Appmixer: a token for a login, and whether a token is good. */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { readBaseUrl } from '../shared/http/baseUrl';
import { loginError } from '../shared/http/login';

type Helpers = IHttpRequestHelper['helpers'];

const NOT_THE_API =
	'Appmixer is not at this Base URL: enter the address of its API, such as https://api.your-tenant.appmixer.cloud, without a path';

/** What a failed connection means, by what Node.js calls it. */
const UNREACHABLE: Array<[RegExp, string]> = [
	[
		/ECONNREFUSED/,
		'Nothing answers at this Base URL: check its host and port, and that the server is running',
	],
	[/ENOTFOUND|EAI_AGAIN/, 'There is no server with this name: check the host in the Base URL'],
	[
		/ECONNABORTED|ETIMEDOUT|timeout/i,
		'Appmixer did not answer in time: check the Base URL, and that n8n may reach it',
	],
	[
		/CERT|SIGNATURE|SELF_SIGNED|EPROTO|SSL/i,
		'The server did not prove that it is the one in the Base URL: check its certificate',
	],
];

/** Exchanges user name and password for a token. @throws what `loginError` makes */
export async function signIn(
	helpers: Helpers,
	{ baseUrl, username, password }: ICredentialDataDecryptedObject,
): Promise<string> {
	const { statusCode, body } = await ask(helpers, baseUrl, '/user/auth', {
		method: 'POST',
		body: { username, password },
	});
	const token = (body as IDataObject | null)?.token;
	if (statusCode < 300 && typeof token === 'string' && token !== '') return token;
	throw refusal(statusCode, 'Appmixer did not accept the user name or password: correct them');
}

/** Asks whose token it is. @throws what `loginError` makes */
export async function checkToken(helpers: Helpers, baseUrl: unknown, token: string): Promise<void> {
	const headers = { Authorization: `Bearer ${token}` };
	const { statusCode, body } = await ask(helpers, baseUrl, '/user', { method: 'GET', headers });
	if (statusCode < 300 && typeof (body as IDataObject | null)?.id === 'string') return;
	throw refusal(
		statusCode,
		'Appmixer did not accept the token: it has ended, or is of another tenant. Enter a new one, or choose Login',
	);
}

async function ask(
	helpers: Helpers,
	baseUrl: unknown,
	path: string,
	request: Pick<IHttpRequestOptions, 'method' | 'body' | 'headers'>,
): Promise<{ statusCode: number; body: unknown }> {
	const url = `${readBaseUrl(baseUrl)}${path}`;
	try {
		return (await helpers.httpRequest({
			...request,
			url,
			json: true,
			timeout: 30_000,
			returnFullResponse: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
		})) as { statusCode: number; body: unknown };
	} catch (error) {
		const { code = '', message } = error as Error & { code?: string };
		const known = UNREACHABLE.find(([names]) => names.test(`${code} ${message}`));
		throw failure(0, known?.[1] ?? 'The connection to Appmixer broke: check the Base URL');
	}
}

function refusal(status: number, unauthorised: string): Error {
	if (status < 300 || status === 404 || status === 405) return failure(404, NOT_THE_API);
	if (status < 400) {
		return failure(
			status,
			'The server redirects to another address: enter that one as the Base URL',
		);
	}
	if (status === 429) return failure(429, 'Appmixer refuses so many logins: try again later');
	if (status >= 500) {
		return failure(
			status,
			`Appmixer could not process the login (HTTP ${status}): try again later`,
		);
	}
	return failure(status, unauthorised);
}

/** A sentence for whoever owns the credential. 0: no answer. A 401 is not told as n8n expects it, or it would send a wrong password twice. */
const failure = (loginStatus: number, message: string): Error =>
	loginError(message, { loginStatus });
