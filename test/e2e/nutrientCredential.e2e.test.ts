import type { FaultRule, NutrientOptions } from '../../sandbox';
import type { Json } from '../../scripts/n8n/session';
import { openVendorStage, type VendorStage } from './vendorStage';
import { withRefusingPort } from '../refusingPort';

jest.setTimeout(60_000);

const SYSTEM = {
	...{ authentication: 'apiKey', keyType: 'system', tenantId: 'acme' },
	...{ apiKey: 'system/key+1', userName: 'bob' },
};
const PERSONAL = { ...SYSTEM, keyType: 'personal', apiKey: 'personal-key-of-ada', userName: '' };
const LEGACY = { authentication: 'legacy', apiKey: 'sandbox-legacy-key', userName: 'ada' };
const TOKEN = { authentication: 'token', accessToken: 'no-such-token' };

let stage: VendorStage<'nutrient'>;
beforeAll(async () => {
	stage = await openVendorStage('nutrient', ({ url }) => ({ baseUrl: url }));
});
afterAll(async () => await stage?.close());

/** Presses Test for a stored credential with these fields. */
async function test(data: Json) {
	stage.service.requests.clear();
	return await stage.n8n.rest.testCredential(await stage.credential(data));
}

const CHECKED = Array<string>(2).fill('/api/user/current 200');
const calls = () => stage.service.requests.map(({ path, status }) => `${path} ${status}`);

it.each([
	['a system key', SYSTEM, 'bob', '/api/auth/apikey/acme/system%2Fkey%2B1/impersonate/bob'],
	['a personal key', PERSONAL, 'ada', '/api/auth/apikey/acme/personal-key-of-ada/impersonate'],
	['legacy impersonation', LEGACY, 'ada', '/access/impersonate'],
])('passes with %s', async (_name, data, userName, exchange) => {
	const { status, message } = await test(data);
	expect([status, message]).toEqual(['OK', 'Connection successful!']);
	// the credential asks before n8n does
	expect(calls()).toEqual([`${exchange} 200`, ...CHECKED]);
	expect(stage.service.requests.at(-1)?.responseBody).toMatchObject({ userName });
});

it('passes with a token', async () => {
	const nutrient = stage.service;
	const accessToken = nutrient.issueToken(nutrient.options.users[0]);
	const baseUrl = ` ${nutrient.url}/workflow/admin?x=1 `;
	expect(await test({ ...TOKEN, accessToken, baseUrl })).toMatchObject({ status: 'OK' });
	expect(calls()).toEqual(CHECKED);
});

const WRONG_KEY =
	'Nutrient did not accept the API key: check API Key, Key Type, Tenant ID and User Name in the credential.';
const WRONG_TOKEN =
	'Nutrient did not accept the token. Check the key and the user, or get a new token.';

it.each([
	['a wrong system key', { ...SYSTEM, apiKey: 'wrong/key+2' }, WRONG_KEY],
	['a wrong tenant', { ...SYSTEM, tenantId: 'acne' }, WRONG_KEY],
	['an unknown user', { ...SYSTEM, userName: 'nobody' }, WRONG_KEY],
	['no key', { ...SYSTEM, apiKey: '' }, 'API Key is empty: enter it in the Nutrient credential.'],
	[
		'no user',
		{ ...SYSTEM, userName: '' },
		'User Name is empty: enter it in the Nutrient credential.',
	],
	['a wrong personal key', { ...PERSONAL, apiKey: 'wrong/key+2' }, WRONG_KEY],
	['a wrong legacy key', { ...LEGACY, apiKey: 'wrong/key+2' }, WRONG_KEY],
	['an unknown token', TOKEN, WRONG_TOKEN],
	[
		'no token',
		{ ...TOKEN, accessToken: '' },
		'The token has ended, or is missing: enter a new one in the Nutrient credential.',
	],
	[
		'http to another machine',
		{ ...SYSTEM, baseUrl: 'http://acme.example.com' },
		'The Base URL must start with https:// (http:// only on this machine)',
	],
	[
		'a host that does not exist',
		{ ...SYSTEM, baseUrl: 'https://acme.invalid' },
		'There is no server with this name: check the host in the Base URL',
	],
	[
		'a host that does not exist, and a token',
		{ ...TOKEN, baseUrl: 'https://acme.invalid' },
		'There is no server with this name: check the host in the Base URL',
	],
])('says what is wrong with %s', async (_name, data, message) => {
	const result = await test(data);
	expect(JSON.stringify(result)).not.toMatch(/wrong.{1,3}key|system.{1,3}key/);
	expect(result).toMatchObject({ status: 'Error', message });
});

