import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { createLogin } from '../../../../nodes/shared/http/createLogin';
import { loginMark, keepToken, keptToken } from '../../../../nodes/shared/http/keptToken';
import { RENEW_LOGIN } from '../../../../nodes/shared/http/login';

const HOUR = 3_600_000;
const OWNER = loginMark(['https://own.example', 'ada', 'secret-4711']);
const NOW = Date.UTC(2026, 0, 1);

beforeEach(() => void jest.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => void jest.restoreAllMocks());
const at = (ms: number) => void jest.spyOn(Date, 'now').mockReturnValue(NOW + ms);

const jwt = (claims: object) =>
	`head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sign`;

describe('a kept token', () => {
	it('is that of its login, and says nothing of the login', () => {
		const kept = keepToken(OWNER, 'a:token');
		expect(kept).not.toContain('secret-4711');
		expect(keptToken(kept, OWNER)).toBe('a:token');
		expect(keptToken(kept, loginMark('another'))).toBeNull();
	});

	it.each(['', undefined, `${OWNER}:token`, 'x:1767225600000:token', '__n8n_BLANK_VALUE'])(
		'of an older version, or none, is not used: %j',
		(kept) => expect(keptToken(kept, OWNER)).toBeNull(),
	);

	it.each([-3 * HOUR, 0, 3 * HOUR])(
		'that lives 30 seconds is used, whatever the server’s clock (%d)',
		(clock) => {
			const iat = (NOW + clock) / 1000;
			const kept = keepToken(OWNER, jwt({ iat, exp: iat + 30 }));
			at(26_000);
			expect(keptToken(kept, OWNER)).not.toBeNull();
			at(27_001);
			expect(keptToken(kept, OWNER)).toBeNull();
		},
	);

	it.each<[string, object, number | undefined, number]>([
		['five minutes before its end', { iat: 0, exp: 3600 }, undefined, HOUR - 300_000],
		['by exp alone', { exp: NOW / 1000 + 3600 }, undefined, HOUR - 300_000],
		['by its fixed life', {}, 3600, HOUR - 300_000],
		['by its fixed life where exp is over', { exp: NOW / 1000 - 3 * 3600 }, 3600, HOUR - 300_000],
	])('is renewed %s', (_name, claims, lifetime, end) => {
		const kept = keepToken(OWNER, jwt(claims), lifetime);
		at(end - 1);
		expect(keptToken(kept, OWNER)).not.toBeNull();
		at(end);
		expect(keptToken(kept, OWNER)).toBeNull();
	});

	it.each([{}, { exp: NOW / 1000 - 60 }, { iat: 9, exp: 9 }, { exp: `${NOW / 1000 + 60}` }])(
		'that does not say its end is renewed when it is refused: %j',
		(claims) => {
			const kept = keepToken(OWNER, jwt(claims));
			at(1000 * HOUR);
			expect(keptToken(kept, OWNER)).not.toBeNull();
		},
	);
});

describe('an exchange', () => {
	const asked: IHttpRequestOptions[] = [];
	beforeEach(() => void (asked.length = 0));
	const Login = createLogin({
		...{ service: 'Service', address: 'Base URL', where: 'check it' },
		ownUrl: () => 'https://own.example',
		secret: () => '',
		exchange: ({ user }) => ({
			request: { url: 'https://own.example/login', body: { user } },
			read: (body) => (typeof body === 'string' ? body : null),
		}),
		test: { path: '/me', read: () => true },
	});
	const { preAuthentication, authenticate } = new Login();
	/** Answers as n8n's client does. */
	const server = (statusCode: number, body: unknown): IHttpRequestHelper =>
		({
			helpers: {
				httpRequest: async (options: IHttpRequestOptions) => {
					asked.push(options);
					for (let turn = 0; turn < 20; turn++) await Promise.resolve();
					return { statusCode, headers: {}, body };
				},
			},
		}) as unknown as IHttpRequestHelper;
	const logIn = async (user: string, by = server(200, `token-of-${user}`)) =>
		await preAuthentication.call(by, { user });

	/** What is kept in the place of a token that was refused; the service gives this one when it is asked. */
	const renew = async (sessionToken: string, token: string, user = 'ada') =>
		String((await preAuthentication.call(server(200, token), { user, sessionToken })).sessionToken);

	it('is shared by 20 items of one login, and by no other', async () => {
		const all = Array.from({ length: 20 }, async () => await logIn('ada'));
		const [bob] = await Promise.all([logIn('bob'), ...all]);
		expect(asked).toHaveLength(2);
		expect(bob.sessionToken).toMatch(/:token-of-bob$/);
		await logIn('ada');
		expect(asked).toHaveLength(3);
	});

	it('that fails fails for all who wait, and is tried again by the next', async () => {
		const refused = server(401, 'ada is wrong');
		const all = [1, 2, 3].map(async () => await logIn('ada', refused));
		for (const { status } of await Promise.allSettled(all)) expect(status).toBe('rejected');
		expect(asked).toHaveLength(1);
		expect((await logIn('ada')).sessionToken).toMatch(/token-of-ada$/);
	});

	it('is done once for items whose refusals come one after another', async () => {
		const kept = `${(await logIn('ada')).sessionToken}`;
		asked.splice(0);
		const renewed = await renew(kept, 'second');
		for (let item = 0; item < 5; item++) expect(await renew(kept, 'third')).toBe(renewed);
		expect(asked).toHaveLength(1);
		// the new one is refused as well
		expect(await renew(renewed, 'third')).toMatch(/:third$/);
		// another process may have got one since
		at(30_001);
		expect(await renew(kept, 'fourth')).toMatch(/:fourth$/);
	});

	it('gives the last one to an item that still holds the first of two refused', async () => {
		const first = String((await logIn('eve')).sessionToken);
		const third = await renew(await renew(first, 'second', 'eve'), 'third', 'eve');
		asked.splice(0);
		expect(await renew(first, 'fourth', 'eve')).toBe(third);
		expect(asked).toEqual([]);
	});

	it('is done again when what it gave has ended meanwhile, or is the refused one', async () => {
		const first = String((await logIn('kim')).sessionToken);
		const iat = NOW / 1000;
		await renew(first, jwt({ iat, exp: iat + 10 }), 'kim');
		at(9_001);
		expect(await renew(first, 'another', 'kim')).toMatch(/:another$/);

		const same = String((await logIn('lee')).sessionToken);
		asked.splice(0);
		for (let item = 0; item < 2; item++)
			expect(await renew(same, 'token-of-lee', 'lee')).toBe(same);
		expect(asked).toHaveLength(2);
	});

	it('ends where a service gives two tokens in turn', async () => {
		const first = String((await logIn('max')).sessionToken);
		const second = await renew(first, 'second', 'max');
		await renew(second, 'token-of-max', 'max');
		let looks = 100;
		jest.spyOn(Date, 'now').mockImplementation(() => {
			if (--looks < 0) throw new Error('It goes round');
			return NOW;
		});
		expect([first, second]).toContain(await renew(first, 'third', 'max'));
	});

	it('is asked for when a renewal is wanted, and the wish is not sent', async () => {
		const { sessionToken } = await logIn('ada');
		const credentials = { user: 'ada', sessionToken } as ICredentialDataDecryptedObject;
		const request = { url: 'https://own.example/x', headers: { [RENEW_LOGIN]: 'yes' } };
		await expect(authenticate(credentials, request)).rejects.toMatchObject({
			response: { status: 401 },
		});
		expect((await authenticate(credentials, request)).headers).toEqual({
			Authorization: 'Bearer token-of-ada',
		});
	});
});
