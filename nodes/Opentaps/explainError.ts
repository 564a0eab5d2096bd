import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest, ApiResponse } from '../shared/http/transport';
import { isRecord } from './readWire';

const ABOUT_TOKEN = /token|authenticat|unauthori[sz]ed/i;

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
export const isAboutToken = (body: unknown): boolean => ABOUT_TOKEN.test(wordsOf(body) ?? '');

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

export function explainError({ status, body }: ApiResponse, request: ApiRequest) {
	const said = wordsOf(body) ?? messageOf(body);
	return { said, hint: hintFor(status, body, request) };
}

function messageOf(body: unknown): string | undefined {
	const message = isRecord(body) ? (body as IDataObject).message : undefined;
	return typeof message === 'string' ? message : undefined;
}

function hintFor(status: number, body: unknown, { path, method }: ApiRequest): string | undefined {
	if (status === 401 || isAboutToken(body)) {
		return 'Check the Auth Token and the Client Domain in the credential: a token that was reset is not valid any more.';
	}
	if (status === 403) {
		return "Check the rights of the token's contact: ACTIVITY_VIEW to read, ACTIVITY_UPDATE to change, CONTACT_VIEW for users, DOMAIN_CONF for activity types.";
	}
	if (status === 404 && path === '/task' && method === 'POST') {
		return 'This server has no POST /task. Set Endpoint in Options to Activities.';
	}
	if (status === 404 && !isRecord(body)) return undefined;
	if (status === 404) return 'Check the ID.';
	return undefined;
}
