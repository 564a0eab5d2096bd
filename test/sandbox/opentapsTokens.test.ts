import { IDA, LEO, UMA } from '../../sandbox';
import { failure, startOpentaps, type Answer, type Started } from './callOpentaps';

let started: Started;
beforeEach(async () => (started = await startOpentaps()));
afterEach(async () => await started.sandbox.close());

const exchange = async (authToken: string): Promise<Answer> =>
	await started.client.post('/oauth/temp-token', new URLSearchParams({ authToken }));
const validate = async (authToken: string): Promise<Answer> =>
	await started.client.post('/oauth/validate', { authToken });
const listAs = async (authToken: string) => await started.get('/activities', { authToken });

it('exchanges a permanent token, without a client domain, and validates both', async () => {
	const { status, data } = await exchange(UMA.authToken);
	expect([status, Object.keys(data)]).toEqual([200, ['authToken']]);
	const temporary = String(data.authToken);
	expect((await listAs(temporary)).status).toBe(200);
	expect((await validate(temporary)).data).toEqual({ authenticated: true });
	expect((await validate(UMA.authToken)).data).toEqual({ authenticated: true });
	expect((await validate('x')).data).toEqual({ authenticated: false });
	expect((await exchange(temporary)).status).toBe(401);
	expect((await exchange('x')).status).toBe(401);
});

it('may not know permanent tokens when it validates', async () => {
	started.opentaps.options.validatesPermanent = false;
	expect((await validate(UMA.authToken)).data).toEqual({ authenticated: false });
});

it('ends temporary tokens after an hour, or after another time', async () => {
	const temporary = String((await exchange(UMA.authToken)).data.authToken);
	await started.sandbox.clock.advance(59 * 60_000);
	expect((await listAs(temporary)).status).toBe(200);
	await started.sandbox.clock.advance(2 * 60_000);
	expect(failure(await listAs(temporary))).toEqual([401, 'Authentication token is not valid']);
	expect((await validate(temporary)).data).toEqual({ authenticated: false });

	started.opentaps.options.temporaryTokenMinutes = 1;
	const short = String((await exchange(UMA.authToken)).data.authToken);
	await started.sandbox.clock.advance(2 * 60_000);
	expect((await listAs(short)).status).toBe(401);
});

it('ends all temporary tokens when told to', async () => {
	const temporary = String((await exchange(UMA.authToken)).data.authToken);
	started.opentaps.expireTokens();
	expect((await listAs(temporary)).status).toBe(401);
});

it('refuses no token, a foreign domain and no domain', async () => {
	const { client, opentaps } = started;
	expect((await client.get('/activities')).status).toBe(401);
	const foreign = { authToken: IDA.authToken, clientDomain: 'other.example' };
	expect((await client.get('/activities', { params: foreign })).status).toBe(401);
	const bare = { authToken: IDA.authToken };
	expect((await client.get('/activities', { params: bare })).status).toBe(401);
	expect(opentaps.activities).toEqual([]);
});

it('reads parameters of a GET in the query only, of a POST in the form only', async () => {
	const params = { authToken: IDA.authToken, clientDomain: 'acme.example' };
	const { client } = started;
	const noteText = new URLSearchParams({ noteText: 'x' });
	expect((await client.post('/activities', noteText, { params })).status).toBe(401);
});

it.each([401, 403] as const)('refuses a token with %s', async (refusedToken) => {
	started.opentaps.options.refusedToken = refusedToken;
	expect(failure(await listAs('x'))).toEqual([refusedToken, 'Authentication token is not valid']);
});

it('refuses a token inside a 200', async () => {
	started.opentaps.options.refusedToken = 'ok';
	const { status, data } = await listAs('x');
	expect([status, data]).toEqual([200, { error: 'Authentication token is not valid' }]);
});

it('refuses what the contact has no right to', async () => {
	const asLeo = { authToken: LEO.authToken };
	expect((await started.get('/activities', asLeo)).status).toBe(200);
	const missing = (right: string) => [403, `Permission ${right} is missing`];
	const sent = { ...asLeo, noteText: 'x' };
	expect(failure(await started.post('/activities', sent))).toEqual(missing('ACTIVITY_UPDATE'));
	expect(failure(await started.get('/contacts-users', asLeo))).toEqual(missing('CONTACT_VIEW'));
	const asUma = { authToken: UMA.authToken };
	expect(failure(await started.get('/admin/activity-type', asUma))).toEqual(missing('DOMAIN_CONF'));
});
