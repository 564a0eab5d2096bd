/** Tells a failed request: what happened, in the service's words without their secrets, and whether it may have been done. */
import type { ICredentialDataDecryptedObject, NodeApiError } from 'n8n-workflow';

import { isPage, wordsIn } from './answerBody';
import { isRead, type ApiContext, type ApiRequest, type ApiResponse } from './apiRequest';
import { markAnswerUnknown, markDoubtful, noteAnswerTime } from './nodeErrors';
import { refusalError, type Refusal } from './statusWords';
import { hideSecrets } from './hideSecrets';
import { credentialSecrets, notedSecrets, requestSecrets } from './secretsOf';
import type { Answer } from './sendOnce';
import type { Explained, ServiceDescription } from './transport';

const SLOW =
	'It did not answer in time. Check in the service whether a change was made before you repeat one.';
const BROKE_OFF =
	'Its answer ended in the middle. Try again; if it happens each time, look for a proxy or a limit that ends it.';
/** Of a failure inside a good status, which would otherwise be taken for a web page. */
const REFUSED = 'Check the fields of this node and the credential.';
/** From 520 on it is a proxy that tells what became of its own request. */
const isUnsureStatus = (status: number) =>
	[0, 408, 502, 503, 504].includes(status) || status >= 520;

export const isSuccess = ({ status }: ApiResponse) => status >= 200 && status < 300;

/** The error for a request that failed, marked when it is a write that may have been done. */
export async function failureOf(
	context: ApiContext,
	vendor: ServiceDescription,
	request: ApiRequest,
	answer: Answer,
	before?: ICredentialDataDecryptedObject,
): Promise<NodeApiError> {
	const told: Explained =
		answer.status > 0 ? vendor.explainError({ ...answer, body: wordsIn(answer) }, request) : {};
	const failure = refusalError(context.getNode(), {
		service: vendor.service,
		action: request.action,
		address: vendor.address,
		status: answer.status,
		...whatOf(vendor, answer),
		retryAfter: answer.retryAfter,
		isLogin: answer.noLogin,
		means: told.means,
		said: await shownWords(context, vendor, saidOf(answer, told), { request, before }),
		hint:
			answer.hint ??
			told.hint ??
			unsureHint(vendor, answer, request) ??
			(saysRefused(vendor, answer) ? REFUSED : undefined),
	});
	noteAnswerTime(failure, answer.headers.date);
	if (told.refused) return failure;
	if (isUnsure(vendor, answer, request)) return markAnswerUnknown(failure);
	return isUndecided(vendor, answer, request) ? markDoubtful(failure) : failure;
}

function whatOf(vendor: ServiceDescription, answer: Answer): Pick<Refusal, 'what'> {
	if (answer.noLogin) return { what: 'could not be signed in to' };
	if (answer.brokeOff) return { what: 'broke off its answer' };
	if (isSuccess(answer) && answer.unreadable) return { what: 'sent what cannot be read' };
	return saysRefused(vendor, answer) ? { what: 'refused the request' } : {};
}

/** The text of a redirect says where it leads, in an address that may hold anything. */
function saidOf(answer: Answer, told: Explained): string | undefined {
	const isRedirect = answer.status >= 300 && answer.status < 400;
	return isRedirect && typeof answer.body === 'string' ? undefined : (answer.said ?? told.said);
}

/** Whether a good status came with a body that says otherwise. */
export const saysRefused = (vendor: ServiceDescription, answer: ApiResponse) =>
	isSuccess(answer) && vendor.isRefusal?.(wordsIn(answer)) === true;

/** Whether it is a write whose answer was lost, or is not to be understood: it may have been carried out, and must not be sent again without its key. */
const isUnsure = (vendor: ServiceDescription, answer: Answer, request: ApiRequest) =>
	isSentWrite(answer, request) && (isUnsureStatus(answer.status) || isUnread(vendor, answer));

/**
 * What a server answers to a form that it has processed, to show another page; any other redirect says that what was sent
 * has to be sent elsewhere.
 */
const SEE_OTHER = 303;

/** Whether it is a write whose answer does not say that it was not done: a server that failed, or a page in the place of the API. */
const isUndecided = (vendor: ServiceDescription, answer: Answer, request: ApiRequest) =>
	isSentWrite(answer, request) &&
	(answer.status >= 500 || answer.status === SEE_OTHER || isTaken(vendor, answer));

const isSentWrite = (answer: Answer, request: ApiRequest) => !isRead(request) && !answer.neverSent;

const isTaken = (vendor: ServiceDescription, answer: Answer) =>
	isSuccess(answer) && !saysRefused(vendor, answer);

/** A success in words nobody knows. A web page is none: something else answered. */
const isUnread = (vendor: ServiceDescription, answer: Answer) =>
	isTaken(vendor, answer) && !isPage(wordsIn(answer));

function unsureHint(
	vendor: ServiceDescription,
	answer: Answer,
	request: ApiRequest,
): string | undefined {
	if (answer.timedOut) return SLOW;
	if (isUnsure(vendor, answer, request) && request.idempotencyKey === undefined) {
		return `It may have been done all the same: check in ${vendor.service} before repeating it.`;
	}
	if (isSuccess(answer) && answer.unreadable) return answer.unreadable;
	return answer.brokeOff ? BROKE_OFF : undefined;
}

/**
 * What others wrote, as it may be shown and stored: without any secret of the credential, the request or the node, and cut.
 * The credential is read again: its token may have been renewed meanwhile.
 */
export async function shownWords(
	context: ApiContext,
	{ credential }: Pick<ServiceDescription, 'credential'>,
	words: string | undefined,
	more: { request?: ApiRequest; before?: ICredentialDataDecryptedObject } = {},
): Promise<string | undefined> {
	if (words === undefined) return undefined;
	const now = await context.getCredentials(credential);
	return hideSecrets(words, [
		...[more.before ?? now, now].flatMap((one) => credentialSecrets(context, credential, one)),
		...(more.request ? requestSecrets(more.request) : []),
		...notedSecrets(context),
	]);
}
