import type { ApiResponse } from '../shared/http/transport';
import { isRecord } from './aliases';

const PLACES = ['message', 'error_description', 'detail', 'error', 'title', 'Message'];

/** The service's words in a refusal; the vendor has published no shape. */
function wordsIn(body: unknown): string | undefined {
	if (!isRecord(body)) return undefined;
	const { error } = body;
	const place = isRecord(error) ? error : body;
	const words = PLACES.map((key) => place[key]).find((value) => typeof value === 'string');
	return words === undefined ? undefined : String(words);
}

const HINTS: Record<number, string> = {
	401: 'Log in to the library as the Task API User, request a new token under My Profile, and enter it in the credential.',
	403: 'The account has to be a Task API User: ask for the upgrade, then request a new token under My Profile.',
	404: 'Check the Library in the credential: there is no Task API at that address.',
};

export const NOT_JSON =
	'Probably the login page: the Library or the token in the credential is not valid. Check the Library, and request a new token under My Profile.';

export function explainError({ status, body, headers }: ApiResponse) {
	if (status >= 300 && status < 400) return { hint: redirectHint(headers.location) };
	return { said: wordsIn(body), hint: HINTS[status] };
}

/** Names the host only: the rest of the address may hold anything. */
function redirectHint(location: unknown): string {
	const isUrl = typeof location === 'string' && URL.canParse(location);
	const to = isUrl ? ` to ${new URL(location).host}` : '';
	return `The call was sent on${to}, which usually means that the Library or the token in the credential is not valid. It was not followed, and the token was not sent there. Check the Library, and request a new token under My Profile.`;
}
