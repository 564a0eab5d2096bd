import { VERA } from '../../sandbox';
import { KEY, startMambu, v1Task, v2Task, V2, type Answer, type Started } from './callMambu';

const ACCEPT = { v1: 'application/json', v2: V2 } as const;
const VERSIONS = ['v1', 'v2'] as const;

let started: Started;
beforeEach(async () => (started = await startMambu()));
afterEach(async () => await started.sandbox.close());

const basic = (login: string) => ({
	authorization: `Basic ${Buffer.from(login).toString('base64')}`,
});

/** Both shapes of a failure as one. */
const seen = ({ status, data }: Answer) => {
	const [error] = (data.errors ?? [{}]) as Array<Record<string, unknown>>;
	return [status, data.returnCode ?? error.errorCode, data.returnStatus ?? error.errorReason];
};

describe.each(VERSIONS)('failures of %s', (version) => {
	const as = (headers: Record<string, string>) => started.client(ACCEPT[version], headers);
	const listAs = async (headers: Record<string, string>) =>
		(await as(headers).get('/tasks')) as Answer;

	it('takes an API key without a scheme, and Basic', async () => {
		expect((await listAs(KEY)).status).toBe(200);
		expect((await listAs(basic('demo:demo-password'))).status).toBe(200);
	});

	it('refuses none, a wrong one, and a bearer token', async () => {
		expect(seen(await listAs({}))).toEqual([401, 1, 'INVALID_BASIC_AUTHORIZATION']);
		expect(seen(await listAs({ authorization: 'Bearer x' }))).toEqual([
			401,
			1,
			'INVALID_BASIC_AUTHORIZATION',
		]);
		expect(seen(await listAs({ apiKey: 'x' }))).toEqual([401, 2, 'INVALID_CREDENTIALS']);
		expect(seen(await listAs(basic('demo:x')))).toEqual([401, 2, 'INVALID_CREDENTIALS']);
	});

	it('refuses what the caller has no right to', async () => {
		const vera = as({ apiKey: String(VERA.apiKey) });
		const { id } = started.mambu.createTask();
		expect((await vera.get('/tasks')).status).toBe(200);
		const body = version === 'v1' ? v1Task() : v2Task();
		const forbidden = [403, 15, 'INVALID_PERMISSIONS'];
		expect(seen((await vera.post('/tasks', body)) as Answer)).toEqual(forbidden);
		expect(seen((await vera.delete(`/tasks/${id}`)) as Answer)).toEqual(forbidden);
		expect(seen((await vera.get('/users')) as Answer)).toEqual(forbidden);
	});

	it('refuses an address that is not allowed, and a user without API access', async () => {
		started.mambu.options.blockIp = true;
		expect(seen(await listAs(KEY))).toEqual([403, 16, 'INVALID_IP_ADDRESS']);
		started.mambu.options.blockIp = false;
		started.mambu.options.users = [{ ...VERA, apiAccess: false }];
		const answer = await listAs({ apiKey: String(VERA.apiKey) });
		expect(seen(answer)).toEqual([403, 18, 'NO_API_ACCESS']);
	});

	it('refuses a body that is no JSON, and a path it does not have', async () => {
		const raw = {
			headers: { 'content-type': 'application/json' },
			transformRequest: (body: string) => body,
		};
		const broken = (await as(KEY).post('/tasks', '{', raw)) as Answer;
		expect(seen(broken)).toEqual([400, 26, 'INVALID_JSON_SYNTAX']);
		const lost = (await as(KEY).get('/nothing')) as Answer;
		expect(seen(lost)).toEqual([404, 3, 'INVALID_API_OPERATION']);
	});
});
