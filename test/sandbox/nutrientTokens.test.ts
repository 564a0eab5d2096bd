import { ADA, BOB, startNutrient, type Started } from './callNutrient';

let started: Started;
beforeEach(async () => (started = await startNutrient()));
afterEach(async () => await started.sandbox.close());

const encoded = encodeURIComponent;
const withSystemKey = (user: string, key = started.nutrient.options.systemKey) =>
	`/api/auth/apikey/acme/${encoded(key)}/impersonate/${encoded(user)}`;
const bearer = (token: unknown) => ({ headers: { authorization: `Bearer ${String(token)}` } });

describe('Nutrient key exchange', () => {
	it('gives a JWT for a system key and a user', async () => {
		const { data, status } = await started.client.get(withSystemKey('bob'));
		expect(status).toBe(200);
		const token = String((data as Record<string, unknown>).token);
		expect(JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())).toMatchObject({
			tenant: 'acme',
			aud: 'acme',
			userName: 'bob',
			contactSid: BOB.sid,
			contactGuid: BOB.sid,
		});
		const current = await started.client.get('/api/user/current', bearer(token));
		expect(current.data).toMatchObject({ sid: BOB.sid, userName: 'bob' });
	});

	it('gives a JWT of its owner for a personal key', async () => {
		const { data } = await started.client.get(
			`/api/auth/apikey/acme/${String(ADA.personalKey)}/impersonate`,
		);
		const { token } = data as { token: string };
		expect((await started.client.get('/api/user/current', bearer(token))).data).toMatchObject({
			userName: 'ada',
		});
	});

	it('has five more shapes for the token', async () => {
		const { nutrient, client } = started;
		const shapes = ['jsonString', 'text', 'access_token', 'accessToken', 'jwt'] as const;
		for (const shape of shapes) {
			nutrient.options.tokenShape = shape;
			const { data, headers } = await client.get(withSystemKey('ada'));
			const token: unknown = typeof data === 'string' ? data : Object(data)[shape];
			expect(String(token).split('.')).toHaveLength(3);
			expect(String(headers['content-type'])).toContain(shape === 'text' ? 'text/plain' : 'json');
		}
	});

	it('refuses a wrong key, tenant, user and personal key', async () => {
		const { client, nutrient } = started;
		for (const status of [401, 403, 404, 500] as const) {
			nutrient.options.refusedKey = status;
			const answers = await Promise.all([
				client.get(withSystemKey('ada', 'wrong')),
				client.get(withSystemKey('nobody')),
				client.get(withSystemKey('ada').replace('/acme/', '/other/')),
				client.get('/api/auth/apikey/acme/wrong/impersonate'),
			]);
			expect(answers.map((answer) => answer.status)).toEqual([status, status, status, status]);
		}
	});

	it('gives a legacy token for an application key and a user', async () => {
		const { client } = started;
		const params = { key: 'sandbox-legacy-key', user: 'ada' };
		const { data } = await client.get('/access/impersonate', { params });
		expect(data).toEqual({
			token: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
			token_type: 'access',
			key: 'sandbox-legacy-key',
		});
		const { token } = data as { token: string };
		expect((await client.get('/instances/mine', bearer(token))).status).toBe(200);
		const inQuery = { params: { key: params.key, token } };
		expect((await client.get('/instances/mine', inQuery)).status).toBe(200);
		const wrong = { params: { key: 'wrong', user: 'ada' } };
		expect((await client.get('/access/impersonate', wrong)).status).toBe(401);
	});
});

describe('Nutrient tokens', () => {
	it('are refused when missing or unknown, with an exception or the login page', async () => {
		const { client, nutrient } = started;
		expect((await client.get('/api/user/current')).data).toMatchObject({
			status: 401,
			message: 'Unauthorized',
		});
		expect((await client.get('/api/user/current', bearer('nonsense'))).status).toBe(401);
		nutrient.options.unauthenticated = 'loginPage';
		const page = await client.get('/api/user/current');
		expect([page.status, String(page.headers['content-type'])]).toEqual([
			200,
			'text/html; charset=utf-8',
		]);
	});

	it('end, and say so with 401, with a text, or with a text and 200', async () => {
		const { client, nutrient, sandbox } = started;
		const headers = bearer(nutrient.issueToken(ADA, 60));
		expect((await client.get('/api/user/current', headers)).status).toBe(200);
		await sandbox.clock.advance(61_000);
		expect((await client.get('/api/user/current', headers)).status).toBe(401);
		nutrient.options.expiredAnswer = 'text401';
		const text = await client.get('/api/user/current', headers);
		expect([text.status, text.data]).toEqual([401, 'expired token']);
		nutrient.options.expiredAnswer = 'text200';
		const passing = await client.get('/api/user/current', headers);
		expect([passing.status, passing.data]).toEqual([200, 'expired token']);
	});

	it('end together when told so', async () => {
		const { client, nutrient, ada } = started;
		nutrient.expireTokens();
		expect((await client.get('/api/user/current', ada)).status).toBe(401);
	});
});
