/** What of an answer's body a request can use. */
import type { IDataObject } from 'n8n-workflow';

import type { ApiResponse } from './apiRequest';
import { parseJson } from './wireJson';

/** `json`: plain text is no answer. `text`: plain text is one, a web page is not. `file`: any bytes, but a web page. `bytes`: any bytes, which the caller reads. */
export type AnswerKind = 'json' | 'text' | 'file' | 'bytes';

/** Whether the body is wanted as it came. */
export const isRaw = (kind: AnswerKind | undefined) => kind === 'file' || kind === 'bytes';

export const isPage = (body: unknown) => typeof body === 'string' && /^\s*</.test(body);

/** The words of a body that is a text, and no web page. */
export function plainWords(body: unknown): string | undefined {
	const text = typeof body === 'string' && !isPage(body) ? body.trim() : '';
	return text === '' ? undefined : text;
}

export function isUsable(body: unknown, headers: IDataObject, kind: AnswerKind = 'json'): boolean {
	if (kind === 'bytes') return true;
	if (kind === 'file') {
		const type = String(headers['content-type'] ?? '');
		return !type.startsWith('text/html') || headers['content-disposition'] !== undefined;
	}
	if (typeof body !== 'string' || body.trim() === '') return true;
	return kind === 'text' && !isPage(body);
}

/** How JSON begins that is more than one word; "[OK] done" is a text. */
const JSON_START = /^\s*([{"]|\[\s*([[{"\d-]|$))/;
const isNothing = (body: unknown) =>
	body === undefined || (typeof body === 'string' && body.trim() === '');

/**
 * Whether a body that came whole over the wire is a part all the same, as from a proxy that lost the other end: JSON
 * that breaks off, which n8n's client leaves a text, or nothing where something was read.
 * @param reads whether the request is for what the body says
 */
export function isHalf(body: unknown, kind: AnswerKind = 'json', reads = false): boolean {
	if (isRaw(kind)) return false;
	if (isNothing(body)) return reads && kind === 'json';
	return typeof body === 'string' && JSON_START.test(body) && !isJson(body);
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** No text of JavaScript's is much longer. */
const LONGEST = 500 * 1024 * 1024;

/** Bytes as the text or JSON they are; `undefined` when they are too many for a text. */
export function readBytes(body: unknown): unknown {
	if (!(body instanceof Uint8Array)) return body;
	if (body.length > LONGEST) return undefined;
	const text = Buffer.from(body)
		.toString('utf8')
		.replace(/^\uFEFF/, '');
	try {
		return parseJson(text);
	} catch {
		return text;
	}
}

const SHORT = 64 * 1024;

/** What an answer says; of a file only what may have come in its place, which has no name and is short. */
export function wordsIn({ body, headers }: Pick<ApiResponse, 'body' | 'headers'>): unknown {
	if (!(body instanceof Uint8Array)) return body;
	const isFile = body.length > SHORT || headers['content-disposition'] !== undefined;
	return isFile ? undefined : readBytes(body);
}
