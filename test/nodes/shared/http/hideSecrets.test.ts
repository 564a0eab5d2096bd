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

const timed = (work: () => void) => {
	const start = performance.now();
	work();
	return performance.now() - start;
};

/** Both `+` and `/` are in its base64, and a `=` behind. */
const WITH_SIGNS = 'max:Geheim??>~~>4711?>>?~~~~x';
const SIGNS_BASE64 = Buffer.from(WITH_SIGNS).toString('base64');

it.each([
	['as .NET writes it in JSON', (text: string) => text.replaceAll('+', '\\u002B')],
	[
		'with entities for its signs',
		(text: string) =>
			text.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;').replaceAll('=', '&#x3D;'),
	],
	[
		'with named entities',
		(text: string) =>
			text.replaceAll('+', '&plus;').replaceAll('/', '&sol;').replaceAll('=', '&equals;'),
	],
	['in a URL in a URL', (text: string) => encodeURIComponent(encodeURIComponent(text))],
	['in a form that lost its +', (text: string) => text.replaceAll('+', ' ')],
	['in JSON in JSON', (text: string) => JSON.stringify(text.replaceAll('/', '\\/')).slice(1, -1)],
	['folded in a URL', (text: string) => text.replace(/.{10}(?=.)/g, '$&%0A')],
	['folded in JSON', (text: string) => text.replace(/.{10}(?=.)/g, '$&\\u000d\\u000a')],
	['folded in HTML', (text: string) => text.replace(/.{10}(?=.)/g, '$&<br>')],
	['folded often', (text: string) => text.replace(/.{5}(?=.)/g, '$&\n')],
])('F12: hides a secret in base64 %s', (_how, written) => {
	expect(SIGNS_BASE64).toMatch(/^(?=.*\+)(?=.*\/).*=$/);
	const shown = hideSecrets(`Refused: ${written(SIGNS_BASE64)}, ask`, [WITH_SIGNS.slice(4)]);
	expect(shown).toMatch(/^Refused: (\w{5}\s)?\*{3}, ask$/);
});

const HARD = 'pa"ss+wo/rd&12=ü34';
const codes = (written: (code: number) => string) => (text: string) =>
	[...text].map((char) => written(char.charCodeAt(0))).join('');

it.each([
	['in JSON in JSON', (text: string) => JSON.stringify(JSON.stringify(text)).slice(3, -3)],
	[
		'in a URL in JSON in HTML',
		(text: string) =>
			encodeURIComponent(JSON.stringify(text).slice(1, -1)).replaceAll('%', '&#37;'),
	],
	[
		'in HTML in HTML',
		(text: string) => text.replaceAll('&', '&amp;amp;').replaceAll('"', '&amp;quot;'),
	],
	[
		'with named entities',
		(text: string) =>
			text
				.replaceAll('&', '&AMP;')
				.replaceAll('+', '&plus;')
				.replaceAll('/', '&sol;')
				.replaceAll('ü', '&uuml;'),
	],
	['with letters as in a URL', codes((code) => `%${code.toString(16)}`)],
	['with letters as in JSON', codes((code) => `\\u${code.toString(16).padStart(4, '0')}`)],
	['with letters as in JavaScript', codes((code) => `\\x${code.toString(16)}`)],
	['with letters as entities', codes((code) => `&#${code};`)],
	['folded', (text: string) => text.replace(/.{6}(?=.)/g, '$&\r\n  ')],
	['folded in HTML', (text: string) => text.replace(/.{6}(?=.)/g, '$&<br />\n')],
	['folded in a URL', (text: string) => encodeURIComponent(text.replace(/.{6}(?=.)/g, '$&\n'))],
])('F12: hides a secret %s', (_how, written) => {
	expect(hideSecrets(`Refused: ${written(HARD)}, ask`, [HARD])).toBe('Refused: ***, ask');
});

it.each([
	['in a URL', 'geheim%DC4711'],
	['in HTML', 'geheim&Uuml;4711'],
	['in base64', Buffer.from('max:geheimÜ4711', 'latin1').toString('base64')],
])('F12: hides a secret in Latin-1 %s', (_how, written) => {
	expect(hideSecrets(`Refused: ${written}, ask`, ['geheimÜ4711'])).toBe('Refused: ***, ask');
});

it('F12: leaves what is written in a URL in a URL before a secret', () => {
	const text = 'No: a%2520%2520b, %252Fgeheim4711';
	expect(hideSecrets(text, ['/geheim4711'])).toBe('No: a%2520%2520b, ***');
});

it('F12: leaves what is too short to be a secret at the end of a text', () => {
	expect(hideSecrets('this is abc', ['abc'])).toBe('this is abc');
});

it.each(['abcabcabc', 'abcabcabcabc', 'abcabcabcabcabc'])(
	'F12: hides a secret that overlaps with itself: %s',
	(text) => {
		expect(hideSecrets(`x ${text} y`, ['abcabc'])).toBe('x *** y');
	},
);

