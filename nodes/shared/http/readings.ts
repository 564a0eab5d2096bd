/** Reads a text in every way in which services quote, also in one within another, and remembers where all of it is written. */
import { DECODERS, type Decoder } from './decoders';
import type { Span } from './findWords';

/** What a text says, and where each character of that is written. */
export interface Reading {
	text: string;
	starts: number[];
	ends: number[];
	/** Where the text was cut, if it was. */
	cutAt?: number;
}

/** An address in JSON in HTML: nobody quotes deeper. */
const DEPTH = 3;
/** A page could be made to be read in many ways. */
const MAX_READINGS = 30;

export function plainReading(text: string, isCut: boolean): Reading {
	const starts = Array.from({ length: text.length }, (_, at) => at);
	return { text, starts, ends: starts.map((at) => at + 1), ...(isCut && { cutAt: text.length }) };
}

/** The text itself and what else it may say, each once, what takes the fewest steps first. */
export function readingsOf(plain: Reading): Reading[] {
	const readings = [plain];
	const known = new Set([plain.text]);
	let before: Reading[] = readings;
	for (let depth = 0; depth < DEPTH; depth++) {
		const deeper: Reading[] = [];
		for (const next of before.flatMap((one) => DECODERS.map((decoder) => decoded(one, decoder)))) {
			if (known.has(next.text)) continue;
			known.add(next.text);
			deeper.push(next);
		}
		readings.push(...deeper);
		before = deeper;
	}
	return readings.slice(0, MAX_READINGS);
}

const decoded = (reading: Reading, { written, meant, half }: Decoder) =>
	rewritten(withoutEnd(reading, half), written, meant);

/** Of a text that was cut, without what cannot be read for that. */
export const withoutEnd = (reading: Reading, half: RegExp) =>
	reading.cutAt === undefined ? reading : rewritten(reading, half, () => '');

export function rewritten(
	reading: Reading,
	written: RegExp,
	meant: (form: string) => string,
): Reading {
	if (reading.text.search(written) < 0) return reading;
	const next: Reading = { ...reading, text: '', starts: [], ends: [] };
	let at = 0;
	const keepTo = (end: number) => {
		next.text += reading.text.slice(at, end);
		for (; at < end; at++) {
			next.starts.push(reading.starts[at]);
			next.ends.push(reading.ends[at]);
		}
	};
	for (const { 0: form, index } of reading.text.matchAll(written)) {
		keepTo(index);
		at = index + form.length;
		const text = meant(form);
		next.text += text;
		for (let unit = 0; unit < text.length; unit++) {
			next.starts.push(reading.starts[index]);
			next.ends.push(reading.ends[at - 1]);
		}
	}
	keepTo(reading.text.length);
	return next;
}

/** Where something that a text says is written. At the end of one that was cut, up to where it was. */
export function whereWritten({ text, starts, ends, cutAt }: Reading, [start, end]: Span): Span {
	return [starts[start], end === text.length ? (cutAt ?? ends[end - 1]) : ends[end - 1]];
}
