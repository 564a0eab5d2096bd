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
const BASE64 = /(?:[A-Za-z\d+/_-]|%2[BF]|\\\/){6,}(?:=|%3D){0,2}/gi;

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
		...plain.flatMap((secret) => spansOf(looked, patternOf(secret))),
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

const patternOf = (secret: string) => new RegExp([...secret].map(formsOf).join(''), 'g');

/** A character and what may stand for it. Letters and digits stand for themselves everywhere. */
function formsOf(char: string): string {
	if (/^[A-Za-z\d]$/.test(char)) return char;
	const [literal, json] = [char, JSON.stringify(char).slice(1, -1)].map(escaped);
	const bytes = [...Buffer.from(char)].map((byte) => `%(?:25)?${anyCase(hex(byte, 2))}`).join('');
	const units = char.split('').map((unit) => `\\\\u${anyCase(hex(unit.charCodeAt(0), 4))}`);
	const code = char.codePointAt(0) ?? 0;
	const entity = `&(?:#0*${code}|#[xX]0*${anyCase(hex(code))}|${ENTITIES[char] ?? '#'});`;
	const forms = [`\\\\?${literal}`, json, bytes, units.join(''), entity];
	if (char === ' ') forms.push('\\+');
	return `(?:${forms.join('|')})`;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
const hex = (code: number, length = 0) => code.toString(16).padStart(length, '0');
const anyCase = (text: string) =>
	text.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

/** Where a secret is part of something in base64, such as `user:password`. */
function encodedIn(text: string, secrets: string[]): Span[] {
	const spans: Span[] = [];
	for (const { 0: word, index } of text.matchAll(BASE64)) {
		const plain = word.replace(/%2b/gi, '+').replace(/%2f|\\\//gi, '/');
		// a word may begin before the base64 does: behind a slash
		const decoded = [0, 1, 2, 3].map((skip) => Buffer.from(plain.slice(skip), 'base64').toString());
		if (secrets.some((secret) => decoded.some((one) => one.includes(secret)))) {
			spans.push([index, index + word.length]);
		}
	}
	return spans;
}
