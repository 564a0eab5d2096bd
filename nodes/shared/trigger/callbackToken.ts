/** Ties a callback URL to one task: the token is an HMAC of the task's id, compared in constant time. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new random key, 64 hexadecimal characters. */
export const mintKey = () => randomBytes(32).toString('hex');

/** HMAC-SHA256 of the task's id, 64 hexadecimal characters. */
export const tokenFor = (key: string, taskId: string) =>
	createHmac('sha256', key).update(taskId).digest('hex');

/**
 * The URL a service calls back for one task: `url?task=<id>&token=<hmac>`.
 * @param mark tells this registration of the task from others: `&mark=<mark>`
 */
export function signedUrl(url: string, key: string, taskId: string, mark?: string): string {
	const signed = new URL(url);
	signed.searchParams.set('task', taskId);
	signed.searchParams.set('token', tokenFor(key, taskId));
	if (mark !== undefined) signed.searchParams.set('mark', mark);
	return signed.href;
}

/** A new mark, 12 hexadecimal characters. */
export const newMark = () => randomBytes(6).toString('hex');

/** The mark a callback URL's query carries, if any. */
export const markOf = (query: unknown) => (query as { mark?: unknown } | undefined)?.mark;

/** Tells one callback URL from another without keeping its token. Given without its mark it stays the same for a task. */
export const urlFingerprint = (url: string) =>
	createHash('sha256').update(url).digest('hex').slice(0, 16);

/** The task a callback URL's query was signed for with one of the keys; `null` for anything else. */
export function signedTask(query: unknown, keys: string[]): string | null {
	const { task, token } = (query ?? {}) as Record<string, unknown>;
	if (typeof task !== 'string' || task === '' || typeof token !== 'string') return null;
	return keys.some((key) => key !== '' && equal(token, tokenFor(key, task))) ? task : null;
}

function equal(given: string, expected: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(expected)];
	return a.length === b.length && timingSafeEqual(a, b);
}
