import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest, ApiResponse } from '../shared/http/transport';

export type ApiVersion = 'v1' | 'v2';

/** What Mambu calls a failure. */
interface Failure {
	/** Numbers of names are documented for a few only, so the name is what counts. */
	name: string;
	code: string;
	source: string;
}

const word = (value: unknown) =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads both shapes: version 1's `returnCode`, `returnStatus`, and version 2's `errors`, which mix on some tenants. */
export function readFailure(body: unknown): Failure | null {
	if (!isObject(body)) return null;
	if (Array.isArray(body.errors) && isObject(body.errors[0])) {
		const { errorReason, errorCode, errorSource } = body.errors[0];
		return { name: word(errorReason), code: word(errorCode), source: word(errorSource) };
	}
	if (body.returnCode === undefined || Number(body.returnCode) === 0) return null;
	const { returnStatus, returnCode, errorSource } = body;
	return { name: word(returnStatus), code: word(returnCode), source: word(errorSource) };
}

const UNKNOWN_TASK = ['INVALID_TASK_ID', 'OBJECT_NOT_FOUND'];
const NO_SUCH_CALL = [
	'NOT_AVAILABLE_FOR_API_V1',
	'INVALID_API_OPERATION',
	'METHOD_NOT_IMPLEMENTED',
];

/** Whether Mambu says that it has no such task, and not that it has no such call. */
export function isUnknownTask(version: ApiVersion, response: ApiResponse): boolean {
	const failure = readFailure(response.body);
	if (failure && UNKNOWN_TASK.includes(failure.name)) return true;
	return version === 'v2' && isMissing(response);
}

/** Whether a 404 is about the record, and not about the call or the address. */
export function isMissing({ status, body }: ApiResponse): boolean {
	const isPage = typeof body === 'string' && body.trim() !== '';
	return status === 404 && !isPage && !NO_SUCH_CALL.includes(readFailure(body)?.name ?? '');
}

/** Mambu's words, and what to do about them. */
export const explainError =
	(version: ApiVersion) => (response: ApiResponse, request: ApiRequest) => {
		const failure = readFailure(response.body);
		const words = failure && [failure.name, failure.code && `code ${failure.code}`, failure.source];
		return {
			said: words?.filter(Boolean).join(', ') || undefined,
			hint: hintFor(version, response, request, failure?.name ?? ''),
		};
	};

const HINTS: Record<string, string> = {
	INVALID_TASK_ID: 'Check the Task ID. A task of a branch the login may not see looks the same.',
	INVALID_TASK_FIELD_CHANGE: 'Mambu does not let this field be changed. Leave it out.',
	INVALID_TASK_STATE_AND_COMPLETION_DATE:
		'Status and completion date have to agree: a completed task has one, an open one has none.',
	INVALID_TASK_TITLE_LENGTH: 'Shorten the title.',
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
	if (HINTS[name]) return HINTS[name];
	if (status === 403) {
		return path.startsWith('/api/users')
			? 'The login may not read users. Enter the assignee as the API wants it: by encoded key, or by user name with Send As Form and in filters.'
			: 'Check the rights of the login to tasks, the branch it is limited to, its API access, and the IP addresses the tenant allows.';
	}
	if (status === 404 && typeof body !== 'string') {
		return 'Check the ID. A task of a branch the login may not see looks the same.';
	}
	return undefined;
}
