/** Sends every request: to the credential's own origin only, repeating only what is safe to repeat. */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	INode,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeApiError, sleep } from 'n8n-workflow';

import { isRaw, isUsable, readBytes, type AnswerKind } from './answerBody';
import { readBaseUrl } from './baseUrl';
import { fieldError, refusalError } from './errors';
import { hideSecrets } from './hideSecrets';
import { multipart, type UploadFile } from './multipart';
import { isLoginError, RENEW_LOGIN } from './renewal';

/** Every n8n context a request can be made from. */
export type ApiContext =
	IExecuteFunctions | IHookFunctions | IWebhookFunctions | IPollFunctions | ILoadOptionsFunctions;

export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Below the base URL, with a leading slash. */
	path: string;
	/** What is asked for, for error messages: "approve task 123". */
	action: string;
	qs?: IDataObject;
	/** Sent as JSON. */
	body?: IDataObject | IDataObject[];
	/** Sent URL-encoded instead of a JSON body. */
	form?: Record<string, string>;
	/** Sent as a multipart form instead of a JSON body. */
	file?: UploadFile;
	headers?: IDataObject;
	/** What a good answer is; `json` by default. */
	answer?: AnswerKind;
	/** Sent as `Idempotency-Key`; it makes a write safe to repeat, so it is retried like a read. */
	idempotencyKey?: string;
	/** Milliseconds; 30,000 by default. */
	timeout?: number;
	/** `false`: never repeat, not even a GET, because it changes something. */
	retry?: boolean;
	/** Statuses besides 2xx that the caller reads itself. */
	accept?: number[];
}

export interface ApiResponse {
	status: number;
	/** Parsed JSON, or the text when it is none; a Buffer when a `file` or `bytes` were asked for. */
	body: unknown;
	/** Names in lower case; empty when there was no answer. */
	headers: IDataObject;
}

export interface ServiceDescription {
	/** The service's name in messages. */
	service: string;
	credential: string;
	baseUrl(credentials: ICredentialDataDecryptedObject): unknown;
	/** What the credential calls that address; `Base URL` when absent. */
	address?: string;
	/** The service's words in an error body, and what to do about them. */
	explainError(response: ApiResponse, request: ApiRequest): { said?: string; hint?: string };
	/** Whether an answer with a 2xx status says in its body that the call failed. */
	isRefusal?(body: unknown): boolean;
	/** Whether an answer says that the login has expired, for services that say so without 401. */
	hasExpired?(
		body: unknown,
		about: { status: number; credentials: ICredentialDataDecryptedObject },
	): boolean;
	/** What must not be seen in an error, should the service's words quote it. */
	secrets?(credentials: ICredentialDataDecryptedObject): unknown[];
}

export type RequestApi = (context: ApiContext, request: ApiRequest) => Promise<ApiResponse>;

const TIMEOUT = 30_000;
const MAX_TRIES = 3;
const MAX_WAIT_SECONDS = 30;
const TRANSIENT = [0, 429, 502, 503, 504];
const TIMED_OUT = /timeout of|ETIMEDOUT|ECONNABORTED|timed out/i;
const SLOW =
	'It did not answer in time. Check in the service whether a change was made before you repeat one.';
const UNSURE = [0, 502, 503, 504];
const NEVER_SENT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/;
/** How much of a service's words is shown; cut after its secrets were taken out. */
const MAX_WORDS = 500;
/** What axios and n8n say of any 401: no news to the reader. */
const STOCK_WORDS = /^(Request failed with status code|Authorization failed)/;

/**
 * Makes the one function a vendor sends requests with.
 * Reads, and writes with an idempotency key, are tried three times on 429, 502, 503, 504 and a lost connection, but not after a
 * time-out, waiting as `Retry-After` asks, 30 s at most.
 * @throws NodeApiError with the HTTP code and the service's words; NodeOperationError for an unusable base URL.
 */
