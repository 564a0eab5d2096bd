/** Sends every request: to the credential's own origin only, repeating only what is safe to repeat. */
import {
	sleep,
	type ICredentialDataDecryptedObject,
	type INode,
	type NodeApiError,
} from 'n8n-workflow';

import { isUsable, wordsIn } from './answerBody';
import { isRead, type ApiContext, type ApiRequest, type ApiResponse } from './apiRequest';
import { readBaseUrl } from './baseUrl';
import { fieldError } from './nodeErrors';
import { RENEW_LOGIN } from './login';
import { failureOf, isSuccess, saysRefused, shownWords } from './refusals';
import { noteSecrets, secretsIn } from './secretsOf';
import { sendOnce, type Answer } from './sendOnce';

export type { ApiContext, ApiRequest, ApiResponse } from './apiRequest';

/** What a service said of a failure. Words count under any status: engines and gateways give the same ones another. */
export interface Explained {
	said?: string;
	hint?: string;
	/** Whether the words say that nothing was done, also where the status leaves it open. */
	refused?: boolean;
	/** The status that the words mean, whichever they came with. */
	means?: number;
}

export interface ServiceDescription {
	/** The service's name in messages. */
	service: string;
	/** Its name. Its password fields are not to be seen in an error, should the service quote them. */
	credential: string;
	baseUrl(credentials: ICredentialDataDecryptedObject): unknown;
	/** What the credential calls that address; `Base URL` when absent. */
	address?: string;
	/** The service's words in an error body, and what to do about them. */
	explainError(response: ApiResponse, request: ApiRequest): Explained;
	/** Whether an answer with a 2xx status says in its body that the call failed. */
	isRefusal?(body: unknown): boolean;
	/** Whether an answer says that the login has expired, for services that say so without 401. */
	hasExpired?(
		body: unknown,
		about: { status: number; credentials: ICredentialDataDecryptedObject },
	): boolean;
}

/** Sends a request with the credential. */
export interface RequestApi {
	(context: ApiContext, request: ApiRequest): Promise<ApiResponse>;
	/** The error for an answer that was read and is not what was asked for; of a write it may have been done. */
	refused(context: ApiContext, request: ApiRequest, response: ApiResponse): Promise<NodeApiError>;
	/** What the service wrote, as it may be shown in an error. */
	shown(context: ApiContext, words: string): Promise<string>;
}

const MAX_TRIES = 3;
const MAX_WAIT_SECONDS = 30;
const TRANSIENT = [0, 429, 502, 503, 504];

/**
 * Makes the one function a vendor sends requests with.
 * Reads, and writes with an idempotency key, are tried three times on 429, 502, 503, 504 and a lost connection, but not after a
 * time-out, waiting as `Retry-After` asks, 30 s at most.
 * @throws NodeApiError with the HTTP code and the service's words; NodeOperationError for an unusable base URL.
 */
export function createTransport(vendor: ServiceDescription): RequestApi {
	async function request(context: ApiContext, asked: ApiRequest): Promise<ApiResponse> {
		const credentials = await context.getCredentials(vendor.credential);
		const url = targetUrl(context.getNode(), vendor, credentials, asked.path);
		const tries = isRead(asked) || asked.idempotencyKey !== undefined ? MAX_TRIES : 1;
		for (let attempt = 1; ; attempt++) {
			const answer = await send(context, vendor, asked, { url, credentials });
			if (isWanted(vendor, answer, asked)) {
				noteSecrets(context, secretsIn(answer.body));
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
				throw await failureOf(context, vendor, asked, answer, credentials);
			}
			await sleep(wait * 1000);
		}
	}

	return Object.assign(request, {
		refused: async (context: ApiContext, asked: ApiRequest, response: ApiResponse) =>
			await failureOf(context, vendor, asked, response),
		shown: async (context: ApiContext, words: string) =>
			(await shownWords(context, vendor, words)) ?? '',
	});
}

function isWanted(vendor: ServiceDescription, answer: Answer, request: ApiRequest): boolean {
	// a status that the login ended with says nothing of what was asked for
	if (answer.noLogin || answer.unreadable !== undefined) return false;
	if (request.accept?.includes(answer.status)) return true;
	if (!isSuccess(answer) || saysRefused(vendor, answer)) return false;
	return isUsable(answer.body, answer.headers, request.answer);
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
	if (answer.noLogin || answer.status === 0) return answer;
	const hasExpired = (given: Answer) =>
		given.status === 401 ||
		vendor.hasExpired?.(wordsIn(given), { status: given.status, credentials }) === true;
	if (!hasExpired(answer)) return answer;
	const headers = { ...request.headers, [RENEW_LOGIN]: 'yes' };
	const again = await sendOnce(context, vendor.credential, { ...request, headers }, url);
	if (again.noRenewal && answer.status === 401) return answer;
	return isSuccess(again) && hasExpired(again) ? { ...again, status: 401 } : again;
}
