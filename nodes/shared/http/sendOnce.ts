/** One request through n8n's HTTP client, and what is left of it when it fails. */
import {
	NodeApiError,
	type IHttpRequestOptions,
	type IN8nHttpFullResponse,
	type INode,
} from 'n8n-workflow';

import { isHalf, readBytes } from './answerBody';
import { isRead, type ApiContext, type ApiRequest, type ApiResponse } from './apiRequest';
import { DeadlineError, withinDeadline } from './deadline';
import { fieldError } from './nodeErrors';
import { isLoginError } from './login';
import { takeBody, type TakenBody } from './readAnswer';
import { deadlineOf, optionsOf } from './requestOptions';
import { secondsToWait } from './retryAfter';
import { notedSecrets, noteSecrets } from './secretsOf';

const TIMED_OUT = /timeout of|ETIMEDOUT|ECONNABORTED|timed out/i;
const NEVER_SENT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/;
/** What axios and n8n say of any 401: no news to the reader. */
const STOCK_WORDS =
	/^(Request failed with status code|Authorization failed|stream has been aborted)/;

/** What came of one request: an answer, or the reason why there is none. */
export interface Answer extends ApiResponse {
	retryAfter?: number;
	said?: string;
	hint?: string;
	/** There was no answer within the time limit. */
	timedOut?: boolean;
	/** An answer began and did not end. */
	brokeOff?: boolean;
	/** Why the body of an answer was not taken, in a sentence. */
	unreadable?: string;
	/** The request did not leave this machine. */
	neverSent?: boolean;
	/** The credential had no token to send it with. */
	noLogin?: boolean;
	/** Nor can it have another one. */
	noRenewal?: boolean;
}

/** Sends one request through n8n and the credential, once. Throws only what is no answer at all. */
export async function sendOnce(
	context: ApiContext,
	credential: string,
	request: ApiRequest,
	url: string,
): Promise<Answer> {
	const options = optionsOf(request, url);
	try {
		const { statusCode, headers, taken } = await withinDeadline(
			deadlineOf(request),
			cancelOf(context),
			async (abortSignal) => {
				const response = await sendBy(context, credential, { ...options, abortSignal });
				return { ...response, taken: await takeFrom(response, request) };
			},
		);
		if (taken instanceof Error) return brokenOff(taken);
		if (isCut(statusCode, taken, request)) return { ...LOST, brokeOff: true };
		return {
			...{ status: statusCode, headers, ...taken },
			retryAfter: secondsToWait(headers['retry-after']),
		};
	} catch (error) {
		if (error instanceof DeadlineError) return { ...LOST, timedOut: true };
		return unanswered(context.getNode(), error);
	}
}

const LOST = { status: 0, body: undefined, headers: {} };

const cancelOf = (context: ApiContext) =>
	'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;

/** n8n puts the signal that it asks its context for in the place of the request's own: it is given the same one. */
async function sendBy(
	context: ApiContext,
	credential: string,
	options: IHttpRequestOptions & { abortSignal: AbortSignal },
) {
	const { abortSignal } = options;
	const getExecutionCancelSignal = { value: () => abortSignal };
	const asking = Object.create(context, { getExecutionCancelSignal }) as ApiContext;
	try {
		return (await context.helpers.httpRequestWithAuthentication.call(
			asking,
			credential,
			options,
		)) as IN8nHttpFullResponse;
	} finally {
		// a token that was got and refused within the request is seen by its login only
		noteSecrets(context, notedSecrets(abortSignal));
	}
}

/** What is half is told by its body alone where a proxy in between ended it properly. */
function isCut(status: number, taken: TakenBody, request: ApiRequest): boolean {
	if ('unreadable' in taken || !isGood(status)) return false;
	return isHalf(taken.body, request.answer, isRead(request) && status !== 204);
}

const isGood = (status: number) => status >= 200 && status < 300;

/** The body, or what broke it off. */
async function takeFrom(
	{ statusCode, ...sent }: IN8nHttpFullResponse,
	{ answer }: ApiRequest,
): Promise<TakenBody | Error> {
	return await takeBody(sent, answer, isGood(statusCode)).catch((error: Error) => error);
}

/** Of an answer that has begun: silence is told from a connection that ended. */
function brokenOff({ message }: Error): Answer {
	const timedOut = TIMED_OUT.test(message);
	return { ...LOST, timedOut, brokeOff: !timedOut };
}

/** What is left of a thrown request: a 401, a refused login, or no answer at all. */
function unanswered(node: INode, error: unknown): Answer {
	if (!(error instanceof NodeApiError)) throw fieldError(node, messageOf(error), '');
	const status = /^\d{3}$/.test(error.httpCode ?? '') ? Number(error.httpCode) : 0;
	if (isLoginError(error.cause)) {
		const { message, loginStatus = status, loginHeaders = {}, noRenewal } = error.cause;
		const hint = message.replace(/[^.]$/, '$&.');
		return {
			status: loginStatus,
			body: undefined,
			headers: loginHeaders,
			retryAfter: secondsToWait(loginHeaders['retry-after']),
			hint,
			neverSent: true,
			noLogin: true,
			noRenewal,
		};
	}
	const texts = [error.message, ...error.messages];
	if (status === 401) {
		const body = readBytes(error.context.data);
		return { status, body, headers: {}, said: texts.find((text) => !STOCK_WORDS.test(text)) };
	}
	return {
		...LOST,
		// any other status of an answer is not thrown: this one came, and not what was to follow
		brokeOff: status > 0,
		timedOut: texts.some((text) => TIMED_OUT.test(text)),
		neverSent: texts.some((text) => NEVER_SENT.test(text)),
	};
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