export function createTransport(vendor: ServiceDescription): RequestApi {
	return async (context, request) => {
		const node = context.getNode();
		const credentials = await context.getCredentials(vendor.credential);
		const url = targetUrl(node, vendor, credentials, request.path);
		const repeatable = request.method === 'GET' || request.idempotencyKey !== undefined;
		const tries = repeatable && request.retry !== false ? MAX_TRIES : 1;
		for (let attempt = 1; ; attempt++) {
			const answer = await send(context, vendor, request, { url, credentials });
			const isRead = request.accept?.includes(answer.status) === true;
			const refused = !isRead && isSuccess(answer) && vendor.isRefusal?.(answer.body) === true;
			if (!refused && isWanted(answer, request)) {
				return { status: answer.status, body: answer.body, headers: answer.headers };
			}
			const wait = answer.retryAfter ?? 0.5 * attempt + Math.random() * 0.5;
			if (
				attempt >= tries ||
				answer.noLogin ||
				answer.hint === SLOW ||
				!TRANSIENT.includes(answer.status) ||
				wait > MAX_WAIT_SECONDS
			) {
				const told = answer.status > 0 ? vendor.explainError(answer, request) : {};
				throw refusalError(node, {
					service: vendor.service,
					action: request.action,
					address: vendor.address,
					status: answer.status,
					...(refused && { what: 'refused the request' }),
					...(answer.noLogin && { what: 'could not be signed in to' }),
					retryAfter: answer.retryAfter,
					said: await wordsToShow(context, vendor, credentials, answer.said ?? told.said),
					hint: answer.hint ?? told.hint ?? unsureHint(answer, request, vendor.service),
				});
			}
			await sleep(wait * 1000);
		}
	};
}

interface Answer extends ApiResponse {
	retryAfter?: number;
	said?: string;
	hint?: string;
	/** The request did not leave this machine. */
	neverSent?: boolean;
	/** The credential had no token to send it with. */
	noLogin?: boolean;
}

/** After a write whose answer was lost: it may have been carried out. */
function unsureHint(answer: Answer, request: ApiRequest, service: string): string | undefined {
	const isRead = request.method === 'GET' && request.retry !== false;
	if (isRead || request.idempotencyKey !== undefined) return undefined;
	if (answer.neverSent || !UNSURE.includes(answer.status)) return undefined;
	return `It may have been done all the same: check in ${service} before repeating it.`;
}

const isSuccess = ({ status }: Answer) => status >= 200 && status < 300;

function isWanted(answer: Answer, request: ApiRequest): boolean {
	if (request.accept?.includes(answer.status)) return true;
	return isSuccess(answer) && isUsable(answer.body, answer.headers, request.answer);
}

function targetUrl(
	node: INode,
	vendor: ServiceDescription,
	credentials: ICredentialDataDecryptedObject,
	path: string,
): string {
	let base: string;
	try {
		base = readBaseUrl(vendor.baseUrl(credentials));
	} catch (error) {
		throw fieldError(
			node,
			(error as Error).message.replace('Base URL', vendor.address ?? 'Base URL'),
			`Correct it in the ${vendor.service} credential.`,
		);
	}
	const url = new URL(`${base}${path}`);
	if (url.href !== `${base}${path}`) {
		throw fieldError(
			node,
			'An ID leads to another address',
			'Enter a plain ID, without slashes or dots.',
		);
	}
	return url.href;
}

async function send(
	context: ApiContext,
	vendor: ServiceDescription,
	request: ApiRequest,
	{ url, credentials }: { url: string; credentials: ICredentialDataDecryptedObject },
): Promise<Answer> {
	const answer = await sendOnce(context, vendor, request, url);
	if (!vendor.hasExpired || answer.noLogin || [0, 401].includes(answer.status)) return answer;
	const hasExpired = ({ body, status }: Answer) =>
		vendor.hasExpired?.(readBytes(body), { status, credentials }) === true;
	if (!hasExpired(answer)) return answer;
	const headers = { ...request.headers, [RENEW_LOGIN]: 'yes' };
	const again = await sendOnce(context, vendor, { ...request, headers }, url);
	return isSuccess(again) && hasExpired(again) ? { ...again, status: 401 } : again;
}

