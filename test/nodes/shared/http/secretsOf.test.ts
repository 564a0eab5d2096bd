import type { ApiRequest } from '../../../../nodes/shared/http/apiRequest';
import {
	credentialSecrets,
	noteSecrets,
	notedSecrets,
	requestSecrets,
	secretsIn,
} from '../../../../nodes/shared/http/secretsOf';

const field = (name: string, password: boolean) => ({
	...{ displayName: name, name, type: 'string' as const, default: '' },
	...(password && { typeOptions: { password } }),
});

it('F12: of a credential every field that the editor hides is secret, and the token in a kept one', () => {
	const user = { ...field('user', false), typeOptions: { rows: 2 } };
	const properties = [user, field('pin', true), field('sessionToken', true)];
	const kept = `${'0'.repeat(64)}:0:abc:def`;
	const credential = { user: 'ada', pin: 'p', sessionToken: kept };
	const found = credentialSecrets({ getCredentialsProperties: () => properties }, 'x', credential);
	expect(found).toEqual(['p', undefined, kept, 'abc:def']);
	// where nobody tells, names do
	expect(credentialSecrets({}, 'x', credential)).toEqual([kept, 'abc:def']);
});

it('F12: of a request that is secret what is called so, and what addresses carry', () => {
	const request: ApiRequest = {
		...{ method: 'POST', path: '/x?pageToken=in-path&limit=20', action: 'x' },
		qs: { secret: 'in-query', limit: 10 },
		body: { task: { approverSecret: 'in-body' }, url: 'https://n8n.example/7?signature=in-url/8' },
		form: { password: 'in-form', title: 'Laptops' },
		headers: { 'X-Api-Key': 'in-header' },
	};
	expect(requestSecrets(request).sort()).toEqual(
		[
			'8',
			'in-body',
			'in-form',
			'in-header',
			'in-path',
			'in-path',
			'in-query',
			'in-url',
			'in-url/8',
		].sort(),
	);
});

it('F12: secrets in lists are found, and nothing else is one', () => {
	expect(secretsIn([{ tokens: ['a', 'b'] }, null, 7, { title: 'token' }])).toEqual(['a', 'b']);
});

it('F12: what a node was told is kept for its context alone, and the last thousand of it', () => {
	const [one, other] = [{}, {}];
	noteSecrets(one, ['a', '', 7, undefined]);
	noteSecrets(one, ['b']);
	expect([notedSecrets(one), notedSecrets(other)]).toEqual([['a', 'b'], []]);
	noteSecrets(
		one,
		Array.from({ length: 1000 }, (_one, index) => `s${index}`),
	);
	expect(notedSecrets(one)).toHaveLength(1000);
	expect(notedSecrets(one)).not.toContain('a');
});
