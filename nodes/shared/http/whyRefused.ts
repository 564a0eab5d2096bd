/** Says why a service did not log in, or is not the service at all. None of its own words: they may hold a secret. */
import type { Place } from './whyUnreachable';

/** Where one asks, and what this service's answers mean. */
export interface Explained extends Place {
	/** What to do when something else is there: "check the Base URL". */
	where: string;
	/** Better words for a status; 300 stands for every redirect. */
	says?: Record<number, string>;
}

export function whyRefused(status: number, body: unknown, explained: Explained): string {
	const { service, address, where, says = {} } = explained;
	const isRedirect = status >= 300 && status < 400;
	const own = says[isRedirect ? 300 : status];
	if (own !== undefined) return own;
	if (status < 300) {
		const isPage = typeof body === 'string' && /^\s*</.test(body);
		return `${isPage ? 'A web page answered instead of' : 'What answered is not'} ${service}: ${where}`;
	}
	if (isRedirect) {
		return `The server redirects to another address: enter that one as the ${address}`;
	}
	if (status === 404 || status === 405) return `${service} is not at this ${address}: ${where}`;
	if (status === 429) return `${service} refuses so many logins: try again later`;
	if (status >= 500) {
		return `${service} could not process the login (HTTP ${status}): try again later`;
	}
	return `${service} did not accept the login (HTTP ${status}): check the fields of the credential`;
}
