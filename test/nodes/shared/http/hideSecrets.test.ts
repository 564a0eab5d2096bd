import { hideSecrets } from '../../../../nodes/shared/http/hideSecrets';

const SECRET = 'pass wörd/1+2';

it.each([
	['as it is', SECRET],
	['in a path', encodeURIComponent(SECRET)],
	['in a query or a form', new URLSearchParams({ '': SECRET }).toString().slice(1)],
])('hides a secret %s, wherever it stands', (_how, form) => {
	expect(hideSecrets(`GET /?key=${form} failed; ${form}`, ['another', SECRET])).toBe(
		'GET /?key=*** failed; ***',
	);
});

it('hides what is inside of blanks', () => {
	expect(hideSecrets('the token abcd', [' abcd\n'])).toBe('the token ***');
});

it('leaves what is too short to be one, and what is no text', () => {
	expect(hideSecrets('an abc, 1234 and undefined', ['abc', '   a ', 1234, undefined, ''])).toBe(
		'an abc, 1234 and undefined',
	);
});
