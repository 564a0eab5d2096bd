/**
 * What is kept of a polled task between two ticks, and the only place that writes and reads it: short, because static
 * data is stored whole, and the same for the same task whatever its status is called.
 */

/** How near a task's date is. */
export interface DateMark {
	is: 'soon' | 'late';
	/** The date the task had, in milliseconds: another one is told again. */
	at: number;
}

export interface Fingerprint {
	/** The service's own word. */
	status: string | null;
	/** `null` for a date that is far or does not matter. */
	mark: DateMark | null;
	/** What else a vendor needs to tell a change, or to find the task again. */
	more: string[];
}

const NO_STATUS = '%';
const escape = (part: string) => part.replace(/[%|;]/g, encodeURIComponent);

/** Status, mark and the rest with `|` between them; there is never a `;`, which every older form has. */
export function writeFingerprint({ status, mark, more }: Fingerprint): string {
	const date = mark === null ? '' : `${mark.is === 'late' ? 'o' : 's'}${mark.at.toString(36)}`;
	const word = status === null ? NO_STATUS : escape(status);
	return [word, date, ...more.map(escape)].join('|').replace(/\|+$/, '');
}

/** @param now the status now, by which the word in an older form is known again */
export function readFingerprint(stored: string, now: string | null = null): Fingerprint {
	if (stored.includes(';')) return readOlder(stored, now);
	const [word, date = '', ...more] = stored.split('|');
	const status = word === NO_STATUS ? null : decodeURIComponent(word);
	return { status, mark: readMark(date), more: more.map(decodeURIComponent) };
}

function readMark(text: string): DateMark | null {
	const [, letter, at] = /^([os])(-?[0-9a-z]+)$/.exec(text) ?? [];
	return letter === undefined
		? null
		: { is: letter === 'o' ? 'late' : 'soon', at: parseInt(at, 36) };
}

/** The form of version 0.1.0, `status;mark;more`, where a status could have a `;` too, or a `,` in its place. */
function readOlder(stored: string, now: string | null): Fingerprint {
	const written = [String(now), now ?? '', (now ?? '').replaceAll(';', ',')];
	const same = written.find((word) => stored.startsWith(`${word};`));
	const word = same ?? stored.slice(0, stored.indexOf(';'));
	const [mark, ...rest] = stored.slice(word.length + 1).split(';');
	return {
		status: same === undefined ? word || null : now,
		mark: readOlderMark(mark),
		more: namesIn(rest),
	};
}

/** Three vendors wrote words and dates out. */
function readOlderMark(text: string): DateMark | null {
	const [, word, at] = /^(late|due|soon)(null|[\d-]{10}.*)$/.exec(text) ?? [];
	if (word === undefined) return readMark(text);
	return { is: word === 'soon' ? 'soon' : 'late', at: Number(at) || Date.parse(at) || 0 };
}

/** One vendor wrote ID and title as JSON, which may have a `;` in it. */
function namesIn(parts: string[]): string[] {
	const [first, ...rest] = parts;
	const names = rest.join(';');
	if (!names.startsWith('["')) return parts;
	return [first, ...(JSON.parse(names) as Array<string | null>).map((name) => name ?? '')];
}
