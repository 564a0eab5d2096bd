/** How one logs in to Appmixer: with a token, or with a user name and password that give one. */
import type { IDataObject } from 'n8n-workflow';

import { readBaseUrl } from '../shared/http/baseUrl';
import { createLogin } from '../shared/http/createLogin';
import { entered } from '../shared/http/login';

/** The nodes never ask for it. */
export const TEST_PATH = '/user';
const WRONG_LOGIN = 'Appmixer did not accept the user name or password: correct them';
const WRONG_TOKEN =
	'Appmixer did not accept the token: it has ended, or is of another tenant. Enter a new one, or choose Login';

const textAt = (body: unknown, key: string): string | null => {
	const value = (Object(body) as IDataObject)[key];
	return typeof value === 'string' && value !== '' ? value : null;
};

/** https://docs.appmixer.com/appmixer/api/authentication */
export const Login = createLogin({
	service: 'Appmixer',
	address: 'Base URL',
	where:
		'enter the address of its API, such as https://api.your-tenant.appmixer.cloud, without a path',
	ownUrl: ({ baseUrl }) => readBaseUrl(baseUrl),
	secret: ({ accessToken }) => String(accessToken ?? '').trim(),
	exchange: ({ authentication, baseUrl, username, password }) =>
		authentication === 'login'
			? {
					request: {
						method: 'POST',
						url: `${readBaseUrl(baseUrl)}/user/auth`,
						body: {
							username: entered(username, 'User Name or E-Mail', 'Appmixer'),
							password: entered(password, 'Password', 'Appmixer'),
						},
						json: true,
					},
					read: (body) => textAt(body, 'token'),
					says: { 400: WRONG_LOGIN, 401: WRONG_LOGIN, 403: WRONG_LOGIN },
				}
			: null,
	test: {
		path: TEST_PATH,
		read: (body) => textAt(body, 'id') && (textAt(body, 'username') ?? textAt(body, 'email')),
		says: { 400: WRONG_TOKEN, 401: WRONG_TOKEN, 403: WRONG_TOKEN },
	},
});
