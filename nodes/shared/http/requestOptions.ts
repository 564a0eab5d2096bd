/** A request as n8n's HTTP client takes it, and how long it may take. */
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { isRaw } from './answerBody';
import type { ApiRequest } from './apiRequest';
import { multipart } from './multipart';

const TIMEOUT = 30_000;
/** An answer of JSON is there soon after its first byte; 50 MB of a file take seven minutes of a slow line. */
const [TIMES, TIMES_FOR_FILES] = [2, 4];

/** Milliseconds a request may take from its first to its last byte, the login that it may need included. */
export function deadlineOf({ timeout = TIMEOUT, answer, file }: ApiRequest): number {
	if (timeout < TIMEOUT) return timeout;
	return timeout * (answer === 'file' || file !== undefined ? TIMES_FOR_FILES : TIMES);
}

export function optionsOf(request: ApiRequest, url: string): IHttpRequestOptions {
	return {
		url,
		method: request.method,
		qs: request.qs,
		...content(request),
		json: !isRaw(request.answer),
		// read here, with a limit: n8n's client would take in whatever comes
		encoding: 'stream',
		timeout: request.timeout ?? TIMEOUT,
		returnFullResponse: true,
		disableFollowRedirect: true,
		// also of 401: n8n would leave its body unread, and the connection open
		ignoreHttpStatusErrors: true,
	};
}

function content({ answer, body, form, file, headers, idempotencyKey }: ApiRequest) {
	const sent: IDataObject = { ...headers };
	// n8n's client takes a part of a compressed file for all of it
	if (answer === 'file') sent['Accept-Encoding'] = 'identity';
	if (idempotencyKey !== undefined) sent['Idempotency-Key'] = idempotencyKey;
	if (file !== undefined) {
		const { contentType, body: bytes } = multipart(file);
		return { headers: { ...sent, 'Content-Type': contentType }, body: bytes };
	}
	if (form === undefined) return { headers: sent, body };
	sent['Content-Type'] = 'application/x-www-form-urlencoded';
	return { headers: sent, body: new URLSearchParams(form).toString() };
}
