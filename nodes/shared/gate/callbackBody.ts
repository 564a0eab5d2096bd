/** Takes a callback's body only when it is what a service sends: one small JSON object. */
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** The largest callback that is taken. */
export const MAX_BYTES = 64 * 1024;

/** How long a value is as JSON on the wire. */
export const bytesOf = (value: unknown): number =>
	Buffer.byteLength(JSON.stringify(value) ?? '', 'utf8');

/** The body, or the HTTP status and sentence to refuse it with. */
export type CallbackBody =
	{ ok: true; body: IDataObject } | { ok: false; status: number; message: string };

/** Reads the callback's body; never throws for anything a stranger may post. */
export function readCallbackBody(context: IWebhookFunctions): CallbackBody {
	const headers = context.getHeaderData();
	const announced = Number(headers['content-length'] ?? 0);
	if (announced > MAX_BYTES) return tooLarge(context, announced);
	if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
		return { ok: false, status: 415, message: 'Send a task as application/json' };
	}
	const body: unknown = context.getBodyData();
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		return { ok: false, status: 400, message: 'The body is not a task' };
	}
	const bytes = bytesOf(body);
	if (bytes > MAX_BYTES) return tooLarge(context, bytes);
	return { ok: true, body: body as IDataObject };
}

/** Logged: a decision that is too large is lost, and its sender tells nobody. */
function tooLarge(context: IWebhookFunctions, bytes: number): CallbackBody {
	context.logger.warn(`Callback refused, its body is larger than 64 KB: ${bytes} bytes`);
	return { ok: false, status: 413, message: 'The body is larger than 64 KB' };
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
