/**
 * The login of a credential: gets a token where one is exchanged, keeps it, attaches it to requests to the credential's
 * own address, and answers the Test button in sentences. Items in parallel share one exchange.
 */
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { isHalf } from './answerBody';
import { withinDeadline } from './deadline';
import { keepToken, keptToken, loginMark, tokenIn } from './keptToken';
import { loginError, RENEW_LOGIN } from './login';
import { refuseRedirects, requireOwnOrigin } from './ownOrigin';
import { takeBody } from './readAnswer';
import { createSealedTokens } from './sealedTokens';
import { noteSecrets } from './secretsOf';
import { whyRefused, type Explained } from './whyRefused';
import { whyUnreachable } from './whyUnreachable';

type Credentials = ICredentialDataDecryptedObject;
type Helpers = IHttpRequestHelper['helpers'];

/** Milliseconds of silence, and for the whole call: a login is a few hundred bytes. */
const [TIMEOUT, DEADLINE] = [30_000, 60_000];

/** What is asked, and how its answer is read. */
interface Question<Result> extends Partial<Explained> {
	/** What a good answer says; `null`: it is none. */
	read(body: unknown): Result | null;
	/** The status that was meant, where a service says it in the body. */
	means?(status: number, body: unknown): number;
}

/** How a login becomes a token. */
export interface Exchange extends Question<string> {
	request: IHttpRequestOptions;
	/** What else makes it another login. */
	also?: unknown;
	/** Seconds a token lives that does not say it. */
	lifetime?: number;
}

export interface LoginDescription extends Explained {
	/** Where the secret may go. @throws Error with a sentence for the user */
	ownUrl(credentials: Credentials): string;
	/** The secret as it was entered; '' when it is missing. */
	secret(credentials: Credentials): string;
	/** The exchange, where the token is not the secret itself. @throws Error with a sentence for the user */
	exchange?(credentials: Credentials): Exchange | null;
	/** Puts the token into a request, which may have it already; as a bearer token when absent. */
	attach?(request: IHttpRequestOptions, token: string, credentials: Credentials): void;
	/** What the Test button asks. */
	test: Question<unknown> & { path: string };
}

/** n8n keeps the token there. It also makes n8n call `preAuthentication` before each test, whether or not there is an exchange. */
export const SESSION_TOKEN: INodeProperties = {
	displayName: 'Session Token',
	name: 'sessionToken',
	type: 'hidden',
	typeOptions: { expirable: true, password: true },
	default: '',
};

