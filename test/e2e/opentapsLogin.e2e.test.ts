import type { FaultRule, OpentapsOptions } from '../../sandbox';
import type { Json } from '../../scripts/n8n/session';
import { freePort } from '../../scripts/ports';
import { n8nLog } from './n8nLog';
import { openVendorStage, type VendorStage } from './vendorStage';

jest.setTimeout(120_000);

const LIST = { resource: 'tag', operation: 'getAll' };
const TEMPORARY = { useTemporary: true };
let stage: VendorStage<'opentaps'>;

beforeAll(async () => {
	stage = await openVendorStage('opentaps', ({ url }) => ({
		...{ baseUrl: url, clientDomain: 'acme.example', authToken: 'permanent-of-ida' },
	}));
	stage.service.addTag({ tagName: 'Sales', tagUrl: '', tagKeywords: '' });
});
beforeEach(() => void (stage.service.options.refusedToken = 401));
afterAll(async () => await stage?.close());

const calls = () =>
	stage.service.requests.map(({ method, path, status }) => `${method} ${path} ${status}`);

/** The tokens sent with calls other than the exchange: `temporary`, or the permanent one as it is. */
const tokens = () =>
	stage.service.requests
		.filter(({ path }) => !path.startsWith('/oauth/'))
		.map(({ query, rawBody }) => query.authToken ?? new URLSearchParams(rawBody).get('authToken'))
		.map((token) => String(token).replace(/^temporary-.*/, 'temporary'));

describe('the Test button', () => {
	/** Presses it for a stored credential with these fields. */
	async function test(data: Json) {
		stage.service.requests.clear();
		return await stage.n8n.rest.testCredential(await stage.credential(data));
	}

	it.each<[string, Json, string[], string]>([
		['the Auth Token', {}, ['GET /activities/1 200'], 'permanent-of-ida'],
		[
			'a temporary token',
			TEMPORARY,
			['POST /oauth/temp-token 200', 'GET /activities/1 200'],
			'temporary',
		],
	])('passes with %s', async (_name, data, expected, token) => {
		expect(await test(data)).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(calls()).toEqual(expected);
		expect(tokens()).toEqual([token]);
	});

	const PERMANENT_REFUSED =
		'CRM2 did not accept the Auth Token, or does not know the Client Domain.';
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
			'ENOTFOUND',
			'The connection cannot be established, this usually occurs due to an incorrect host (domain) value',
		],
	])('says what is wrong with %s', async (_name, data, permanent, temporary) => {
		const results = [await test(data), await test({ ...data, ...TEMPORARY })];
		expect(results).toEqual(
			[permanent, temporary].map((message) => ({ status: 'Error', message })),
		);
		expect(JSON.stringify(results)).not.toMatch(/wrong-token|permanent-of/);
	});

	it('says what is wrong where a refusal is 403, or a 200 with an error in it', async () => {
		const { options } = stage.service;
		options.refusedToken = 403;
		expect((await test({ authToken: 'wrong-token' })).message).toBe(
			'CRM2 did not accept the Auth Token, or its contact lacks the right ACTIVITY_VIEW.',
		);
		options.refusedToken = 'ok';
		expect((await test({ authToken: 'wrong-token' })).message).toBe(
			'What answered is not CRM2, or does not accept the Auth Token: check all fields.',
		);
		expect((await test({ authToken: 'wrong-token', ...TEMPORARY })).message).toBe(EXCHANGE_REFUSED);
	});

	const NOT_CRM2 =
		'What answered is not CRM2, or does not accept the Auth Token: check all fields.';
	const NO_EXCHANGE =
		'There is no exchange of tokens at the OAuth Base URL: check it, or turn Use Temporary Token off.';
	it.each<[string, Partial<FaultRule>, string, string]>([
		['a page', { status: 200, html: '<p>Welcome</p>' }, NOT_CRM2, NO_EXCHANGE],
		['JSON of something else', { status: 200, body: { hello: 'world' } }, NOT_CRM2, NO_EXCHANGE],
		[
			'404',
			{ status: 404, html: '<p>Not found</p>' },
			'CRM2 is not at this Base URL. Enter its address without a path.',
			NO_EXCHANGE,
		],
		[
			'an error',
			{ status: 502, html: '<p>Bad gateway</p>' },
			'Bad Gateway',
			'CRM2 could not exchange the Auth Token: try again later.',
		],
	])('says what is wrong with a server that answers %s', async (_name, rule, ...messages) => {
		const fault = stage.service.fault({ path: /./, ...rule });
		const results = [await test({}), await test(TEMPORARY)];
		fault.remove();
		expect(results).toEqual(messages.map((message) => ({ status: 'Error', message })));
	});

	it('says that nothing listens there', async () => {
		const baseUrl = `http://localhost:${await freePort()}`;
		expect((await test({ baseUrl })).message).toBe('ECONNREFUSED');
		expect((await test({ baseUrl, ...TEMPORARY })).message).toBe(
			'The service refused the connection - perhaps it is offline',
		);
	});
});

it.each<[OpentapsOptions['refusedToken'], number]>([
	[401, 401],
	[403, 403],
	['ok', 200],
])(
	'E5, E6: a temporary token that ended, answered %s, is renewed once by an execution',
	async (refusedToken, status) => {
		const { service } = stage;
		const credentialId = await stage.credential(TEMPORARY);
		service.options.refusedToken = refusedToken;
		await stage.run(LIST, { credentialId });
		expect(calls()).toEqual(['POST /oauth/temp-token 200', 'GET /tag 200']);
		await stage.run(LIST, { credentialId });
		expect(calls()).toEqual(['GET /tag 200']);

		service.expireTokens();
		const tagName = `Made after ${refusedToken}`;
		const create = { resource: 'tag', operation: 'create', tagName };
		const { execution, json } = await stage.run(create, { credentialId });
		expect([execution.status, json[0]?.name]).toEqual(['success', tagName]);
		expect(calls()).toEqual([`POST /tag ${status}`, 'POST /oauth/temp-token 200', 'POST /tag 200']);
		expect(tokens()).toEqual(['temporary', 'temporary']);
		expect(service.tags.filter((tag) => tag.tagName === tagName)).toHaveLength(1);

		await stage.run(LIST, { credentialId });
		expect(calls()).toEqual(['GET /tag 200']);
	},
);

it('a refused or lost call leaves the Auth Token in no stored error', async () => {
	const authToken = 'a-wrong-token-4711';
	const refused = [await stage.credential({ authToken }), 'credential'] as const;
	const exchange = [await stage.credential({ authToken, ...TEMPORARY }), 'sign'] as const;
	for (const [credentialId, word] of [refused, exchange]) {
		const { execution, error } = await stage.run(LIST, { credentialId });
		expect(error?.message).toMatch(new RegExp(`${word}.*HTTP 401`));
		expect(JSON.stringify(execution.raw)).not.toContain(authToken);
	}
	for (const rule of [{ cut: true }, { status: 500, body: { error: `No ${authToken}` } }]) {
		const fault = stage.service.fault({ path: /./, ...rule });
		for (const [credentialId] of [refused, exchange]) {
			const { execution } = await stage.run(LIST, { credentialId });
			expect(execution.status).toBe('error');
			expect(JSON.stringify(execution.raw)).not.toContain(authToken);
		}
		fault.remove();
	}
	expect(n8nLog()).not.toContain(authToken);
});
