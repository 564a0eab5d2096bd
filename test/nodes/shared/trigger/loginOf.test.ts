import { loginOf } from '../../../../nodes/shared/trigger/loginOf';

const jwt = (claims: object) =>
	['header', JSON.stringify(claims), 'signature']
		.map((part) => Buffer.from(part).toString('base64url'))
		.join('.');

it('is the same for another token of the same user, and another one for another user', () => {
	const ada = { sub: 'ada', role: 'a', iat: 1, exp: 2, jti: 'x' };
	expect(loginOf('host', jwt(ada))).toBe(
		loginOf('host', jwt({ ...ada, iat: 3, exp: 4, jti: 'y' })),
	);
	expect(loginOf('host', jwt(ada))).not.toBe(loginOf('host', jwt({ ...ada, sub: 'bob' })));
	expect(loginOf('host', jwt(ada))).not.toBe(loginOf('other', jwt(ada)));
});

it('counts what never moves where a token does not name its user', () => {
	expect(loginOf(jwt({ role: 'a', iat: 1 }))).toBe(loginOf(jwt({ role: 'a', iat: 2 })));
	expect(loginOf(jwt({ role: 'a', iat: 1 }))).not.toBe(loginOf(jwt({ role: 'b', iat: 1 })));
});

it.each([
	['key', 'other'],
	['a.b.c', 'a.c.c'],
	[undefined, 'x'],
	[jwt([]), jwt(['x'])],
])('takes a token that is no JWT as it is: %j and %j are two', (one, other) => {
	expect(loginOf(one)).not.toBe(loginOf(other));
	expect(loginOf(one)).toBe(loginOf(one));
});

it('shows nothing of a token', () => {
	expect(loginOf('a token')).toMatch(/^[\w-]{10}$/);
});
