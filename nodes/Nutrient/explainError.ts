import type { ApiRequest, ApiResponse } from '../shared/http/transport';
import { isRecord } from './readWire';

/** An ended token may be told as a text with a good status. */
export const hasExpired = (body: unknown): boolean =>
	typeof body === 'string' && /^\s*"?expired token"?\s*$/i.test(body);

/** The status that an "IntegrifyException" names, whichever status it came with; `null` for any other body. */
export function exceptionStatus(body: unknown): number | null {
	const { status, message } = isRecord(body) ? body : {};
	return typeof status === 'number' && status >= 400 && typeof message === 'string' ? status : null;
}

/**
 * The words of an "IntegrifyException", `{ status, message, description?, stack? }`, or of a plain text; never the stack.
 */
export function explainError({ status, body }: ApiResponse, { path, method }: ApiRequest) {
	return { said: saidIn(body), hint: hintFor(status, path, method) };
}

function saidIn(body: unknown): string | undefined {
	if (isRecord(body)) {
		const words = [body.message, body.description].filter(
			(text): text is string => typeof text === 'string' && text.trim() !== '',
		);
		return words.length > 0 ? words.join(': ') : undefined;
	}
	const text = typeof body === 'string' ? body.trim() : '';
	return text === '' || text.startsWith('<') ? undefined : text;
}

function hintFor(status: number, path: string, method: string): string | undefined {
	const isDecision = path.includes('/tasktypes/approval/') && method === 'POST';
	if (status === 400 && isDecision) {
		return 'Check that the task is still open. If it is, choose another API Contract in Options: the body of version 8 is not documented.';
	}
	if (status === 403) {
		return 'Nutrient lets only the assignee decide or complete a task, and only managers of a process do more. Check whom the credential acts as.';
	}
	if (status === 404) {
		return 'Check the ID: a request goes by its SID, not its number, and a task by the SID of the assignee\'s own copy ("recipient task"). If every call ends like this, the server is older than version 8.';
	}
	if (status > 501 && path.endsWith('/run')) {
		return 'A report that takes long may end like this: narrow its filters, or try again later.';
	}
	return undefined;
}
