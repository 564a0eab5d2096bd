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

import { readBaseUrl } from './baseUrl';
import { fieldError, refusalError } from './errors';

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
	body?: IDataObject;
	/** Milliseconds; 30,000 by default. */
	timeout?: number;
	/** `false`: never repeat, not even a read. */
	retry?: boolean;
	/** Statuses besides 2xx that the caller reads itself. */
	accept?: number[];
}

export interface ApiResponse {
	status: number;
	/** Parsed JSON, or the text when it is none. */
	body: unknown;
}

export interface ServiceDescription {
	/** The service's name in messages. */
	service: string;
	credential: string;
	baseUrl(credentials: ICredentialDataDecryptedObject): unknown;
	/** The service's words in an error body, and what to do about them. */
	explainError(response: ApiResponse, request: ApiRequest): { said?: string; hint?: string };
}

export type RequestApi = (context: ApiContext, request: ApiRequest) => Promise<ApiResponse>;

const TIMEOUT = 30_000;
const MAX_TRIES = 3;
const MAX_WAIT_SECONDS = 30;
const TRANSIENT = [0, 429, 502, 503, 504];
const TIMED_OUT = /timeout of|ETIMEDOUT|ECONNABORTED|timed out/i;
const SLOW =
	'It did not answer in time. Check in the service whether a change was made before you repeat one.';
/** What axios and n8n say of any 401: no news to the reader. */
const STOCK_WORDS = /^(Request failed with status code|Authorization failed)/;

/**
 * Makes the one function a vendor sends requests with.
 * Reads are tried three times on 429, 502, 503, 504 and a lost connection, waiting as `Retry-After` asks, 30 s at most.
 * @throws NodeApiError with the HTTP code and the service's words; NodeOperationError for an unusable base URL.
 */
export function createTransport(vendor: ServiceDescription): RequestApi {
	return async (context, request) => {
		const node = context.getNode();
		const url = await targetUrl(context, vendor, request.path);
		const tries = request.method === 'GET' && request.retry !== false ? MAX_TRIES : 1;
		for (let attempt = 1; ; attempt++) {
			const answer = await send(context, vendor, request, url);
			if (isWanted(answer, request)) return { status: answer.status, body: answer.body };
			const wait = answer.retryAfter ?? 0.5 * attempt + Math.random() * 0.5;
			if (attempt >= tries || !TRANSIENT.includes(answer.status) || wait > MAX_WAIT_SECONDS) {
				throw refusalError(node, {
					service: vendor.service,
					action: request.action,
					status: answer.status,
					retryAfter: answer.retryAfter,
					...(answer.status > 0 && vendor.explainError(answer, request)),
					...(answer.said && { said: answer.said }),
					...(answer.hint && { hint: answer.hint }),
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
}

function isWanted({ status, body }: Answer, request: ApiRequest): boolean {
	if (request.accept?.includes(status)) return true;
	return status >= 200 && status < 300 && (typeof body !== 'string' || body.trim() === '');
}

async function targetUrl(
	context: ApiContext,
	vendor: ServiceDescription,
	path: string,
): Promise<string> {
	const node = context.getNode();
	const credentials = await context.getCredentials(vendor.credential);
	let base: string;
	try {
		base = readBaseUrl(vendor.baseUrl(credentials));
	} catch (error) {
		throw fieldError(
			node,
			(error as Error).message,
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
	url: string,
): Promise<Answer> {
	const options: IHttpRequestOptions = {
		url,
		method: request.method,
		qs: request.qs,
		body: request.body,
		json: true,
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
			body: response.body,
			retryAfter: seconds(response.headers['retry-after']),
		};
	} catch (error) {
		return unanswered(context.getNode(), error);
	}
}

/** What is left of a thrown request: a 401, a refused login, or no answer at all. */
function unanswered(node: INode, error: unknown): Answer {
	if (!(error instanceof NodeApiError)) throw fieldError(node, messageOf(error), '');
	const { signInStatus } = (error.cause ?? {}) as { signInStatus?: number };
	if (signInStatus !== undefined) {
		return { status: signInStatus, body: undefined, hint: `${error.message}.` };
	}
	const causes = [error.message, ...error.messages].filter((text) => !STOCK_WORDS.test(text));
	if (error.httpCode && /^\d{3}$/.test(error.httpCode)) {
		return { status: Number(error.httpCode), body: error.context.data, said: causes[0] };
	}
	const slow = [error.message, ...error.messages].some((text) => TIMED_OUT.test(text));
	return { status: 0, body: undefined, hint: slow ? SLOW : undefined };
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
