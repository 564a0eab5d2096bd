/** Accepts only addresses a token may be sent to: https anywhere, http on this machine. */

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)$/i;

/** Whether the URL's host is this machine itself. An unreadable URL is not. */
export function isLoopback(url: string): boolean {
	try {
		return LOOPBACK.test(new URL(url).hostname);
	} catch {
		return false;
	}
}

/**
 * Reads a base URL as users paste it; trailing slashes, query and fragment are dropped.
 * @param name what the credential calls it
 * @throws Error with a sentence for the user when it cannot be used.
 */
export function readBaseUrl(value: unknown, name = 'Base URL'): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') throw new Error(`The ${name} is empty`);
	if (!URL.canParse(text)) {
		throw new Error(`The ${name} "${text}" is not a URL: start it with https://`);
	}
	const url = new URL(text);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(text))) {
		throw new Error(`The ${name} must start with https:// (http:// only on this machine)`);
	}
	if (url.username || url.password) {
		throw new Error(`The ${name} must not contain a user name or password`);
	}
	return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/**
 * As `readBaseUrl`, for a service at the root of a host: takes a bare host name too, and drops a pasted path.
 * @throws Error with a sentence for the user when it cannot be used.
 */
export function readOrigin(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	const isBare = text !== '' && !/^[a-z][a-z\d+.-]*:\/\//i.test(text);
	return new URL(readBaseUrl(isBare ? `https://${text}` : text)).origin;
}
