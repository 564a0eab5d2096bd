/** Seconds a service asks to wait, by its `Retry-After` as a number or a date; `undefined` when it asks for none. */
export function secondsToWait(header: unknown): number | undefined {
	if (typeof header !== 'string' || header === '') return undefined;
	const value = /^\d+$/.test(header)
		? Number(header)
		: Math.ceil((Date.parse(header) - Date.now()) / 1000);
	return Number.isFinite(value) ? Math.max(0, value) : undefined;
}
