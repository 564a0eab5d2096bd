/** As services write dates; `Date.parse` alone takes "-5" and "0.5" for years and days. */
const DATE = /^([a-z]{3,9},? |\d{4}-\d\d-\d\dT)/i;

/** Seconds a service asks to wait, by its `Retry-After` as a number or a date to come; `undefined` when it asks for none. */
export function secondsToWait(header: unknown): number | undefined {
	const text = typeof header === 'string' ? header.trim() : '';
	const value = /^\d+(\.\d+)?$/.test(text) ? Math.ceil(Number(text)) : secondsTo(text);
	return Number.isFinite(value) ? value : undefined;
}

function secondsTo(text: string): number {
	const seconds = DATE.test(text) ? Math.ceil((Date.parse(text) - Date.now()) / 1000) : NaN;
	return seconds > 0 ? seconds : NaN;
}
