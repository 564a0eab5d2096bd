/** How one logs in to CRM2: with the Auth Token, or with a temporary one that it gives. Wiki of opentaps: "CRM-2 API", "CRM-2 Security Model". */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { readBaseUrl } from '../shared/http/baseUrl';
import { createLogin } from '../shared/http/createLogin';
import { entered } from '../shared/http/login';
import { hasFailed, isAboutToken } from './explainError';
import { isRecord } from './readWire';

export const TEST_PATH = '/activities/1';
const FORM = 'application/x-www-form-urlencoded';
const NOT_ACCEPTED = 'CRM2 did not accept the Auth Token: enter a new one in the credential.';

const text = (value: unknown) => String(value ?? '').trim();
/** An error may come under the same name, as a text or in the same envelope. */
const isResult = (result: unknown) =>
	typeof result === 'object' && result !== null && !hasFailed(result);
/** Which status a refused token gets is not documented: it may be a good one. */
const asRefused = (isRefusal: (body: unknown) => boolean) => (status: number, body: unknown) =>
	status < 300 && isRefusal(body) ? 401 : status;

export const Login = createLogin({
	service: 'CRM2',
	address: 'Base URL',
	where: 'enter its address without a path',
	ownUrl: ({ baseUrl }) => readBaseUrl(baseUrl),
	secret: ({ authToken }) => text(authToken),
	exchange: (credentials) =>
		credentials.useTemporary === true
			? {
					request: {
						method: 'POST',
						url: `${oauthUrl(credentials)}/temp-token`,
						headers: { 'Content-Type': FORM },
						body: new URLSearchParams({
							authToken: entered(credentials.authToken, 'Auth Token', 'CRM2').trim(),
						}).toString(),
						json: true,
					},
					also: text(credentials.clientDomain),
					lifetime: 3600,
					address: 'OAuth Base URL',
					where: 'check the OAuth Base URL, or turn Use Temporary Token off',
					read: (body) => (isRecord(body) && text(body.authToken)) || null,
					means: asRefused(hasFailed),
					says: { 400: NOT_ACCEPTED, 401: NOT_ACCEPTED, 403: NOT_ACCEPTED },
				}
			: null,
	/** Among the fields of a form, else in the query. */
	attach(request, authToken, credentials) {
		const fields = { authToken, clientDomain: text(credentials.clientDomain) };
		if (!isForm(request.headers ?? {})) {
			request.qs = { ...request.qs, ...fields };
			return;
		}
		const { body } = request;
		const form = new URLSearchParams(
			typeof body === 'string' ? body : ((body ?? {}) as Record<string, string>),
		);
		for (const [name, value] of Object.entries(fields)) form.set(name, value);
		request.body = form.toString();
	},
	test: {
		path: TEST_PATH,
		read: (body) => (isRecord(body) && isResult(body.result) && !hasFailed(body) ? body : null),
		means: asRefused(isAboutToken),
		says: {
			401: 'CRM2 did not accept the Auth Token, or does not know the Client Domain.',
			403: 'CRM2 did not accept the Auth Token, or its contact lacks the right ACTIVITY_VIEW.',
		},
	},
});

function oauthUrl({ oauthBaseUrl, baseUrl }: ICredentialDataDecryptedObject): string {
	if (text(oauthBaseUrl) === '') return `${readBaseUrl(baseUrl)}/oauth`;
	return readBaseUrl(oauthBaseUrl, 'OAuth Base URL');
}

function isForm(headers: IDataObject): boolean {
	const [, type] =
		Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
	return String(type).startsWith(FORM);
}
