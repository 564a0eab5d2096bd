/** Takes a callback's body only when it is what a service sends: one small JSON object. */
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

const MAX_BYTES = 64 * 1024;

/** The body, or the HTTP status and sentence to refuse it with. */
export type CallbackBody =
	{ ok: true; body: IDataObject } | { ok: false; status: number; message: string };

/** Reads the callback's body; never throws for anything a stranger may post. */
export function readCallbackBody(context: IWebhookFunctions): CallbackBody {
	const headers = context.getHeaderData();
	if (Number(headers['content-length'] ?? 0) > MAX_BYTES) {
		return { ok: false, status: 413, message: 'The body is larger than 64 KB' };
	}
	if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
		return { ok: false, status: 415, message: 'Send a task as application/json' };
	}
	const body: unknown = context.getBodyData();
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		return { ok: false, status: 400, message: 'The body is not a task' };
	}
	if (JSON.stringify(body).length > MAX_BYTES) {
		return { ok: false, status: 413, message: 'The body is larger than 64 KB' };
	}
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
