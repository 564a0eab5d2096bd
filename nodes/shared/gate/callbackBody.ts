/** Takes a callback's body only when it is what a service sends: one small JSON object. */
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** The largest callback that is taken. */
export const MAX_BYTES = 64 * 1024;

/** How long a value is as JSON on the wire. */
export const bytesOf = (value: unknown): number =>
	Buffer.byteLength(JSON.stringify(value) ?? '', 'utf8');

/** The HTTP status and sentence to refuse a body with. */
export interface RefusedBody {
	ok: false;
	status: number;
	message: string;
}

export type CallbackBody = { ok: true; body: IDataObject } | RefusedBody;

const TOO_LARGE: RefusedBody = {
	ok: false,
	status: 413,
	message: 'The body is larger than 64 KB',
};

/** Reads the callback's body; never throws for anything a stranger may post. */
export function readCallbackBody(context: IWebhookFunctions): CallbackBody {
	const headers = context.getHeaderData();
	if (Number(headers['content-length'] ?? 0) > MAX_BYTES) return TOO_LARGE;
	if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
		return { ok: false, status: 415, message: 'Send a task as application/json' };
	}
	const body: unknown = context.getBodyData();
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		return { ok: false, status: 400, message: 'The body is not a task' };
	}
	if (bytesOf(body) > MAX_BYTES) return TOO_LARGE;
	return { ok: true, body: body as IDataObject };
}

/** Answers the caller here and starts or resumes nothing. */
export function answer(
	context: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
