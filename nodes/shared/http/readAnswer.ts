/** Takes an answer's body in as it comes, up to what n8n can hold: a few packed megabytes may unpack to any number of them. */
import type { IDataObject } from 'n8n-workflow';

import { isRaw, readBytes, type AnswerKind } from './answerBody';
import type { ApiResponse } from './apiRequest';

const MB = 1024 * 1024;
/** A list of 200,000 rows has about 100 MB; what it becomes takes several times as much. */
const MOST = 128 * MB;
const MOST_OF_A_FILE = 1024 * MB;
/** Nothing that means something is nested like that, and n8n cannot store what is. */
const DEEPEST = 500;

/** What came, or why it is not taken. */
export type TakenBody = { body: unknown } | { body: undefined; unreadable: string };

const TOO_LARGE = Symbol('too large');
export const TOO_DEEP = 'Its answer is nested too deep to be read.';
const NOT_UNPACKED =
	'Its answer is compressed in a way that n8n cannot read. Look for a proxy that compresses what is compressed already.';

/** @throws when the connection breaks */
export async function takeBody(
	{ body: sent, headers }: Pick<ApiResponse, 'body' | 'headers'>,
	kind: AnswerKind = 'json',
	isGood = true,
): Promise<TakenBody> {
	const isFile = kind === 'file' && isGood;
	const isTaken = !isPacked(headers);
	const most = isFile ? MOST_OF_A_FILE : MOST;
	const bytes = isStream(sent) ? await bytesIn(sent, isTaken ? most : 0) : sent;
	if (!isTaken) return { body: undefined, unreadable: NOT_UNPACKED };
	if (bytes === TOO_LARGE) {
		const unreadable = `Its answer is larger than ${most / MB} MB. Ask for less of it.`;
		return { body: undefined, unreadable };
	}
	if (isRaw(kind) && isGood) return { body: Buffer.from(bytes as Uint8Array) };
	const body = readBytes(bytes);
	return isTooDeep(body) ? { body: undefined, unreadable: TOO_DEEP } : { body };
}

const isStream = (value: unknown): value is AsyncIterable<Uint8Array> =>
	typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

const ENCODED = /\b(gzip|compress|deflate|br|zstd)\b/i;

/** n8n's client takes the name of an encoding away when it unpacks it. */
const isPacked = (headers: IDataObject) => ENCODED.test(String(headers['content-encoding'] ?? ''));

/** Whoever stops reading closes the connection, if they have begun: n8n's stream has another one within it. */
async function bytesIn(
	stream: AsyncIterable<Uint8Array>,
	most: number,
): Promise<Buffer | typeof TOO_LARGE> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of stream) {
		length += chunk.length;
		if (length > most) return TOO_LARGE;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** Whether a value is nested deeper than anything that reads it can follow. */
export function isTooDeep(value: unknown, levels = DEEPEST): boolean {
	if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
	if (levels === 0) return true;
	return Object.values(value).some((one) => isTooDeep(one, levels - 1));
}
