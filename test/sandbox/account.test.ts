import { ADA, CAROL } from '../../sandbox';
import { LEGACY, PLUGIN, startSandbox, type Answer, type Started } from './callAppmixer';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('Appmixer login', () => {
	let started: Started;
	beforeEach(async () => (started = await startSandbox()));
	afterEach(async () => await started.sandbox.close());

	const login = async (body: object): Promise<Answer> =>
		await started.client.post('/user/auth', body);
	const userWith = async (token: unknown): Promise<Answer> =>
		await started.client.get('/user', { headers: { authorization: `Bearer ${String(token)}` } });

	it('gives a JWT of 30 days for a username or an e-mail', async () => {
		for (const body of [{ username: 'carol' }, { email: CAROL.email }]) {
			const { status, data } = await login({ ...body, password: CAROL.password });
			expect(status).toBe(200);
			expect(data.user).toEqual({
				id: CAROL.id,
				username: 'carol',
				isActive: true,
				email: CAROL.email,
				plan: 'free',
			});
			const [header, payload] = String(data.token)
				.split('.')
				.map((part): unknown =>
					part.length > 60 || part.startsWith('ey') ? JSON.parse(atob(part)) : part,
				);
			expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
			const { iat, exp, ...rest } = payload as { iat: number; exp: number };
			expect(exp - iat).toBe(2_592_000);
			expect(rest).toEqual({ id: CAROL.id, scope: ['user'] });
			expect((await userWith(data.token)).data).toMatchObject({
				email: CAROL.email,
				scope: ['user'],
			});
		}
	});

	it('refuses wrong credentials and a body with both names or none', async () => {
		const wrong = await login({ username: ADA.username, password: 'wrong' });
		expect(wrong.status).toBe(401);
		expect(wrong.data).toMatchObject({ statusCode: 401, error: 'Unauthorized' });
		const { username, email, password } = ADA;
		expect((await login({ username, email, password })).status).toBe(400);
		expect((await login({ password })).status).toBe(400);
	});

	it('refuses a missing, an unknown, an expired and a revoked token', async () => {
		expect((await started.client.get('/user')).data).toMatchObject({
			statusCode: 401,
			error: 'Unauthorized',
			message: 'Missing authentication',
		});
		expect((await userWith('nonsense')).status).toBe(401);
		const { sandbox } = started;
		const token = sandbox.appmixer.issueToken(ADA.email, { expiresInSeconds: 60 });
		expect((await userWith(token)).status).toBe(200);
		await sandbox.clock.advance(61_000);
		expect((await userWith(token)).status).toBe(401);

		const revoked = sandbox.appmixer.issueToken(ADA.email);
		sandbox.appmixer.revokeTokens();
		expect((await userWith(revoked)).status).toBe(401);
		expect((await userWith(sandbox.appmixer.issueToken(ADA.email))).status).toBe(200);
	});

	it('takes an access token that never expires', async () => {
		await started.sandbox.clock.advance(40 * DAY_MS);
		expect((await userWith(ADA.accessToken)).data).toMatchObject({ email: ADA.email });
	});

	it('names an unknown user when asked for a token', () => {
		expect(() => started.sandbox.appmixer.issueToken('nobody@example.com')).toThrow(
			'nobody@example.com',
		);
	});
});

describe('Appmixer path prefixes', () => {
	it('tells the version without a login, on the plugin only', async () => {
		const { sandbox, client } = await startSandbox();
		expect((await client.get(`${PLUGIN}/`)).data).toEqual({ version: '1.0' });
		expect((await client.get(`${LEGACY}/`)).status).toBe(404);
		await sandbox.close();
	});

	it('tells the dashboard URL on the plugin only, or that there is none', async () => {
		const { sandbox, client, ada } = await startSandbox();
		expect((await client.get(`${PLUGIN}/dashboard-url`)).status).toBe(401);
		const none = await client.get(`${PLUGIN}/dashboard-url`, ada);
		expect([none.status, none.data.message]).toEqual([
			400,
			'People Task dashboard URL is not configured.',
		]);
		sandbox.appmixer.options.dashboardUrl = 'https://tasks.example.com';
		const { data } = await client.get(`${PLUGIN}/dashboard-url`, ada);
		expect(data).toEqual({ dashboardUrl: 'https://tasks.example.com' });
		expect((await client.get(`${LEGACY}/dashboard-url`, ada)).status).toBe(404);
		await sandbox.close();
	});

	it('serves only the prefixes asked for', async () => {
		const { sandbox, client, ada } = await startSandbox({ flavours: ['legacy'] });
		expect((await client.get(`${PLUGIN}/`)).status).toBe(404);
		expect((await client.get(`${PLUGIN}/tasks`, ada)).status).toBe(404);
		expect((await client.get(`${LEGACY}/tasks`, ada)).status).toBe(200);
		sandbox.appmixer.options.flavours = ['plugin'];
		expect((await client.get(`${PLUGIN}/`)).status).toBe(200);
		expect((await client.get(`${LEGACY}/tasks`, ada)).status).toBe(404);
		await sandbox.close();
	});
});
