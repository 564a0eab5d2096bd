/** How one logs in to Affinitext: with the bearer token of a Task API User. */
import { createLogin } from '../shared/http/createLogin';
import { isRecord } from './aliases';
import { findItems } from './findItems';
import { libraryUrl } from './libraryUrl';

export const TEST_PATH = '/api/tasks';

/** https://affinitext.zendesk.com/hc/en-us/articles/6983193663517 */
export const Login = createLogin({
	service: 'Affinitext',
	address: 'Library',
	where: 'check the Library, and request a new token under My Profile',
	ownUrl: libraryUrl,
	// as pasted, with or without the word before it
	secret: ({ accessToken }) =>
		String(accessToken ?? '')
			.trim()
			.replace(/^(Authorization:\s*)?Bearer\s+/i, ''),
	test: {
		path: TEST_PATH,
		read: (body) => (hasList(body) && !tellsFailure(body) ? body : null),
		says: {
			300: 'The library sent the call to another address, which usually means that the Library or the token is not valid. The token was not sent there.',
			401: 'Affinitext did not accept the token. Request a new one under My Profile.',
			403: 'Affinitext does not let this account in. It has to be upgraded to Task API User; then request a new token under My Profile.',
			404: 'There is no Task API at this address. Check the Library.',
		},
	},
});

const tellsFailure = (body: unknown) =>
	isRecord(body) && [body.error, body.errors].some((value) => (value ?? '') !== '');

/** No shape is published, so any list will do. */
const hasList = (body: unknown) =>
	findItems(body).isList || Object.values(Object(body) as object).some(Array.isArray);
