import { ADA, BOB, start, type FaultRule, type Sandbox } from '../../sandbox';
import { openStage, type Stage } from './appmixerStage';
import { withRefusingPort } from '../refusingPort';

jest.setTimeout(60_000);

let stage: Stage;
let other: Sandbox;

beforeAll(async () => {
	stage = await openStage();
	other = await start();
});
afterAll(async () => {
	await other?.close();
	await stage?.close();
});

const BOBS_LOGIN = { authentication: 'login', username: BOB.username, password: BOB.password };

/** Presses Test for a stored credential with these fields. */
async function test(data: Record<string, unknown>) {
	return await stage.n8n.rest.testCredential(await stage.credential(data));
}

it('passes with an access token', async () => {
	const { status, message } = await test({ baseUrl: ` ${stage.sandbox.url}// ` });
	expect([status, message]).toEqual(['OK', 'Connection successful!']);
	expect(stage.sandbox.requests.at(-1)).toMatchObject({
		...{ method: 'GET', path: '/user', status: 200 },
		responseBody: { email: 'ada@example.com' },
	});
});

it('passes with a login', async () => {
	expect(await test(BOBS_LOGIN)).toMatchObject({ status: 'OK' });
	expect(stage.sandbox.requests.at(-1)?.responseBody).toMatchObject({ email: 'bob@example.com' });
});

const WRONG_TOKEN =
	'Appmixer did not accept the token: it has ended, or is of another tenant. Enter a new one, or choose Login';
const WRONG_LOGIN = 'Appmixer did not accept the user name or password: correct them';

it.each([
	['an unknown token', { accessToken: 'no-such-token' }, WRONG_TOKEN],
	[
		'no token',
		{ accessToken: '' },
		'The token has ended, or is missing: enter a new one in the Appmixer credential.',
	],
	['a wrong password', { ...BOBS_LOGIN, password: 'wrong-password' }, WRONG_LOGIN],
	['an unknown user', { ...BOBS_LOGIN, username: 'nobody@example.com' }, WRONG_LOGIN],
	[
		'no password',
		{ ...BOBS_LOGIN, password: '' },
		'Password is empty: enter it in the Appmixer credential.',
	],
	[
		'http to another machine',
		{ baseUrl: 'http://appmixer.example.com' },
		'The Base URL must start with https:// (http:// only on this machine)',
	],
	[
		'an address without https://',
		{ baseUrl: 'appmixer.example.com' },
		'The Base URL "appmixer.example.com" is not a URL: start it with https://',
	],
	[
		'a host that does not exist',
		{ baseUrl: 'https://appmixer.invalid' },
		'There is no server with this name: check the host in the Base URL',
	],
])('says what is wrong with %s', async (_name, data, message) => {
	expect(await test(data)).toMatchObject({ status: 'Error', message });
});

it('says what is wrong with a token that has ended', async () => {
	const accessToken = stage.sandbox.appmixer.issueToken(ADA.email, { expiresInSeconds: -1 });
	expect(await test({ accessToken })).toMatchObject({ status: 'Error', message: WRONG_TOKEN });
});

it('sends a wrong password once', async () => {
	stage.sandbox.requests.clear();
	await test({ ...BOBS_LOGIN, password: 'wrong-password' });
	expect(stage.sandbox.requests.map(({ path }) => path)).toEqual(['/user/auth']);
});

it('sends no password over http to another machine', async () => {
	const data = { ...BOBS_LOGIN, baseUrl: 'http://appmixer.example.com' };
	expect((await test(data)).message).toBe(
		'The Base URL must start with https:// (http:// only on this machine)',
	);
});

const ENTER =
	'enter the address of its API, such as https://api.your-tenant.appmixer.cloud, without a path';

const SERVERS: Array<[string, Partial<FaultRule>, string]> = [
	[
		'a web server with a page for everything',
		{ status: 200, html: '\n<p>Welcome</p>' },
		`A web page answered instead of Appmixer: ${ENTER}`,
	],
	[
		'a web server without such a page',
		{ status: 404, html: '<p>Not found</p>' },
		`Appmixer is not at this Base URL: ${ENTER}`,
	],
	[
		'another JSON API',
		{ status: 200, body: { hello: 'world' } },
		`What answered is not Appmixer: ${ENTER}`,
	],
	[
		'a server that redirects',
		{ status: 301, headers: { location: 'https://example.com/' } },
		'The server redirects to another address: enter that one as the Base URL',
	],
	['a busy server', { status: 429 }, 'Appmixer refuses so many logins: try again later'],
	[
		'a broken server',
		{ status: 502 },
		'Appmixer could not process the login (HTTP 502): try again later',
	],
	['a server that hangs up', { cut: true }, 'The connection to Appmixer broke: check the Base URL'],
];

describe.each([
	['an access token', {}],
	['a login', BOBS_LOGIN],
])('with %s', (_kind, login) => {
	it.each(SERVERS)('says what is wrong with %s', async (_name, rule, message) => {
		const fault = other.fault({ path: /./, ...rule });
		const result = await test({ ...login, baseUrl: other.url });
		fault.remove();
		expect(result).toMatchObject({ status: 'Error', message });
	});

	it('says what is wrong when nothing listens there', async () => {
		const result = await withRefusingPort(
			async (port) => await test({ ...login, baseUrl: `http://localhost:${port}` }),
		);
		expect(result).toMatchObject({
			status: 'Error',
			message:
				'Nothing answers at this Base URL: check its host and port, and that the server is running',
		});
	});
});