it.each([
	['401', 'status401', WRONG_TOKEN],
	['401 and "expired token"', 'text401', WRONG_TOKEN],
	['200 and "expired token"', 'text200', WRONG_TOKEN],
] as Array<[string, NutrientOptions['expiredAnswer'], string]>)(
	'says that a token has ended when the server says %s',
	async (_name, expiredAnswer, message) => {
		const nutrient = stage.service;
		nutrient.options.expiredAnswer = expiredAnswer;
		const accessToken = nutrient.issueToken(nutrient.options.users[0], -60);
		const result = await test({ ...TOKEN, accessToken });
		nutrient.options.expiredAnswer = 'status401';
		expect(result).toMatchObject({ status: 'Error', message });
	},
);

const PAGE =
	'A web page answered instead of Nutrient: enter the HostHeader of System Settings as Base URL';
const REDIRECTED = 'The server redirects to another address: enter that one as the Base URL';
const BROKEN = 'Nutrient could not process the login (HTTP 502): try again later';
const CLOSED = 'The connection to Nutrient broke: check the Base URL';

/** What the server does, and what is said with a system key, a legacy key and a token. */
const SERVERS: Array<[string, Partial<FaultRule>, string, string, string]> = [
	['a page for everything', { status: 200, html: '<p>Welcome</p>' }, PAGE, PAGE, PAGE],
	[
		'no such page',
		{ status: 404, html: '<p>Not found</p>' },
		'Nutrient does not know this key, tenant or user: check them and the Base URL; personal keys need version 8.11.',
		'Nutrient does not know this application key or user, or has no legacy impersonation at this Base URL.',
		'There is no API of version 8 at this Base URL. Enter the HostHeader of System Settings.',
	],
	[
		'a redirect',
		{ status: 301, headers: { location: 'https://example.com/' } },
		REDIRECTED,
		REDIRECTED,
		REDIRECTED,
	],
	['an error', { status: 502, html: '<p>Bad gateway</p>' }, BROKEN, BROKEN, BROKEN],
	['nothing, and hangs up', { cut: true }, CLOSED, CLOSED, CLOSED],
];

it.each(SERVERS)(
	'says what is wrong with a server that answers %s, whatever the login',
	async (_name, rule, system, legacy, token) => {
		const fault = stage.service.fault({ path: /./, ...rule });
		const results = [await test(SYSTEM), await test(LEGACY), await test(TOKEN)];
		fault.remove();
		expect(JSON.stringify(results)).not.toMatch(/system.{1,3}key|sandbox-legacy-key/);
		expect(results).toEqual(
			[system, legacy, token].map((message) => ({ status: 'Error', message })),
		);
	},
);

it('does not take JSON of something else for a token', async () => {
	const fault = stage.service.fault({ path: /./, status: 200, body: { hello: 'world' } });
	const result = await test(SYSTEM);
	fault.remove();
	expect(result).toEqual({
		status: 'Error',
		message: PAGE.replace('A web page answered instead of', 'What answered is not'),
	});
});

const NOTHING =
	'Nothing answers at this Base URL: check its host and port, and that the server is running';

it('says that nothing listens there', async () => {
	await withRefusingPort(async (port) => {
		const baseUrl = `http://localhost:${port}`;
		for (const login of [SYSTEM, TOKEN]) {
			expect(await test({ ...login, baseUrl })).toEqual({ status: 'Error', message: NOTHING });
		}
	});
});
