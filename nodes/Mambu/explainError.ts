import type { IDataObject } from 'n8n-workflow';

import { plainWords } from '../shared/http/answerBody';
import type { ApiRequest, ApiResponse, Explained } from '../shared/http/transport';
import { HINTS, MEANS, NAMES, READING_USERS, RIGHTS, UNKNOWN_ID } from './returnCodes';

export type ApiVersion = 'v1' | 'v2';

/** What Mambu calls a failure. */
interface Failure {
	/** In upper case; that of the code where only the code came. */
	name: string;
	/** The name as it came. */
	told: string;
	code: string;
	source: string;
}

const word = (value: unknown) =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads both shapes: version 1's `returnCode`, `returnStatus`, and version 2's `errors`, which mix on some tenants. */
export function readFailure(body: unknown): Failure | null {
	if (!isObject(body)) return null;
	if (Array.isArray(body.errors) && isObject(body.errors[0])) {
		const { errorReason, errorCode, errorSource } = body.errors[0];
		return failureOf(errorReason, errorCode, errorSource);
	}
	const { returnStatus, returnCode, errorSource } = body;
	const isSuccess =
		returnCode === undefined
			? ['', 'SUCCESS'].includes(word(returnStatus))
			: Number(word(returnCode)) === 0;
	return isSuccess ? null : failureOf(returnStatus, returnCode, errorSource);
}

/** Of a code that is a word of objects' own, such as "constructor", there is none. */
const nameOf = (code: unknown) => (Object.hasOwn(NAMES, word(code)) ? NAMES[word(code)] : '');

const failureOf = (name: unknown, code: unknown, source: unknown): Failure => ({
	name: word(name).toUpperCase() || nameOf(code),
	told: word(name) || nameOf(code),
	code: word(code),
	source: word(source),
});

const UNKNOWN_TASK = ['INVALID_TASK_ID', 'OBJECT_NOT_FOUND'];
const NO_SUCH_CALL = [
	'NOT_AVAILABLE_FOR_API_V1',
	'INVALID_API_OPERATION',
	'METHOD_NOT_IMPLEMENTED',
];

/** Whether Mambu says that it has no such task, and not that it has no such call. */
export function isUnknownTask(version: ApiVersion, response: ApiResponse): boolean {
	if (UNKNOWN_TASK.includes(readFailure(response.body)?.name ?? '')) return true;
	return version === 'v2' && isMissing(response);
}

const UNKNOWN_USER = ['INVALID_USER_ID', 'INVALID_USER_NAME'];

/** Whether Mambu says that it has no such user, in whichever status. */
export const isUnknownUser = (response: ApiResponse): boolean =>
	UNKNOWN_USER.includes(readFailure(response.body)?.name ?? '') || isMissing(response);

/** Whether a 404 is about the record: not about the call or the address, nor in words about something else. */
function isMissing({ status, body }: ApiResponse): boolean {
	const isPage = typeof body === 'string' && body.trim() !== '';
	return status === 404 && !isPage && ['', ...UNKNOWN_TASK].includes(readFailure(body)?.name ?? '');
}

/** Mambu's words, and what to do about them. */
export const explainError =
	(version: ApiVersion) =>
	(response: ApiResponse, request: ApiRequest): Explained => {
		const failure = readFailure(response.body);
		const words = failure && [failure.told, failure.code && `code ${failure.code}`, failure.source];
		const name = failure?.name ?? '';
		return {
			said: words?.filter(Boolean).join(', ') || plainWords(response.body),
			hint: hintFor(version, response, request, name),
			refused: Object.hasOwn(HINTS, name),
			means: Object.hasOwn(MEANS, name) ? MEANS[name] : undefined,
		};
	};

function hintFor(
	version: ApiVersion,
	{ status, body }: ApiResponse,
	{ path }: ApiRequest,
	name: string,
): string | undefined {
	const noSuchCall =
		NO_SUCH_CALL.includes(name) || ([404, 405, 410, 501].includes(status) && name === '');
	if (version === 'v1' && noSuchCall) {
		return 'The tenant may have switched version 1 of the API off. Choose V2 as API Version in the credential.';
	}
	const hint =
		(Object.hasOwn(HINTS, name) ? HINTS[name] : undefined) ?? (status === 403 ? RIGHTS : undefined);
	if (hint === RIGHTS && path.startsWith('/api/users')) return READING_USERS;
	if (hint !== undefined) return hint;
	return status === 404 && typeof body !== 'string' ? UNKNOWN_ID : undefined;
}
