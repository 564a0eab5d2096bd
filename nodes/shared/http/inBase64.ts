/** Finds words that are part of something in base64, such as `user:password`, which may go on in the next line. */
import { merged, placesOf, type Span, type Wanted } from './findWords';
import { rewritten, whereWritten, withoutEnd, type Reading } from './readings';

const GAP = /\s+|<br ?\/?>/gi;
const HALF_GAP = /<(?:br? ?\/?)?$/gi;
/** Blanks fold base64; in what was taken for a form, one stands for a `+`. */
const MEANINGS = [() => '', (gap: string) => (gap === ' ' ? '+' : '')];

/** Six digits hold four characters; at the end there may have been more. */
const DIGITS = /[A-Za-z\d+/_-]{6,}|[A-Za-z\d+/_-]+$/g;
const WORDS = /[A-Za-z\d+/_-]+={0,2}/g;

/** The words of base64 that hold some of it, whole. @param wanted with each byte as one character, so that places can be counted */
export function placesInBase64(reading: Reading, wanted: Wanted): Span[] {
	const whole = withoutEnd(reading, HALF_GAP);
	const found = MEANINGS.flatMap((meaning) => {
		const joined = rewritten(whole, GAP, meaning);
		return [...joined.text.matchAll(DIGITS)].flatMap(({ 0: digits, index }) =>
			placesInDigits(joined, [index, index + digits.length], wanted),
		);
	});
	const spans = merged(found);
	return [...spans, ...wordsAt(reading, spans)];
}

/** They may begin in any of the first four digits: a word begins before the base64 does when that is behind a slash. */
function placesInDigits(joined: Reading, [from, to]: Span, wanted: Wanted): Span[] {
	const isCut = joined.cutAt !== undefined && to === joined.text.length;
	return [0, 1, 2, 3].flatMap((skip) => {
		const start = from + skip;
		const bytes = Buffer.from(joined.text.slice(start, to), 'base64').toString('latin1');
		return placesOf(bytes, wanted, isCut).map(([first, end]): Span => {
			const digits: Span = [Math.floor((first * 4) / 3), Math.ceil((end * 4) / 3)];
			return whereWritten(joined, [start + digits[0], start + digits[1]]);
		});
	});
}

function wordsAt(reading: Reading, spans: Span[]): Span[] {
	return [...reading.text.matchAll(WORDS)]
		.map(({ 0: word, index }) => whereWritten(reading, [index, index + word.length]))
		.filter(([start, end]) => spans.some((span) => span[0] < end && start < span[1]));
}