/** The credential is read again: its token may have been renewed meanwhile. */
async function wordsToShow(
	context: ApiContext,
	vendor: ServiceDescription,
	before: ICredentialDataDecryptedObject,
	said: string | undefined,
): Promise<string | undefined> {
	if (said === undefined || !vendor.secrets) return said;
	const now = await context.getCredentials(vendor.credential);
	return hideSecrets(said, [before, now].flatMap(vendor.secrets)).slice(0, MAX_WORDS);
}

async function sendOnce(
	context: ApiContext,
	vendor: ServiceDescription,
	request: ApiRequest,
	url: string,
): Promise<Answer> {
	const options: IHttpRequestOptions = {
		url,
		method: request.method,
		qs: request.qs,
		...content(request),
		json: !isRaw(request.answer),
		...(isRaw(request.answer) && { encoding: 'arraybuffer' as const }),
		timeout: request.timeout ?? TIMEOUT,
		returnFullResponse: true,
		disableFollowRedirect: true,
		// 401 must be thrown: n8n renews an expired login only then
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
	};
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			vendor.credential,
			options,
		)) as IN8nHttpFullResponse;
		return {
			status: response.statusCode,
			body: readBody(response, request),
			headers: response.headers,
			retryAfter: seconds(response.headers['retry-after']),
		};
	} catch (error) {
		return unanswered(context.getNode(), error);
	}
}

function readBody({ statusCode, body }: IN8nHttpFullResponse, { answer }: ApiRequest): unknown {
	if (!isRaw(answer)) return body;
	const isGood = statusCode >= 200 && statusCode < 300;
	return isGood ? Buffer.from(body as unknown as Uint8Array) : readBytes(body);
}

function content({ body, form, file, headers, idempotencyKey }: ApiRequest) {
	const sent: IDataObject = { ...headers };
	if (idempotencyKey !== undefined) sent['Idempotency-Key'] = idempotencyKey;
	if (file !== undefined) {
		const { contentType, body: bytes } = multipart(file);
		return { headers: { ...sent, 'Content-Type': contentType }, body: bytes };
	}
	if (form === undefined) return { headers: sent, body };
	sent['Content-Type'] = 'application/x-www-form-urlencoded';
	return { headers: sent, body: new URLSearchParams(form).toString() };
}

/** What is left of a thrown request: a 401, a refused login, or no answer at all. */
function unanswered(node: INode, error: unknown): Answer {
	if (!(error instanceof NodeApiError)) throw fieldError(node, messageOf(error), '');
	const status = /^\d{3}$/.test(error.httpCode ?? '') ? Number(error.httpCode) : 0;
	if (isLoginError(error.cause)) {
		const { message, loginStatus = status } = error.cause;
		const hint = message.replace(/[^.]$/, '$&.');
		return {
			status: loginStatus,
			body: undefined,
			headers: {},
			hint,
			neverSent: true,
			noLogin: true,
		};
	}
	const causes = [error.message, ...error.messages].filter((text) => !STOCK_WORDS.test(text));
	if (status > 0) {
		return {
			status,
			body: error.context.data,
			headers: {},
			said: causes[0],
		};
	}
	const texts = [error.message, ...error.messages];
	return {
		status: 0,
		body: undefined,
		headers: {},
		hint: texts.some((text) => TIMED_OUT.test(text)) ? SLOW : undefined,
		neverSent: texts.some((text) => NEVER_SENT.test(text)),
	};
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** `Retry-After` as seconds or as a date. */
function seconds(header: unknown): number | undefined {
	if (typeof header !== 'string' || header === '') return undefined;
	const value = /^\d+$/.test(header)
		? Number(header)
		: Math.ceil((Date.parse(header) - Date.now()) / 1000);
	return Number.isFinite(value) ? Math.max(0, value) : undefined;
}
