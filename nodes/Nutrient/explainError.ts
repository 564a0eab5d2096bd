import { plainWords } from '../shared/http/answerBody';
import type { ApiRequest, ApiResponse, Explained } from '../shared/http/transport';
import { isRecord } from './readWire';

/** An ended token may be told as a text with a good status. */
export const hasExpired = (body: unknown): boolean =>
	typeof body === 'string' && /^\s*"?expired token"?\s*$/i.test(body);

/** The status that an "IntegrifyException" names, whichever status it came with; `null` for any other body. */
export function exceptionStatus(body: unknown): number | null {
	const { status, message } = isRecord(body) ? body : {};
	return typeof status === 'number' && status >= 400 && typeof message === 'string' ? status : null;
}

const ENDED_TOKEN =
	'The token has ended, and so has the new one. Check the authentication in the credential: a token that was pasted there cannot be renewed.';
const ASSIGNEE =
	'Nutrient lets only the assignee decide or complete a task, and only managers of a process do more. Check whom the credential acts as.';
const UNKNOWN =
	'Check the ID: a request goes by its SID, not its number, and a task by the SID of the assignee\'s own copy ("recipient task"). If every call ends like this, the server is older than version 8.';
const ENDED_TASK =
	'Check that the task is still open. If it is, choose another API Contract in Options: the body of version 8 is not documented.';
const FALSE =
	'Nutrient answered "false", which is all that version 7 says of what it did not do. Check the fields and the rights of the user.';

/**
 * What its words say where no status of its own does; no text is documented, so only what is plain in English counts.
 * A token comes first: it is the reason for whatever else is said.
 */
const MEANS: Array<[words: RegExp, status: number]> = [
	[/permission|not (allowed|permitted)|access denied|not a recipient/i, 403],
	[/not found|does not exist|unknown (task|request|user|process|report)/i, 404],
	[/not active|no longer (open|active)|already (complete|decided|ended|closed)/i, 400],
];

/**
 * The words of an "IntegrifyException", `{ status, message, description?, stack? }`, or of a plain text; never the stack.
 * The status that the exception names, or its words, count more than the one it comes with.
 */
export function explainError(
	{ status, body }: ApiResponse,
	{ path, method }: ApiRequest,
): Explained {
	const said = saidIn(body);
	if (hasExpired(body)) return { said, hint: ENDED_TOKEN, refused: true, means: 401 };
	if (body === false) return { hint: FALSE, refused: true };
	const meant = MEANS.find(([words]) => words.test(said ?? ''))?.[1];
	const means = exceptionStatus(body) ?? meant;
	return { said, hint: hintFor(means ?? status, path, method, meant), means };
}

function saidIn(body: unknown): string | undefined {
	if (!isRecord(body)) return plainWords(body);
	const words = [body.message, body.description].filter(
		(text): text is string => typeof text === 'string' && text.trim() !== '',
	);
	return words.length > 0 ? words.join(': ') : undefined;
}

function hintFor(
	status: number,
	path: string,
	method: string,
	meant: number | undefined,
): string | undefined {
	const isDecision = path.includes('/tasktypes/approval/') && method === 'POST';
	if (isDecision && [status, meant].some((one) => one === 400 || one === 409)) return ENDED_TASK;
	if (status === 403 || meant === 403) return ASSIGNEE;
	if (status === 404 || meant === 404) return UNKNOWN;
	if (status > 501 && path.endsWith('/run')) {
		return 'A report that takes long may end like this: narrow its filters, or try again later.';
	}
	return undefined;
}
