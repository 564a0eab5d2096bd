/** What of an answer's body a request can use. */
import type { IDataObject } from 'n8n-workflow';

/** `json`: plain text is no answer. `text`: plain text is one, a web page is not. `file`: any bytes, but a web page. `bytes`: any bytes, which the caller reads. */
export type AnswerKind = 'json' | 'text' | 'file' | 'bytes';

/** Whether the body is wanted as it came. */
export const isRaw = (kind: AnswerKind | undefined) => kind === 'file' || kind === 'bytes';

const isPage = (text: string) => /^\s*</.test(text);

export function isUsable(body: unknown, headers: IDataObject, kind: AnswerKind = 'json'): boolean {
	if (kind === 'bytes') return true;
	if (kind === 'file') {
		const type = String(headers['content-type'] ?? '');
		return !type.startsWith('text/html') || headers['content-disposition'] !== undefined;
	}
	if (typeof body !== 'string' || body.trim() === '') return true;
	return kind === 'text' && !isPage(body);
}

/** Bytes as the text or JSON they are, for reading an error out of what should have been a file. */
export function readBytes(body: unknown): unknown {
	if (!(body instanceof Uint8Array)) return body;
	const text = Buffer.from(body).toString('utf8');
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
