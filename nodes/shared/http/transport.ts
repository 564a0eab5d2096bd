/** Sends every request: to the credential's own origin only, repeating only what is safe to repeat. */
import { sleep, type ICredentialDataDecryptedObject, type INode } from 'n8n-workflow';

import { isUsable, readBytes } from './answerBody';
import type { ApiContext, ApiRequest, ApiResponse } from './apiRequest';
import { readBaseUrl } from './baseUrl';
import { fieldError, markAnswerUnknown, refusalError } from './errors';
import { hideSecrets } from './hideSecrets';
import { RENEW_LOGIN } from './login';
import { sendOnce, type Answer } from './sendOnce';

export type { ApiContext, ApiRequest, ApiResponse } from './apiRequest';

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

const MAX_TRIES = 3;
const MAX_WAIT_SECONDS = 30;
const TRANSIENT = [0, 429, 502, 503, 504];
const SLOW =
	'It did not answer in time. Check in the service whether a change was made before you repeat one.';
/** From 520 on it is a proxy that tells what became of its own request. */
const isUnsureStatus = (status: number) =>
	[0, 408, 502, 503, 504].includes(status) || status >= 520;
/** How much of a service's words is shown; cut after its secrets were taken out. */
const MAX_WORDS = 500;

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
				answer.timedOut ||
				!TRANSIENT.includes(answer.status) ||
				wait > MAX_WAIT_SECONDS
			) {
				const told = answer.status > 0 ? vendor.explainError(answer, request) : {};
				const failure = refusalError(node, {
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
				throw isUnsure(answer, request) ? markAnswerUnknown(failure) : failure;
			}
			await sleep(wait * 1000);
		}
	};
}

/** Whether it is a write whose answer was lost: it may have been carried out, and must not be sent again without its key. */
function isUnsure(answer: Answer, request: ApiRequest): boolean {
	const isRead = request.method === 'GET' && request.retry !== false;
	return !isRead && !answer.neverSent && isUnsureStatus(answer.status);
}

function unsureHint(answer: Answer, request: ApiRequest, service: string): string | undefined {
	if (answer.timedOut) return SLOW;
	if (!isUnsure(answer, request) || request.idempotencyKey !== undefined) return undefined;
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
	const answer = await sendOnce(context, vendor.credential, request, url);
	if (!vendor.hasExpired || answer.noLogin || [0, 401].includes(answer.status)) return answer;
	const hasExpired = ({ body, status }: Answer) =>
		vendor.hasExpired?.(readBytes(body), { status, credentials }) === true;
	if (!hasExpired(answer)) return answer;
	const headers = { ...request.headers, [RENEW_LOGIN]: 'yes' };
	const again = await sendOnce(context, vendor.credential, { ...request, headers }, url);
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
