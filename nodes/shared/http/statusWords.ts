/** Says of an answer that is not a success what happened, to what, and what to do. */
import type { Failure, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { noteMeaning } from './nodeErrors';

/** A service's answer that is not a success. `status` 0: there was no answer. */
export interface Refusal {
	service: string;
	/** What was asked for, as "approve task 123". */
	action: string;
	status: number;
	/** What it did instead, where the status code does not tell: "refused the request". */
	what?: string;
	/** The service's own words, if it had any. */
	said?: string;
	/** What to do, when the vendor knows better than the status code. */
	hint?: string;
	/** What the credential calls the service's address; `Base URL` when absent. */
	address?: string;
	/** Seconds the service asked to wait. */
	retryAfter?: number;
	/** Whether it was the login that was refused. */
	isLogin?: boolean;
	/** The status that its words mean, where they say what it is. */
	means?: number;
}

const ADVICE: Array<[(status: number) => boolean, string, string]> = [
	[
		(s) => s === 0,
		'could not be reached',
		'Check the Base URL in the credential and that the service is up, then try again.',
	],
	[
		(s) => s >= 200 && s < 300,
		'answered with something that is not its API',
		'Check the Base URL in the credential: it looks like the address of a web page.',
	],
	[
		(s) => s >= 300 && s < 400,
		'redirected the call to another address',
		'Enter the final address as Base URL in the credential. Redirects are not followed, to keep the token safe.',
	],
	[(s) => s === 400 || s === 422, 'did not accept the values', 'Check the fields of this node.'],
	[
		(s) => s === 401,
		'did not accept the credential',
		'Open the credential, renew the token or password, and test it.',
	],
	[
		(s) => s === 403,
		'does not allow this',
		'Use a credential, or a secret, of someone who may do it.',
	],
	[
		(s) => s === 404,
		'does not know what was asked for',
		'Check the ID, and the Base URL and path in the credential.',
	],
	[
		(s) => s === 429,
		'is receiving too many requests',
		'Lower Items in Parallel, or try again later.',
	],
	[
		(s) => s >= 500,
		'could not process the request',
		'Try again later. Check in the service whether a change was made before you repeat one.',
	],
	[() => true, 'refused the request', 'Check the fields of this node and the credential.'],
];

/** Builds the error the builder of a workflow sees. Carries the HTTP code, never a secret. */
export function refusalError(node: INode, refusal: Refusal): NodeApiError {
	const { service, action, status, said, retryAfter } = refusal;
	const [, what, advice] = ADVICE.find(([applies]) => applies(status))!;
	const code = status > 0 ? ` (HTTP ${status})` : '';
	const meant = countingStatus(refusal);
	const isForNow = meant !== status && status < 500 && isPassing(meant);
	const done = refusal.what ?? (isForNow ? 'refuses calls for now' : what);
	const message = `${service} ${done}${code}: could not ${action}`;
	const description = [
		said && `${service} said: "${said}".`,
		retryAfter !== undefined && `It asks to wait ${retryAfter} seconds.`,
		refusal.hint ?? advice.replace('Base URL', refusal.address ?? 'Base URL'),
	]
		.filter(Boolean)
		.join(' ');
	const httpCode = status > 0 ? String(status) : undefined;
	const error = new NodeApiError(node, { message } as JsonObject, {
		message,
		description,
		httpCode,
	});
	error.failure = causeOf(refusal);
	return noteMeaning(error, meant);
}

/**
 * Why it failed, as n8n reads it: it waits before the next poll, as long as the service asked to, or tells that somebody
 * has to act. None for what a status does not tell, such as a web page with 200.
 */
function causeOf(refusal: Refusal): Failure | undefined {
	const { retryAfter, isLogin } = refusal;
	const status = countingStatus(refusal);
	const wait = retryAfter === undefined ? {} : { retryAfterMs: retryAfter * 1000 };
	if (status === 429) return { cause: 'rate-limited', ...wait };
	if (isPassing(status)) return { cause: 'temporarily-unavailable', ...wait };
	if (status === 401 || isLogin) return { cause: 'credential-invalid' };
	return status < 300 ? undefined : { cause: 'configuration-invalid' };
}

/** A service that is not there, or too busy, says what comes to its mind: there the status counts. Elsewhere the words do. */
const countingStatus = ({ status, means }: Refusal) =>
	[408, 429].includes(status) || status > 501 ? status : (means ?? status);

const isPassing = (status: number) =>
	[0, 408, 429].includes(status) || (status >= 500 && status !== 501);
