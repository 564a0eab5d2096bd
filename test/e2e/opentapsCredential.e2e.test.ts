import type { FaultRule } from '../../sandbox';
import type { Json } from '../../scripts/n8n/session';
import { openVendorStage, type VendorStage } from './vendorStage';
import { withRefusingPort } from '../refusingPort';

jest.setTimeout(60_000);

const TEMPORARY = { useTemporary: true };
let stage: VendorStage<'opentaps'>;

beforeAll(async () => {
	stage = await openVendorStage('opentaps', ({ url }) => ({
		...{ baseUrl: url, clientDomain: 'acme.example', authToken: 'permanent-of-ida' },
	}));
});
beforeEach(() => void (stage.service.options.refusedToken = 401));
afterAll(async () => await stage?.close());

const calls = () =>
	stage.service.requests.map(({ method, path, status }) => `${method} ${path} ${status}`);

/** Presses it for a stored credential with these fields. */
async function test(data: Json) {
	stage.service.requests.clear();
	return await stage.n8n.rest.testCredential(await stage.credential(data));
}

// the credential asks before n8n does
const CHECKED = Array<string>(2).fill('GET /activities/1 200');
it.each<[string, Json, string[], string]>([
	['the Auth Token', {}, CHECKED, 'permanent-of-ida'],
	['a temporary token', TEMPORARY, ['POST /oauth/temp-token 200', ...CHECKED], 'temporary'],
])('passes with %s', async (_name, data, expected, token) => {
	expect(await test(data)).toEqual({ status: 'OK', message: 'Connection successful!' });
	expect(calls()).toEqual(expected);
	const sent = String(stage.service.requests.at(-1)?.query.authToken);
	expect(sent.replace(/^temporary-.*/, 'temporary')).toBe(token);
});

const PERMANENT_REFUSED = 'CRM2 did not accept the Auth Token, or does not know the Client Domain.';
const EXCHANGE_REFUSED = 'CRM2 did not accept the Auth Token: enter a new one in the credential.';
it.each<[string, Json, string, string]>([
	['a wrong Auth Token', { authToken: 'wrong-token' }, PERMANENT_REFUSED, EXCHANGE_REFUSED],
	[
		'a wrong Client Domain',
		{ clientDomain: 'other.example' },
		PERMANENT_REFUSED,
		PERMANENT_REFUSED,
	],
	[
		'http to another machine',
		{ baseUrl: 'http://crm2.example.com' },
		'The Base URL must start with https:// (http:// only on this machine)',
		'The Base URL must start with https:// (http:// only on this machine)',
	],
	[
		'a host that does not exist',
		{ baseUrl: 'https://crm2.invalid' },
		'There is no server with this name: check the host in the Base URL',
		'There is no server with this name: check the host in the OAuth Base URL',
	],
])('says what is wrong with %s', async (_name, data, permanent, temporary) => {
	const results = [await test(data), await test({ ...data, ...TEMPORARY })];
	expect(results).toEqual([permanent, temporary].map((message) => ({ status: 'Error', message })));
	expect(JSON.stringify(results)).not.toMatch(/wrong-token|permanent-of/);
});

it('says what is wrong where a refusal is 403, or a 200 with an error in it', async () => {
	const { options } = stage.service;
	options.refusedToken = 403;
	expect((await test({ authToken: 'wrong-token' })).message).toBe(
		'CRM2 did not accept the Auth Token, or its contact lacks the right ACTIVITY_VIEW.',
	);
	options.refusedToken = 'ok';
	expect((await test({ authToken: 'wrong-token' })).message).toBe(PERMANENT_REFUSED);
	expect((await test({ authToken: 'wrong-token', ...TEMPORARY })).message).toBe(EXCHANGE_REFUSED);
});

const ENTER = 'enter its address without a path';
const CHECK = 'check the OAuth Base URL, or turn Use Temporary Token off';
const REDIRECTED = 'The server redirects to another address: enter that one as the';
const BROKEN = 'CRM2 could not process the login (HTTP 502): try again later';
it.each<[string, Partial<FaultRule>, string, string]>([
	[
		'a page',
		{ status: 200, html: '<p>Welcome</p>' },
		`A web page answered instead of CRM2: ${ENTER}`,
		`A web page answered instead of CRM2: ${CHECK}`,
	],
	[
		'JSON of something else',
		{ status: 200, body: { hello: 'world' } },
		`What answered is not CRM2: ${ENTER}`,
		`What answered is not CRM2: ${CHECK}`,
	],
	[
		'404',
		{ status: 404, html: '<p>Not found</p>' },
		`CRM2 is not at this Base URL: ${ENTER}`,
		`CRM2 is not at this OAuth Base URL: ${CHECK}`,
	],
	[
		'a redirect',
		{ status: 302, headers: { location: 'https://example.com/' } },
		`${REDIRECTED} Base URL`,
		`${REDIRECTED} OAuth Base URL`,
	],
	['an error', { status: 502, html: '<p>Bad gateway</p>' }, BROKEN, BROKEN],
])('says what is wrong with a server that answers %s', async (_name, rule, ...messages) => {
	const fault = stage.service.fault({ path: /./, ...rule });
	const results = [await test({}), await test(TEMPORARY)];
	fault.remove();
	expect(results).toEqual(messages.map((message) => ({ status: 'Error', message })));
});

it('says that nothing listens there', async () => {
	await withRefusingPort(async (port) => {
		const baseUrl = `http://localhost:${port}`;
		const rest = 'check its host and port, and that the server is running';
		expect((await test({ baseUrl })).message).toBe(`Nothing answers at this Base URL: ${rest}`);
		expect((await test({ baseUrl, ...TEMPORARY })).message).toBe(
			`Nothing answers at this OAuth Base URL: ${rest}`,
		);
	});
});
