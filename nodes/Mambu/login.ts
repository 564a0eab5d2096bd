/** How one logs in to Mambu: with a raw key, or a user name and password; the version is chosen with the login. */
import { readBaseUrl } from '../shared/http/baseUrl';
import { createLogin } from '../shared/http/createLogin';
import { isMambuTask } from './task';
import { tenantUrl } from './tenantUrl';

/** Sent with a call of version 1, whichever version the credential names. */
export const V1 = 'application/vnd.mambu.v1+json';

export const TEST_PATH = '/api/tasks';

/**
 * Both versions answer at one address, and only the `Accept` header tells them apart, on calls without an answer's body
 * as well. https://docs.mambu.com/api/pages/api-v2/authentication
 */
export const Login = createLogin({
	service: 'Mambu',
	address: 'Tenant',
	where: 'check the Tenant',
	ownUrl: ({ tenant }) => readBaseUrl(tenantUrl(tenant), 'Tenant'),
	secret({ authentication, apiKey, username, password }) {
		if (authentication !== 'basic') return String(apiKey ?? '').trim();
		if (!username || !password) return '';
		return Buffer.from(`${String(username)}:${String(password)}`).toString('base64');
	},
	attach(request, secret, { authentication, apiVersion }) {
		request.headers = {
			...request.headers,
			...(authentication === 'basic' ? { Authorization: `Basic ${secret}` } : { apiKey: secret }),
			...(apiVersion !== 'v1' &&
				request.headers?.Accept !== V1 && { Accept: 'application/vnd.mambu.v2+json' }),
		};
	},
	test: {
		path: TEST_PATH,
		read: (body) => (Array.isArray(body) && body.every(isMambuTask) ? body : null),
		says: {
			400: 'Mambu does not answer this call in the API Version chosen. Choose V2: most tenants no longer have V1.',
			401: 'Mambu did not accept the API key, or the user name and password.',
			403: 'Mambu knows the login but does not let it in: it needs API access, the right to view tasks, and an allowed IP address. With V1, the tenant may have switched that version off.',
			404: 'There is no Tasks API at this address. Check the Tenant, and choose V2: most tenants no longer have V1.',
			501: 'The tenant no longer has this API Version. Choose V2.',
		},
	},
});
