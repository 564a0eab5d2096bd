/** @jest-environment ./test/engine/environment.ts */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { engine } from '../../engine';
import { useSandbox } from './sandboxed';
import { withRefusingPort } from '../../refusingPort';

const used = useSandbox();
const current = async (credential: ICredentialDataDecryptedObject) =>
	await used.run('user:getCurrent', {}, { credential });
const exchangesSeen = () =>
	used.nutrient.requests
		.filter(({ path }) => /^\/(api\/auth|access)\//.test(path))
		.map(({ path, query }) => [path, query]);

describe('the Nutrient key exchange', () => {
	it('sends a system key with the user, every part encoded', async () => {
		const { outputs } = await current(used.as('bob'));
		expect(outputs[0][0].json.userName).toBe('bob');
		expect(exchangesSeen()).toEqual([
			['/api/auth/apikey/acme/system%2Fkey%2B1/impersonate/bob', {}],
		]);
	});

	it('sends a personal key alone', async () => {
		const { baseUrl, tenantId } = used.as('');
		const apiKey = 'personal-key-of-ada';
		const { outputs } = await current({ baseUrl, tenantId, apiKey, keyType: 'personal' });
		expect(outputs[0][0].json.userName).toBe('ada');
		expect(exchangesSeen()).toEqual([
			['/api/auth/apikey/acme/personal-key-of-ada/impersonate', {}],
		]);
	});

	it('impersonates the legacy way', async () => {
		const { baseUrl } = used.as('');
		const legacy = { baseUrl, authentication: 'legacy', apiKey: 'sandbox-legacy-key' };
		const { outputs } = await current({ ...legacy, userName: 'ada' });
		expect(outputs[0][0].json.userName).toBe('ada');
		expect(exchangesSeen()).toEqual([
			['/access/impersonate', { key: 'sandbox-legacy-key', user: 'ada' }],
		]);
		expect(String(used.received()[0].headers.authorization)).toMatch(/^Bearer [0-9a-f]{32}$/);
	});

	it('exchanges nothing for a token of the user', async () => {
		const { baseUrl } = used.as('');
		const accessToken = used.nutrient.issueToken(used.nutrient.options.users[0]);
		const { outputs } = await current({ baseUrl, authentication: 'token', accessToken });
		expect(outputs[0][0].json.userName).toBe('ada');
		expect(used.exchanges()).toBe(0);
	});

	it('reads the token in every shape', async () => {
		const shapes = ['jsonString', 'text', 'token', 'access_token', 'accessToken', 'jwt'] as const;
		for (const tokenShape of shapes) {
			used.nutrient.options.tokenShape = tokenShape;
			const { error } = await current(used.as('bob'));
			expect(error).toBeNull();
		}
	});

	it('takes a host name, and an address with a path', async () => {
		const withPath = { ...used.as('bob'), baseUrl: ` ${used.nutrient.url}/workflow/admin?x=1 ` };
		expect((await current(withPath)).error).toBeNull();
		const { error } = await current({ ...used.as('bob'), baseUrl: 'http://acme.example.com' });
		expect(`${error?.message}`).toContain('must start with https://');
	});

	it('is not tried without a key, tenant or user, or with dots for one', async () => {
		const missing = [
			['apiKey', '', 'API Key is empty'],
			['tenantId', ' ', 'Tenant ID is empty'],
			['userName', '', 'User Name is empty'],
			['apiKey', '..', 'API Key is not valid'],
		];
		for (const [name, value, says] of missing) {
			const { error } = await current({ ...used.as('bob'), [name]: value });
			expect(`${error?.message} ${error?.description}`).toContain(says);
		}
		expect(used.nutrient.requests).toEqual([]);
	});

	it.each([401, 403, 404, 500] as const)(
		'refused with %d says so, once, without the key',
		async (status) => {
			const { nutrient } = used;
			nutrient.options.refusedKey = status;
			for (const errorShape of ['exception', 'text'] as const) {
				nutrient.options.errorShape = errorShape;
				nutrient.requests.clear();
				const credential = { ...used.as('bob'), apiKey: 'wrong/key+2' };
				const { error } = await current(credential);
				expect(`${error?.message} ${error?.description}`).toMatch(/key|process the login/);
				expect(JSON.stringify(error)).not.toMatch(/wrong.{1,3}key/);
				expect(used.exchanges()).toBe(1);
				expect(used.received()).toEqual([]);
			}
		},
	);

	it('never shows the key when the connection is lost or something else answers', async () => {
		const path = /^\/(api\/auth|access)/;
		const legacy = { ...used.as('bob'), authentication: 'legacy', apiKey: 'sandbox-legacy-key' };
		const faults = [
			{ cut: true },
			{ status: 200, html: '<html>/api/auth/apikey/acme/system%2Fkey%2B1</html>' },
			{ status: 200, body: 'expired token' },
			{ status: 200, body: {} },
			{ status: 302, headers: { location: 'https://elsewhere.example/' }, body: '' },
			{ status: 504, html: '<html>system/key+1</html>' },
		];
		for (const fault of faults) {
			for (const credential of [used.as('bob'), legacy]) {
				used.nutrient.fault({ path, times: 1, ...fault });
				const { error } = await current(credential);
				expect(error).not.toBeNull();
				expect(JSON.stringify(error)).not.toMatch(/system.{1,3}key|sandbox-legacy-key/);
				expect(used.received()).toEqual([]);
			}
		}
		const { error } = await withRefusingPort(
			async (port) => await current({ ...used.as('bob'), baseUrl: `http://127.0.0.1:${port}` }),
		);
		expect(`${error?.message} ${error?.description}`).toMatch(
			/could not be signed in to.*Nothing answers at this Base URL/,
		);
		expect(JSON.stringify(error)).not.toMatch(/system.{1,3}key/);
	});
});

describe('a Nutrient token', () => {
	const keyType = 'system';

	it.each(['status401', 'text401', 'text200'] as const)(
		'that ended is renewed once when the server says %s',
		async (expiredAnswer) => {
			const { nutrient } = used;
			nutrient.options.expiredAnswer = expiredAnswer;
			const first = await current({ ...used.as('bob'), keyType });
			const stored = { ...first.parked.credentials.stored.data };
			nutrient.expireTokens();
			nutrient.requests.clear();
			const { recipientTaskSid } = nutrient.createApproval();
			const parameters = { taskId: recipientTaskSid, options: { contract: 'noParameter' } };
			const { error } = await used.run('task:approve', parameters, { credential: stored });
			expect(error).toBeNull();
			expect(used.exchanges()).toBe(1);
			expect(used.calls()).toEqual([
				...Array<string>(2).fill(`GET /api/instance/tasktypes/approval/${recipientTaskSid}`),
				`POST /api/instance/tasktypes/approval/${recipientTaskSid}`,
			]);
			expect(used.received().some(({ headers }) => 'x-renew-login' in headers)).toBe(false);
		},
	);

	it.each(['status401', 'text401', 'text200'] as const)(
		'that cannot be renewed is an error of the credential (%s)',
		async (expiredAnswer) => {
			const { nutrient } = used;
			nutrient.options.expiredAnswer = expiredAnswer;
			const accessToken = nutrient.issueToken(nutrient.options.users[0], -60);
			const { baseUrl } = used.as('');
			const { error } = await current({ baseUrl, authentication: 'token', accessToken });
			expect(error?.httpCode).toBe('401');
			expect(`${error?.message} ${error?.description}`).toMatch(
				/did not accept the credential|could not be signed in to.*The token has ended/,
			);
			expect(JSON.stringify(error)).not.toContain(accessToken);
		},
	);

	it('is renewed early, and not asked for while it lasts', async () => {
		const first = await current({ ...used.as('bob'), keyType });
		const stored = { ...first.parked.credentials.stored.data };
		await current(stored);
		expect(used.exchanges()).toBe(1);
		const fiveDays = 5 * 24 * 3_600_000;
		engine.clockAhead(fiveDays - 240_000);
		try {
			expect((await current(stored)).error).toBeNull();
		} finally {
			engine.clockAhead(0);
		}
		expect(used.exchanges()).toBe(2);
	});

	it('is got once by 20 items in parallel, and renewed once when it was refused', async () => {
		const items = Array.from({ length: 20 }, (_, n) => ({ n }));
		const parameters = { options: { itemsInParallel: 20 } };
		const get = async (credential: ICredentialDataDecryptedObject) =>
			await used.run('user:getCurrent', parameters, { credential, items });
		used.nutrient.fault({ path: /^\/api\/auth/, delayMs: 500 });
		const first = await get({ ...used.as('bob'), keyType });
		expect([first.error, used.exchanges()]).toEqual([null, 1]);
		used.nutrient.expireTokens();
		const { error } = await get({ ...first.parked.credentials.stored.data });
		expect([error, used.exchanges()]).toEqual([null, 2]);
	});

	it('E4: of another user, key or tenant is not used', async () => {
		const first = await current({ ...used.as('bob'), keyType });
		const { sessionToken } = first.parked.credentials.stored.data;
		const { outputs } = await current({ ...used.as('ada'), keyType, sessionToken });
		expect(outputs[0][0].json.userName).toBe('ada');
		expect(used.exchanges()).toBe(2);
		expect(String(sessionToken)).not.toContain('system/key');
	});

	it('is not thought good because a login page answers', async () => {
		used.nutrient.options.unauthenticated = 'loginPage';
		const { baseUrl } = used.as('');
		const bad = { baseUrl, authentication: 'token', accessToken: 'nonsense' };
		const { error } = await current(bad);
		expect(error?.message).toContain('something that is not its API');
		expect(await engine.testCredential('nutrient', bad)).toMatch(
			/^A web page answered instead of Nutrient/,
		);
	});
});
