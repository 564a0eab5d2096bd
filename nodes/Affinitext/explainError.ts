import { plainWords } from '../shared/http/answerBody';
import type { ApiResponse } from '../shared/http/transport';
import { isRecord } from './aliases';

const PLACES = ['message', 'error_description', 'detail', 'error', 'title', 'Message', 'errors'];

/** The service's words in a refusal; the vendor has published no shape. */
function wordsIn(body: unknown): string | undefined {
	if (!isRecord(body)) return plainWords(body);
	const { error } = body;
	const place = isRecord(error) ? error : body;
	for (const value of PLACES.map((key) => place[key])) {
		if (typeof value === 'string') return value;
		if (!Array.isArray(value) || typeof value[0] !== 'string') continue;
		// an object among them may not even become a text
		return value.filter((one) => typeof one === 'string').join('; ');
	}
	return undefined;
}

const HINTS: Record<number, string> = {
	401: 'Log in to the library as the Task API User, request a new token under My Profile, and enter it in the credential.',
	403: 'The account has to be a Task API User: ask for the upgrade, then request a new token under My Profile.',
	404: 'Check the Library in the credential: there is no Task API at that address.',
};

/** What is said counts more than the status it comes with. No text is published: only what is plain in English. */
const MEANS: Array<[words: RegExp, status: number]> = [
	[/task api user/i, 403],
	// "unexpected token" is what a server says of JSON that it cannot read
	[/(?<!unexpected )token|unauthenticated|unauthori[sz]ed/i, 401],
	[/not found/i, 404],
];

export const NOT_JSON =
	'Probably the login page: the Library or the token in the credential is not valid. Check the Library, and request a new token under My Profile.';

export function explainError({ status, body, headers }: ApiResponse) {
	if (status >= 300 && status < 400) return { hint: redirectHint(headers.location) };
	const said = wordsIn(body);
	const meant = MEANS.find(([words]) => words.test(said ?? ''))?.[1];
	return { said, hint: HINTS[meant ?? status], means: meant };
}

/** Names the host only: the rest of the address may hold anything. */
function redirectHint(location: unknown): string {
	const isUrl = typeof location === 'string' && URL.canParse(location);
	const to = isUrl ? ` to ${new URL(location).host}` : '';
	return `The call was sent on${to}, which usually means that the Library or the token in the credential is not valid. It was not followed, and the token was not sent there. Check the Library, and request a new token under My Profile.`;
}
