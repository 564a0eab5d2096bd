/** Reads JSON without rounding: an ID that is a longer number than JavaScript keeps becomes a text, and not another ID. */

const LONG = /\d{16,}/g;
const BEFORE = /(?:^|[[:,\s])-?$/;
const AFTER = /^(?:[\s,\]}]|$)/;

/** @throws SyntaxError as `JSON.parse` does */
export function parseJson(text: string): unknown {
	return JSON.parse(withoutLong(text)) as unknown;
}

/** Puts the numbers that would be rounded in quotes. */
function withoutLong(text: string): string {
	let kept = '';
	let at = 0;
	let inText = { at: 0, is: false };
	for (const { 0: digits, index } of text.matchAll(LONG)) {
		const isMinus = text[index - 1] === '-';
		const start = isMinus ? index - 1 : index;
		const end = index + digits.length;
		const isAlone =
			BEFORE.test(text.slice(Math.max(0, index - 2), index)) && AFTER.test(text[end] ?? '');
		if (!isAlone || Number.isSafeInteger(Number(digits))) continue;
		inText = { at: start, is: endsInText(text, inText, start) };
		if (inText.is) continue;
		kept += `${text.slice(at, start)}"${text.slice(start, end)}"`;
		at = end;
	}
	return kept + text.slice(at);
}

/** Whether a place is within a text, told from an earlier place. */
function endsInText(text: string, from: { at: number; is: boolean }, to: number): boolean {
	let { is } = from;
	for (let at = text.indexOf('"', from.at); at !== -1 && at < to; at = text.indexOf('"', at + 1)) {
		if (!is || !isEscaped(text, at)) is = !is;
	}
	return is;
}

function isEscaped(text: string, at: number): boolean {
	let slashes = 0;
	while (text[at - 1 - slashes] === '\\') slashes++;
	return slashes % 2 === 1;
}
