/** Dates that come as objects from expressions: a `Date`, a DateTime of any copy of luxon, whatever else says its time. */

const METHODS = ['toISO', 'toISOString'] as const;

/** Some objects of expressions throw at being asked for what they have not. */
function saying(value: unknown): (() => unknown) | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const date = value as Partial<Record<(typeof METHODS)[number], unknown>>;
	try {
		const name = METHODS.find((method) => typeof date[method] === 'function');
		return name && (() => (date[name] as () => unknown)());
	} catch {
		return undefined;
	}
}

/** Whether it is such an object, be the date in it valid or not. */
export const isDateObject = (value: unknown): boolean => saying(value) !== undefined;

/** @returns what it says of itself, in ISO 8601; `null` for one without a valid date, which may say so by throwing */
export function isoOf(value: unknown): string | null {
	try {
		const iso = saying(value)?.();
		return typeof iso === 'string' && iso !== '' ? iso : null;
	} catch {
		return null;
	}
}
