/** Takes secrets out of a text that others wrote, such as a service's error, which may quote the request, and cuts it. */
import { merged, placesOf, wordsToFind, type Span, type Wanted } from './findWords';
import { placesInBase64 } from './inBase64';
import { plainReading, readingsOf, rewritten, whereWritten, type Reading } from './readings';

const MASK = '***';
/** How much of others' words is shown. */
export const MAX_WORDS = 500;
/** How much is looked through: what secrets leave of it is enough to show. */
const LOOKED_AT = 4 * MAX_WORDS;
/** Shorter than that it is a word of any text. */
const SHORTEST = 4;

const WORD = '(?:secret|token|passw(?:or)?d|pwd|api[-_]?key|signature)';
const NAME = `${WORD}[\\w-]{0,40}`;
const COLON = '\\\\*["\']\\s*:\\s*';
const NAMED = [
	// a value after the name of a secret: in a query or a form
	new RegExp(`${NAME}(?:=|%3d)["']?([^\\s&"'<>\\\\;,}]{4,})`, 'gi'),
	// in JSON; one that was cut has lost its end
	new RegExp(`${NAME}${COLON}\\\\*["']([^\\s"'\\\\]{4,})(?:\\\\*["']|$)`, 'gi'),
	// and as a number, where the name says no more: a token's lifetime and length are numbers, too
	new RegExp(`${WORD}${COLON}(\\d{4,})`, 'gi'),
	// what follows the name of a scheme in a header; "Basic authentication" is prose
	/\b(?:Bearer|Basic)\s+(?=[^\s"']*[\d=])([\w.~+/=%-]{8,})/gi,
];
/** Where a line is broken, and how far the next one is set in. */
const FOLD = /(?:(?:\r\n?|\n|<br ?\/?>)[ \t]*)+/gi;

/**
 * The text without the secrets, `MAX_WORDS` of it at most. A secret is found as it is, folded, in base64, and however a
 * URL, a form, JSON or HTML writes its characters, one within another, too; none is cut through, so that a half of it is
 * left. One of less than four characters is left alone.
 */
export function hideSecrets(text: string, secrets: unknown[]): string {
	const looked = text.slice(0, LOOKED_AT);
	const plain = secretsToFind(secrets);
	const words = wordsToFind(plain);
	const bytes = wordsToFind([...new Set(plain.flatMap(bytesOf))]);
	const hidden = readingsOf(plainReading(looked, looked.length < text.length)).flatMap((reading) =>
		secretsIn(reading, words, bytes),
	);
	let shown = '';
	let at = 0;
	for (const [start, end] of merged(hidden)) {
		shown += `${looked.slice(at, start)}${MASK}`;
		at = end;
	}
	return `${shown}${looked.slice(at)}`.slice(0, MAX_WORDS);
}

/** Each once, the blanks around it taken off; of "Bearer abc" the second word, too. */
function secretsToFind(secrets: unknown[]): string[] {
	const texts = secrets.filter((secret) => typeof secret === 'string').map((text) => text.trim());
	const words = texts.flatMap((text) => /^\S*\s*(?:Bearer|Basic)\s+(\S+)$/i.exec(text)?.[1] ?? []);
	const long = [...texts, ...words].filter(({ length }) => length >= SHORTEST);
	// of a longer one no more can be seen
	return [...new Set(long.map((secret) => secret.slice(0, LOOKED_AT)))];
}

/** Each byte as one character: of UTF-8 and of Latin-1, which has no bytes for a character that is none. */
const bytesOf = (secret: string) => [Buffer.from(secret).toString('latin1'), secret];

/** Where secrets are written, if that is what the text says. */
function secretsIn(reading: Reading, words: Wanted, bytes: Wanted): Span[] {
	const isCut = reading.cutAt !== undefined;
	const unfolded = rewritten(reading, FOLD, () => '');
	const both = unfolded.text === reading.text ? [reading] : [reading, unfolded];
	return [
		...both.flatMap((one) =>
			placesOf(one.text, words, isCut).map((span) => whereWritten(one, span)),
		),
		...NAMED.flatMap((pattern) => partsOf(reading.text, pattern)).map((span) =>
			whereWritten(reading, span),
		),
		...placesInBase64(reading, bytes),
	];
}

/** Where a pattern fits: the part in brackets. */
const partsOf = (text: string, pattern: RegExp): Span[] =>
	[...text.matchAll(pattern)].map(({ 0: whole, 1: part, index }) => {
		const start = index + whole.lastIndexOf(part);
		return [start, start + part.length];
	});