it.each([
	['GET /?password=password&x=password', 'GET /?password=***&x=password'],
	['{"apiKey":12345678,"id":12345678}', '{"apiKey":***,"id":12345678}'],
	['{\\"user_token\\": 12345678}', '{\\"user_token\\": ***}'],
	['{&quot;password&quot;:&quot;abcdef&quot;}', '{&quot;password&quot;:&quot;***&quot;}'],
	['x%3Ftoken%3Dabcdef%26limit%3D2', 'x%3Ftoken%3D***'],
	[`{"token":"${'x'.repeat(5000)}"}`, '{"token":"***'],
])(
	'F12: hides what has the name of a secret, as a number and in other spellings (%#)',
	(text, shown) => {
		expect(hideSecrets(text, [])).toBe(shown);
	},
);

it.each([
	'The token is not valid: it has expired 3600 s ago (code 40101). Sign in again.',
	'{"maxTokens":4096,"token_expires_in":3600,"passwordMinLength":1200,"token":"missing or expired"}',
	'C:\\new\\table\\users was not found \\ {"path":"C:\\\\new\\\\users"}',
	'100% of the quota + 5 % more; AT&T, R&D; 50%25 &c. &nosuch; &#9999999; %zz 1 < 2 <br>next',
	'<p>No process &quot;Vertrag &amp; Co&quot; for user&nbsp;7</p>\n<p>Try again</p>',
	'Request 3f2b8c1e-90aa-4c57-b1d5-0a1b2c3d4e5f to https://x.example/a%20b?page=2&q=a+b failed',
	'Bearer authentication is required, Basic authentication is off',
	"Cannot read properties of undefined (reading 'id')\n    at run (/app/src/index.js:12:3)",
])('F12: leaves an ordinary message as it is: %s', (text) => {
	const secrets = [WITH_SIGNS, HARD, 'Geheim4711', '3f2b8c1e-90aa-4c57-b1d5-000000000000'];
	expect(hideSecrets(text, secrets)).toBe(text);
	expect(hideSecrets(`${text} `.repeat(100), secrets)).toBe(`${text} `.repeat(10).slice(0, 500));
});

it.each([
	['as it is', (text: string) => text],
	['in a URL', encodeURIComponent],
	['in a URL in a URL', (text: string) => encodeURIComponent(encodeURIComponent(text))],
	['in JSON in JSON', (text: string) => JSON.stringify(JSON.stringify(text)).slice(3, -3)],
	['with letters as in JSON', codes((code) => `\\u${code.toString(16).padStart(4, '0')}`)],
	['with letters as entities', codes((code) => `&#${code};`)],
	['folded', (text: string) => text.replace(/.{6}(?=.)/g, '$&\r\n ')],
	['in base64', (text: string) => Buffer.from(text).toString('base64')],
	[
		'in base64 in HTML',
		(text: string) =>
			Buffer.from(text)
				.toString('base64')
				.replace(/.{7}(?=.)/g, '$&<br>'),
	],
])('F12: shows no half of a secret where it looks no further: %s', (_how, written) => {
	// takes what is shown to the end of what is looked at
	const long = 'Lang0815'.repeat(200);
	for (let length = 270; length < 400; length += 5) {
		const text = `${long}${'.'.repeat(length)}${written(HARD)}${' y'.repeat(2000)}`;
		// what is not even one character of it may be left
		expect(hideSecrets(text, [long, HARD])).toMatch(/^\*{3}\.*((\*{3})?[ y]*|[\\&]?[#\w]{0,4})$/);
	}
});

const PAGE = '<div class="row">The server could not process it - try again</div>'.repeat(1600);
const ESCAPES = 'a%2Fb &quot;x&amp;y&quot; \\"a\\u002b+b\\" %2541 \\\\n a%26quot;'.repeat(1600);
const told = (count: number, length: number, start = '') =>
	Array.from({ length: count }, (_, at) => `${start}${at}-`.padEnd(length, `${at}xyz`));

it.each([
	['many secrets', PAGE, [...told(1000, 36), ...told(10, 2000)]],
	['many secrets that begin alike', PAGE, told(1000, 2000, '<div')],
	['many secrets and every way to quote', ESCAPES, [...told(1000, 36), ...told(10, 2000)]],
	['equal characters', 'a'.repeat(100_000), [`${'a'.repeat(1000)}!`]],
	['equal characters behind another', 'a'.repeat(100_000), [`!${'a'.repeat(1000)}`]],
	['equal signs', '-'.repeat(100_000), [`${'-'.repeat(2000)}!`]],
	['a secret all over', 'abab'.repeat(25_000), ['abab', 'baba', 'ababa'.repeat(30)]],
	...['%', '\\', '&', ' ', '\n', '<br>', '%25', '&amp;', '\\\\', 'token', 'token"', 'Bearer '].map(
		(part): [string, string, string[]] => [JSON.stringify(part), part.repeat(20_000), [HARD]],
	),
])('F12: does not keep n8n busy: %s', (_what, text, secrets) => {
	expect(timed(() => hideSecrets(text, secrets))).toBeLessThan(1000);
});
