/** Finds words in a text, in a time that grows with the sum of their lengths: services choose the text and some of the words. */

export type Span = [start: number, end: number];

interface Word {
	text: string;
	codes?: Uint16Array;
	/** Of each of its beginnings, how much of the end of that is a beginning of the word, too. */
	borders?: Uint16Array;
}

/** Words by the characters that they begin with, and by fewer: a text may end there. */
export type Wanted = Map<string, Word[]>;

const BY = 4;

/** @param words of four to 65,535 characters */
export function wordsToFind(words: string[]): Wanted {
	const wanted: Wanted = new Map();
	for (const text of words) {
		const word: Word = { text };
		for (let length = 1; length <= BY; length++) {
			const start = text.slice(0, length);
			const alike = wanted.get(start);
			if (alike) alike.push(word);
			else wanted.set(start, [word]);
		}
	}
	return wanted;
}

/** Where the words stand. Of a text that was cut its end counts as one, too, when a word begins like that. */
export function placesOf(text: string, wanted: Wanted, isCut: boolean): Span[] {
	// most words are not there at all, which one look at each place tells of all of them
	const begun = new Set<Word[]>();
	for (let at = 0; at < text.length; at++) {
		const alike = wanted.get(text.slice(at, at + BY));
		if (alike) begun.add(alike);
	}
	if (begun.size === 0) return [];
	const codes = codesOf(text);
	return [...begun].flatMap((alike) => alike.flatMap((word) => placesOfOne(codes, word, isCut)));
}

/** Numbers are compared several times as fast as the characters of texts that were put together. */
function codesOf(text: string): Uint16Array {
	const codes = new Uint16Array(text.length);
	for (let at = 0; at < text.length; at++) codes[at] = text.charCodeAt(at);
	return codes;
}

/** By Knuth, Morris and Pratt: no character of the text is looked at again. */
function placesOfOne(text: Uint16Array, word: Word, isCut: boolean): Span[] {
	word.codes ??= codesOf(word.text);
	word.borders ??= bordersOf(word.codes);
	const spans: Span[] = [];
	let length = 0;
	for (let at = 0; at < text.length; at++) {
		length = lengthWith(word.codes, word.borders, length, text[at]);
		if (length < word.codes.length) continue;
		const last = spans.at(-1);
		// of what overlaps itself there may be as many as there are characters
		if (last && at + 1 - length <= last[1]) last[1] = at + 1;
		else spans.push([at + 1 - length, at + 1]);
	}
	return isCut && length > 0 ? [...spans, [text.length - length, text.length]] : spans;
}

function bordersOf(word: Uint16Array): Uint16Array {
	const borders = new Uint16Array(word.length);
	for (let at = 1; at < word.length; at++) {
		borders[at] = lengthWith(word, borders, borders[at - 1], word[at]);
	}
	return borders;
}

/** How much of the word stands at the end of a text when a character follows on so much of it. */
function lengthWith(word: Uint16Array, borders: Uint16Array, length: number, char: number): number {
	let fits = length;
	// behind the whole word is nothing, which no character is
	while (fits > 0 && word[fits] !== char) fits = borders[fits - 1];
	return word[fits] === char ? fits + 1 : 0;
}

/** The same places, from left to right, those that touch or overlap as one. */
export function merged(spans: Span[]): Span[] {
	const last = spans.reduce((most, [, end]) => Math.max(most, end), 0);
	const steps = new Int32Array(last + 1);
	for (const [start, end] of spans) {
		steps[start]++;
		steps[end]--;
	}
	const found: Span[] = [];
	let [depth, since] = [0, 0];
	steps.forEach((step, at) => {
		if (depth === 0 && step > 0) since = at;
		else if (depth > 0 && depth + step === 0) found.push([since, at]);
		depth += step;
	});
	return found;
}
