/** Takes secrets out of a text that others wrote, such as a service's error, which may quote the request, and cuts it. */

const MASK = '***';
/** How much of others' words is shown. */
export const MAX_WORDS = 500;
/** How much is looked through: what secrets leave of it is enough to show. */
const LOOKED_AT = 4 * MAX_WORDS;
/** The longest that a character gets by encoding it, twice. */
const LONGEST_FORM = 12;
/** Shorter than that it is a word of any text. */
const SHORTEST = 4;

const NAME = '(?:secret|token|passw(?:or)?d|pwd|api[-_]?key|signature)[\\w-]{0,40}';
/** A value after the name of a secret: in a query or a form, and in JSON. */
const IN_QUERY = new RegExp(`${NAME}(?:=|%3d)["']?([^\\s&"'<>\\\\;,}]{4,})`, 'gi');
const IN_JSON = new RegExp(`${NAME}\\\\?["']\\s*:\\s*\\\\?["']([^\\s"'\\\\]{4,})\\\\?["']`, 'gi');
/** What follows the name of a scheme in a header; "Basic authentication" is prose. */
const BY_SCHEME = /\b(?:Bearer|Basic)\s+(?=[^\s"']*[\d=])([\w.~+/=%-]{8,})/gi;
/** Words of base64, which may go on in the next line. */
const DIGIT = '(?:[A-Za-z\\d+/_-]|%2[BF]|\\\\/)';
const BREAK = '(?:\\s{1,4}|(?:\\\\r)?\\\\n)';
const BASE64 = new RegExp(`${DIGIT}{6,}(?:${BREAK}${DIGIT}+)*(?:=|%3D){0,2}`, 'gi');
const PIECES = new RegExp(`(${BREAK})|${DIGIT}`, 'gi');

const ENTITIES: Record<string, string> = {
	'&': 'amp',
	'<': 'lt',
	'>': 'gt',
	'"': 'quot',
	"'": 'apos',
};

type Span = [start: number, end: number];

/**
 * The text without the secrets, `MAX_WORDS` of it at most. A secret is found as it is, in a URL, a form, JSON, HTML and
 * base64; none is cut through, so that a half of it is left. One of less than four characters is left alone.
 */
export function hideSecrets(text: string, secrets: unknown[]): string {
	const plain = secretsToFind(secrets);
	const reach = LOOKED_AT + LONGEST_FORM * Math.max(0, ...plain.map(({ length }) => length));
	const looked = text.slice(0, reach);
	const hidden = [
		...plain.flatMap((secret) => spellingsOf(looked, secret)),
		...[IN_QUERY, IN_JSON, BY_SCHEME].flatMap((pattern) => spansOf(looked, pattern)),
		...encodedIn(looked, plain),
	].sort(([a], [b]) => a - b);
	let shown = '';
	let at = 0;
	for (const [start, end] of hidden) {
		// what begins behind may go on where nobody has looked
		if (start >= LOOKED_AT) break;
		if (start >= at) shown += `${looked.slice(at, start)}${MASK}`;
		at = Math.max(at, end);
	}
	return `${shown}${looked.slice(at, Math.max(at, LOOKED_AT))}`.slice(0, MAX_WORDS);
}

/** Each once, the blanks around it taken off; of "Bearer abc" the second word, too. */
function secretsToFind(secrets: unknown[]): string[] {
	const texts = secrets.filter((secret) => typeof secret === 'string').map((text) => text.trim());
	const words = texts.flatMap((text) => /^\S*\s*(?:Bearer|Basic)\s+(\S+)$/i.exec(text)?.[1] ?? []);
	return [...new Set([...texts, ...words])].filter(({ length }) => length >= SHORTEST);
}

/** Where a pattern fits: the part in brackets, where it has one. */
const spansOf = (text: string, pattern: RegExp): Span[] =>
	[...text.matchAll(pattern)].map(({ 0: whole, 1: part = whole, index }) => {
		const start = index + whole.lastIndexOf(part);
		return [start, start + part.length];
	});

/**
 * Where a secret stands, however its characters are written. All ways to read the text are followed at once: what tries
 * one after another, as an expression of the whole secret does, takes twice as long for each further `-` of it.
 */
function spellingsOf(text: string, secret: string): Span[] {
	const characters = [...secret].map(formsOf);
	const spans: Span[] = [];
	for (let start = 0; start < text.length; start++) {
		let ends = new Set([start]);
		for (const forms of characters) {
			ends = new Set([...ends].flatMap((at) => forms.map((form) => endOf(text, form, at))));
			ends.delete(NOT_THERE);
			if (ends.size === 0) break;
		}
		if (ends.size === 0) continue;
		const end = Math.max(...ends);
		spans.push([start, end]);
		start = Math.max(start, end - 1);
	}
	return spans;
}

const NOT_THERE = -1;

/** Behind a form that stands at that place. */
function endOf(text: string, form: string | RegExp, at: number): number {
	if (typeof form === 'string') return text.startsWith(form, at) ? at + form.length : NOT_THERE;
	form.lastIndex = at;
	return form.test(text) ? form.lastIndex : NOT_THERE;
}

/** A character and what may stand for it. Letters and digits stand for themselves everywhere. */
function formsOf(char: string): Array<string | RegExp> {
	if (/^[A-Za-z\d]$/.test(char)) return [char];
	const json = JSON.stringify(char).slice(1, -1);
	const bytes = [...Buffer.from(char)].map((byte) => `%(?:25)?${hex(byte, 2)}`).join('');
	const units = char.split('').map((unit) => `\\\\u${hex(unit.charCodeAt(0), 4)}`);
	const code = char.codePointAt(0) ?? 0;
	const entity = `&(?:#0*${code}|#x0*${hex(code)}|${ENTITIES[char] ?? '#'});`;
	const coded = [bytes, units.join(''), entity].map((form) => new RegExp(form, 'iy'));
	return [...new Set([char, `\\${char}`, json]), ...coded, ...(char === ' ' ? ['+'] : [])];
}

const hex = (code: number, length = 0) => code.toString(16).padStart(length, '0');
/** Where a secret is part of something in base64, such as `user:password`: the words that hold it. */
function encodedIn(text: string, secrets: string[]): Span[] {
	// each byte as one character, so that places can be counted
	const wanted = secrets.map((secret) => Buffer.from(secret).toString('latin1'));
	return [...text.matchAll(BASE64)].flatMap(({ 0: words, index }) => {
		const pieces = [...words.matchAll(PIECES)];
		const digits = pieces.filter(({ 1: gap }) => gap === undefined);
		const plain = digits.map(({ 0: digit }) => plainDigit(digit)).join('');
		// a word may begin before the base64 does: behind a slash
		return [0, 1, 2, 3].flatMap((skip) => {
			const decoded = Buffer.from(plain.slice(skip), 'base64').toString('latin1');
			return wanted.flatMap((secret) =>
				placesOf(decoded, secret).map((at): Span => {
					const first = digits[skip + Math.floor((at * 4) / 3)];
					const last = digits[skip + Math.ceil(((at + secret.length) * 4) / 3) - 1];
					return [index + wordStart(words, first.index), index + wordEnd(words, last.index)];
				}),
			);
		});
	});
}

function placesOf(text: string, part: string): number[] {
	const places: number[] = [];
	for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) places.push(at);
	return places;
}

function plainDigit(digit: string): string {
	if (digit.length === 1) return digit;
	return /2b/i.test(digit) ? '+' : '/';
}

const GAP = new RegExp(BREAK, 'gi');
const gapsIn = (words: string) =>
	[...words.matchAll(GAP)].map(({ 0: gap, index }): Span => [index, index + gap.length]);
const wordStart = (words: string, at: number) =>
	Math.max(0, ...gapsIn(words).flatMap(([, end]) => (end <= at ? [end] : [])));
const wordEnd = (words: string, at: number) =>
	Math.min(words.length, ...gapsIn(words).flatMap(([start]) => (start > at ? [start] : [])));