/** @returns what a credential extends. Its own properties are left to the class, where n8n and its linter look for them. */
export function createLogin(vendor: LoginDescription) {
	/** What the Test button's `authenticate` asks with. n8n itself would show codes, and take any page for a success. */
	const helpersOf = new WeakMap<Credentials, Helpers>();
	const underWay = new Map<string, Promise<string>>();
	const renewals = createSealedTokens();

	function exchangeOf(credentials: Credentials) {
		const own = told(() => vendor.ownUrl(credentials));
		const exchange = told(() => vendor.exchange?.(credentials) ?? null);
		const { request, also } = exchange ?? {};
		return { own, exchange, owner: loginMark([own, request, also]) };
	}

	async function exchangeFor(helpers: Helpers, exchange: Exchange, owner: string): Promise<string> {
		try {
			const token = await ask(helpers, { ...vendor, ...exchange }, exchange.request);
			return keepToken(owner, token, exchange.lifetime);
		} finally {
			underWay.delete(owner);
		}
	}

	/** What others in parallel got in the place of a refused token, the last of it, while it is good. */
	function renewedFor(owner: string, refused: string | null): string | undefined {
		const held = new Set<string>();
		let last: string | undefined;
		for (let token = refused; token !== null && !held.has(token);) {
			held.add(token);
			const next = renewals.open(owner, token);
			if (keptToken(next, owner) === null) break;
			last = next;
			token = tokenIn(next, owner);
		}
		return last;
	}

	// methods: with a property called "authenticate" n8n would offer Custom API Call in the nodes' menus
	return class {
		async preAuthentication(this: IHttpRequestHelper, credentials: Credentials) {
			helpersOf.set(credentials, this.helpers);
			const { exchange, owner } = exchangeOf(credentials);
			if (!exchange) return {};
			const refused = tokenIn(credentials.sessionToken, owner);
			const renewed = renewedFor(owner, refused);
			if (renewed) return { sessionToken: renewed };
			const getToken = underWay.get(owner) ?? exchangeFor(this.helpers, exchange, owner);
			underWay.set(owner, getToken);
			const sessionToken = await getToken;
			// a service may give the same one again
			if (refused && tokenIn(sessionToken, owner) !== refused) {
				renewals.seal(owner, refused, sessionToken);
			}
			return { sessionToken };
		}

		async authenticate(
			credentials: Credentials,
			request: IHttpRequestOptions,
		): Promise<IHttpRequestOptions> {
			const { [RENEW_LOGIN]: renew, ...headers } = request.headers ?? {};
			request.headers = headers;
			const { own, exchange, owner } = exchangeOf(credentials);
			requireOwnOrigin(own, request, vendor.address);
			refuseRedirects(request);
			const token = exchange
				? keptToken(credentials.sessionToken, owner)
				: vendor.secret(credentials);
			if (!token || renew !== undefined) {
				const reason = `The token has ended, or is missing: enter a new one in the ${vendor.service} credential.`;
				// n8n takes the first for "renew it"
				throw loginError(
					reason,
					exchange ? { response: { status: 401 } } : { loginStatus: 401, noRenewal: true },
				);
			}
			// the request that knows of no renewal within it finds its token there
			if (request.abortSignal) noteSecrets(request.abortSignal, [token]);
			if (vendor.attach) vendor.attach(request, token, credentials);
			else request.headers.Authorization = `Bearer ${token}`;
			const helpers = helpersOf.get(credentials);
			if (helpers && request.url === vendor.test.path) {
				await ask(helpers, { ...vendor, ...vendor.test }, request);
			}
			return request;
		}
	};
}

/** @throws what `loginError` makes: n8n would send a wrong password twice if it were told a 401 in its own way */
async function ask<Result>(
	helpers: Helpers,
	question: Question<Result> & Explained,
	request: IHttpRequestOptions,
): Promise<Result> {
	const options: IHttpRequestOptions = {
		...request,
		timeout: TIMEOUT,
		returnFullResponse: true,
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		encoding: 'stream',
	};
	const answer = await withinDeadline(
		DEADLINE,
		undefined,
		async (abortSignal) => await whole(await helpers.httpRequest({ ...options, abortSignal })),
	).catch((error: unknown) => {
		throw loginError(whyUnreachable(error, question), { loginStatus: 0 });
	});
	const { statusCode, body, headers } = answer;
	const status = question.means?.(statusCode, body) ?? statusCode;
	const result = status >= 200 && status < 300 ? question.read(body) : null;
	if (result !== null) return result;
	throw loginError(whyRefused(status, body, question), {
		loginStatus: status < 300 ? 404 : status,
		loginHeaders: headers,
	});
}

interface LoginAnswer {
	statusCode: number;
	body: unknown;
	headers: IDataObject;
}

/** What cannot be read is none of the service's answers. @throws when a good answer has lost its end */
async function whole(answer: unknown): Promise<LoginAnswer> {
	const { statusCode, headers } = answer as LoginAnswer;
	const taken = await takeBody(answer as LoginAnswer);
	if ('unreadable' in taken) return { statusCode, body: null, headers };
	const { body } = taken;
	if (statusCode < 300 && isHalf(body, 'json', true)) throw new Error('The answer broke off');
	return { statusCode, body, headers };
}

function told<Result>(read: () => Result): Result {
	try {
		return read();
	} catch (error) {
		throw loginError((error as Error).message);
	}
}
