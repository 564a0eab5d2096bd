import { ANN } from '../../sandbox';
import type { Json } from '../../scripts/n8n/session';
import { openVendorStage, type VendorStage } from './vendorStage';
import { withRefusingPort } from '../refusingPort';

jest.setTimeout(120_000);

let stage: VendorStage<'affinitext'>;
beforeAll(async () => {
	stage = await openVendorStage('affinitext', ({ url, token }) => ({
		library: 'acme',
		accessToken: token,
		baseUrl: url,
	}));
});
afterAll(async () => await stage?.close());

/** Presses Test for a stored credential with these fields. */
const test = async (data: Json = {}) => {
	stage.service.requests.clear();
	return await stage.n8n.rest.testCredential(await stage.credential(data));
};
const OK = { status: 'OK', message: 'Connection successful!' };

it.each([0, 1])('passes with the token of the Task API User of %d tasks', async (tasks) => {
	while (stage.service.tasks.length < tasks) stage.service.add();
	expect(await test()).toEqual(OK);
	// the credential asks before n8n does
	const asked = {
		...{ method: 'GET', path: '/api/tasks', status: 200 },
		headers: { authorization: `Bearer ${stage.service.token}` },
	};
	expect(stage.service.requests).toMatchObject([asked, asked]);
});

const EXPIRED = 'Affinitext did not accept the token. Request a new one under My Profile.';
it.each<[string, Json, string]>([
	['a wrong token', { accessToken: 'not-the-token' }, EXPIRED],
	[
		'no token',
		{ accessToken: '' },
		'The token has ended, or is missing: enter a new one in the Affinitext credential.',
	],
	[
		'a host that does not exist',
		{ baseUrl: 'https://affinitext.invalid' },
		'There is no server with this name: check the host in the Library',
	],
	[
		'a library that is none',
		{ baseUrl: '', library: 'https://example.com/tasks' },
		'The Library "https://example.com/tasks" is not a name such as acme, nor an address at affinitext.com',
	],
])('says what is wrong with %s', async (_name, data, message) => {
	expect(await test(data)).toEqual({ status: 'Error', message });
});

it('says that nothing listens there', async () => {
	const result = await withRefusingPort(
		async (port) => await test({ baseUrl: `http://localhost:${port}` }),
	);
	expect(result).toEqual({
		status: 'Error',
		message:
			'Nothing answers at this Library: check its host and port, and that the server is running',
	});
});

it.each(['loginPage', 'redirect', 'foreignRedirect'] as const)(
	'says what is wrong when a wrong token is answered with %s, and follows nothing',
	async (unauthenticated) => {
		stage.service.options.unauthenticated = unauthenticated;
		const { status, message } = await test({ accessToken: 'not-the-token' });
		expect(status).toBe('Error');
		expect(message).toBe(
			unauthenticated === 'loginPage'
				? 'A web page answered instead of Affinitext: check the Library, and request a new token under My Profile'
				: 'The library sent the call to another address, which usually means that the Library or the token is not valid. The token was not sent there.',
		);
		expect(stage.service.requests.map(({ path }) => path)).toEqual(['/api/tasks']);
	},
);

it('says what is wrong with an account that is no Task API User', async () => {
	const accessToken = stage.service.issueToken(ANN);
	expect((await test({ accessToken })).message).toBe(
		'Affinitext does not let this account in. It has to be upgraded to Task API User; then request a new token under My Profile.',
	);
});
