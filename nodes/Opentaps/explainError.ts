import type { IDataObject } from 'n8n-workflow';

import { plainWords } from '../shared/http/answerBody';
import type { ApiRequest, ApiResponse, Explained } from '../shared/http/transport';
import { isRecord } from './readWire';

/** "Unexpected token" is what a server says of JSON that it cannot read. */
const ABOUT_TOKEN = /(?<!unexpected )token|authenticat|unauthori[sz]ed/i;

/** A failure's words: `message`, else `error`, else `errors`, which may be a sentence, a list or an object. */
function wordsOf(body: unknown): string | undefined {
	if (!isRecord(body) || !hasFailed(body)) return undefined;
	const { message, error, errors } = body;
	const told = [message, error, errors].find(isFilled);
	return textOf(told);
}

/** Whether a body says that the call failed, whatever its status. */
export const hasFailed = (body: unknown): boolean =>
	isRecord(body) && (isFilled(body.error) || isFilled(body.errors));

/** Whether a failure is about the token and not about what was asked for. */
export const isAboutToken = (body: unknown): boolean =>
	ABOUT_TOKEN.test(wordsOf(body) ?? plainWords(body) ?? '');

function isFilled(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0;
	if (isRecord(value)) return Object.keys(value).length > 0;
	return value !== undefined && value !== null && value !== '' && value !== false;
}

function textOf(value: unknown): string {
	if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
		return value.join('; ');
	return typeof value === 'string' ? value : JSON.stringify(value);
}

const ABOUT_RIGHTS = /permission|not (allowed|permitted)|forbidden|access denied/i;
const ABOUT_ID = /not found|does not exist/i;

export function explainError(response: ApiResponse, request: ApiRequest): Explained {
	const said = saidIn(response.body);
	const refused = isAboutToken(response.body) || isNotThere(response.body);
	return {
		said,
		hint: hintFor(response, said ?? '', request),
		refused,
		means: meantBy(response.body),
	};
}

/** A failure's words, or what an answer without one says: a message alone, or a plain text. */
function saidIn(body: unknown): string | undefined {
	const message = isRecord(body) ? (body as IDataObject).message : undefined;
	return wordsOf(body) ?? (typeof message === 'string' ? message : plainWords(body));
}

function meantBy(body: unknown): number | undefined {
	if (isAboutToken(body)) return 401;
	if (isNotThere(body)) return 404;
	return ABOUT_RIGHTS.test(saidIn(body) ?? '') ? 403 : undefined;
}

/** Whether the words say that CRM2 has no such record, in whichever status. */
export const isNotThere = (body: unknown): boolean => ABOUT_ID.test(saidIn(body) ?? '');

/** The words tell more than the status: CRM2's own clients look for them, and none of them for a status. */
function hintFor(
	{ status, body }: ApiResponse,
	said: string,
	{ path, method }: ApiRequest,
): string | undefined {
	if (status === 401 || isAboutToken(body)) {
		return 'Check the Auth Token and the Client Domain in the credential: a token that was reset is not valid any more.';
	}
	if (status === 404 && path === '/task' && method === 'POST') {
		return 'This server has no POST /task. Set Endpoint in Options to Activities.';
	}
	if (isNotThere(body)) return 'Check the ID.';
	if (status === 403 || ABOUT_RIGHTS.test(said)) {
		return "Check the rights of the token's contact: ACTIVITY_VIEW to read, ACTIVITY_UPDATE to change, CONTACT_VIEW for users, DOMAIN_CONF for activity types.";
	}
	return status === 404 && isRecord(body) ? 'Check the ID.' : undefined;
}
