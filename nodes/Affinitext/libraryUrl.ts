import { readBaseUrl } from '../shared/http/baseUrl';

const DOMAIN = 'affinitext.com';
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The library's sub-domain from what people paste: its name, its host, or the address of any of its pages.
 * @throws Error with a sentence for the user when it is none of Affinitext's
 */
function readLibrary(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') throw new Error('The Library is empty');
	const host = hostOf(text);
	const label = host.endsWith(`.${DOMAIN}`) ? host.slice(0, -DOMAIN.length - 1) : host;
	if (LABEL.test(label)) return label;
	// the text may hold a password: https://user:password@host
	const shown = /[@?#]/.test(text) ? '' : ` "${text.slice(0, 100)}"`;
	throw new Error(`The Library${shown} is not a name such as acme, nor an address at ${DOMAIN}`);
}

/** The host of an address; of anything else the text itself, which is then no name either. */
function hostOf(text: string): string {
	const isAddress = /^https?:\/\//i.test(text) || /[./]/.test(text);
	if (!isAddress) return text.toLowerCase();
	const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
	if (!URL.canParse(address)) return text;
	const { protocol, username, password, port, hostname } = new URL(address);
	const isPlain = /^https?:$/.test(protocol) && !username && !password && port === '';
	// a pasted address has to be Affinitext's own; a single word is not an address
	return isPlain && hostname.endsWith(`.${DOMAIN}`) ? hostname : text;
}

/**
 * Where the tasks are: the Base URL where one is given, else the library's own host.
 * @throws Error with a sentence for the user when there is no such address
 */
export function libraryUrl({ library, baseUrl }: { library?: unknown; baseUrl?: unknown }): string {
	const given = typeof baseUrl === 'string' ? baseUrl.trim() : '';
	if (given === '') return `https://${readLibrary(library)}.${DOMAIN}`;
	return readBaseUrl(readBaseUrl(given).replace(/\/api(\/tasks)?$/i, ''));
}
