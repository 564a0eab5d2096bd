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

it.each([
	['in JSON', JSON.stringify({ said: 'a"b/c\\ü' })],
	['in JSON with escaped slashes', '{"said":"a\\"b\\/c\\\\\\u00FC"}'],
	['in HTML', '<p>a&quot;b/c\\&#252;</p>'],
	['encoded twice', encodeURIComponent(encodeURIComponent('a"b/c\\ü'))],
])('F12: hides a secret %s', (_how, text) => {
	expect(hideSecrets(text, ['a"b/c\\ü'])).toMatch(/^[^abcü]*(said)?[^abcü]*\*\*\*[^abcü]*$/);
});

it.each(['max:Geheim4711', 'ma:Geheim4711', 'm:Geheim4711'])(
	'F12: hides a secret in base64, also behind a slash: %s',
	(text) => {
		const basic = Buffer.from(text).toString('base64');
		expect(hideSecrets(`(${basic})`, ['Geheim4711'])).toBe('(***)');
		expect(hideSecrets(`/key/${basic}`, ['Geheim4711'])).toBe('***');
		expect(hideSecrets(encodeURIComponent(basic), ['Geheim4711'])).not.toContain(
			basic.slice(4, 12),
		);
	},
);

it.each([
	['GET /?apiKey=abcdef&limit=2', 'GET /?apiKey=***&limit=2'],
	['"access_token": "abcdef", "id": "abcdef"', '"access_token": "***", "id": "abcdef"'],
	['Authorization: Bearer abc.def-123', 'Authorization: Bearer ***'],
	['Basic authentication is off, the token is not valid', undefined],
])('F12: hides what has the name of a secret: %s', (text, shown = text) => {
	expect(hideSecrets(text, [])).toBe(shown);
});

it('F12: hides a bearer token that was entered with the word before it', () => {
	expect(hideSecrets('no abcdef', ['Authorization: Bearer abcdef'])).toBe('no ***');
});

it('F12: cuts 50 million characters, and no secret in two', () => {
	const secret = 'Geheim4711'.repeat(10);
	const start = performance.now();
	for (let length = 0; length < 500; length++) {
		const text = `${'x '.repeat(length)}${secret}`.repeat(2);
		expect(hideSecrets(text, [secret])).not.toContain('Geh');
	}
	// so short a text is shown to its end, which lies in the middle of one
	for (let length = 0; length < 100; length++) {
		expect(hideSecrets(`${'x'.repeat(length)}${secret.repeat(99)}`, [secret])).toMatch(/^x*\**$/);
	}
	expect(hideSecrets(secret.repeat(500_000), [secret])).toMatch(/^(\*\*\*)+$/);
	expect(hideSecrets('ab '.repeat(17_000_000), [secret])).toHaveLength(500);
	expect(performance.now() - start).toBeLessThan(5000);
});

it.each(['\n', '\r\n', '\\n', '\\r\\n', ' '])(
	'F12: hides a secret in base64 that goes on behind %j',
	(gap) => {
		const basic = Buffer.from('max:Geheim4711-Sesam-oeffne-dich').toString('base64');
		for (let cut = 6; cut < basic.length - 6; cut++) {
			const quoted = [basic.slice(0, cut), basic.slice(cut)].join(gap);
			const shown = hideSecrets(`It said: ${quoted} (refused)`, ['Geheim4711-Sesam-oeffne-dich']);
			expect(shown).toMatch(/^It said: ([\w]{6} )?\*\*\* \(refused\)$/);
		}
		expect(hideSecrets(`Refused "${basic}" for user "max"`, ['Geheim4711-Sesam-oeffne-dich'])).toBe(
			'Refused "***" for user "max"',
		);
	},
);

it('F12: hides a secret that is quoted more than once in base64', () => {
	const basic = Buffer.from('max:Geheim4711').toString('base64').replace(/=/g, '');
	const text = `Invalid header ${basic} where ${basic} was sent, then ${basic}`;
	expect(hideSecrets(text, ['Geheim4711'])).toBe('Invalid header *** where *** was sent, then ***');
});

it('F12: words around base64 are left', () => {
	const basic = Buffer.from('max:Geheim4711').toString('base64');
	const text = `Invalid authorization header ${basic} for this resource`;
	expect(hideSecrets(text, ['Geheim4711'])).toBe(
		'Invalid authorization header *** for this resource',
	);
});

it('F12: leaves what only begins as a character of the secret may be written', () => {
	const text = 'the file C:\\abc\\_1234 was not found';
	expect(hideSecrets(text, ['abc-1234'])).toBe(text);
});

it.each([
	['a token', 'ab-'.repeat(400), (secret: string) => `${secret.slice(0, 700)}…`],
	['backslashes', '\\'.repeat(100), () => '\\'.repeat(99)],
	['backslashes and lines', '\\-'.repeat(200), (secret: string) => secret.slice(0, -1)],
	['quotes', '"'.repeat(300), () => '\\"'.repeat(299)],
])('F12: a part of %s that is quoted does not keep n8n busy', (_what, secret, quote) => {
	const start = performance.now();
	hideSecrets(`Unknown: ${quote(secret)} ${'x'.repeat(1500)}`, [`${secret}end`]);
	expect(performance.now() - start).toBeLessThan(2000);
});
