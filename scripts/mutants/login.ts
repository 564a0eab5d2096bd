import { breaking } from './mutant';

const room = (name: string) => `shared/http/${name}`;
/** The Test button of every vendor, and where a secret may go. */
const CREDENTIALS = ['credentials'];
const VENDORS = ['Opentaps/credential', 'Nutrient/credential'];

/** Logins that are got, kept, renewed and attached, and what is said when that fails. */
export const login = [
	...breaking(
		room('login'),
		['shared/http/transport'],
		[
			['isLoginError: true as const, ...more', 'isLoginError: true as const'],
			["error instanceof Error && 'isLoginError' in error", 'false'],
		],
	),
	...breaking(room('login'), CREDENTIALS, [
		["if (given.trim() !== '') return given;", "if (given !== '') return given;"],
		['`${field} is empty: enter it in the ${service} credential.`', '``'],
	]),
	...breaking(room('login'), VENDORS, [
		[
			"export const RENEW_LOGIN = 'x-renew-login';",
			"export const RENEW_LOGIN = 'accept';",
			'Any name will do that no request of a node carries.',
		],
	]),
	...breaking(
		room('keptToken'),
		[room('login')],
		[
			['.update(JSON.stringify(login))', ".update('')"],
			['const EARLY_MS = 300_000;', 'const EARLY_MS = 0;'],
			['Math.min(EARLY_MS, life / 10)', 'EARLY_MS'],
			['lifetime === undefined ? null : lifetime * 1000', 'null'],
			['lifetime === undefined ? null : lifetime * 1000', '(lifetime ?? 0) * 1000'],
			['Number(renewAt) !== WHEN_REFUSED && ', ''],
			['Number(renewAt) <= Date.now()', 'false'],
			['whose === owner ? token', 'true ? token'],
			['isOver ? null', 'false ? null'],
			["typeof iat === 'number' ? (exp - iat) * 1000 : exp * 1000 - now", 'exp * 1000 - now'],
			['life > 0 ? Math.min(life, LONGEST_MS) : null', 'life'],
			["if (typeof exp !== 'number') return null;", ''],
			['(.+)$/s', '([^:]+)$/s'],
		],
	),
	...breaking(room('ownOrigin'), CREDENTIALS, [
		['target?.origin === origin &&', 'target !== null &&'],
		['target?.origin === origin', 'target?.host === new URL(own).host'],
		['&& !target.username && !target.password', ''],
		['request.disableFollowRedirect = true;', ''],
		['request.followRedirect = false;', ''],
		['request.followAllRedirects = false;', ''],
		['/^(\\/(?![/\\\\])|$)/', '/^(\\/|$)/'],
		['(isWhole || isPath) && URL', 'URL'],
		['isWhole ? given :', 'isWhole && !baseURL ? given :'],
		['targets.every(', 'targets.some('],
	]),
	...breaking(
		room('createLogin'),
		[room('login')],
		[
			['underWay.get(owner) ?? exchangeFor', 'exchangeFor'],
			['underWay.delete(owner);', ''],
			['renewals.seal(owner, refused, sessionToken);', ''],
			['if (refused && tokenIn(sessionToken, owner) !== refused)', 'if (refused)'],
			['if (keptToken(next, owner) === null) break;', 'if (next === undefined) break;'],
			['token = tokenIn(next, owner);', 'token = null;'],
			['&& !held.has(token)', ''],
			['underWay.set(owner, getToken);', ''],
			['|| renew !== undefined', ''],
			['status >= 200 && status < 300 ? question', 'true ? question'],
			['request.headers = headers;', 'request.headers ??= {};'],
			['exchange ? { response: { status: 401 } } :', 'false ? {} :'],
			['loginMark([own, request, also])', 'loginMark([own])'],
			[
				'request.headers.Authorization = `Bearer ${token}`',
				'request.headers.Authorization = token',
			],
		],
	),
	...breaking(
		room('createLogin'),
		['wholeAnswers'],
		[["if (statusCode < 300 && isHalf(body, 'json', true)) throw", 'if (false) throw']],
	),
	...breaking(
		room('createLogin'),
		['deadlines'],
		[['[30_000, 60_000]', '[30_000, 6_000_000]', 'Its test waits for a login that never ends.']],
	),
	...breaking(
		room('createLogin'),
		['maskedSecrets'],
		[['if (request.abortSignal) noteSecrets(request.abortSignal, [token]);', '']],
	),
	...breaking(
		room('sealedTokens'),
		[room('login'), 'keptInMemory'],
		[
			['Date.now() - at > FRESH_MS', 'Date.now() - at > 10 * FRESH_MS'],
			['sealed.delete(one);', 'void one;'],
			['JSON.stringify([use, owner, refused])', 'JSON.stringify([use, owner])'],
			["Buffer.concat([cipher.update(renewed, 'utf8'), cipher.final()])", 'Buffer.from(renewed)'],
		],
	),
	...breaking(
		room('keptToken'),
		['shared/http/secretsOf'],
		[['KEPT.exec(String(kept))?.[3]', 'undefined']],
	),
	...breaking(room('createLogin'), VENDORS, [
		['keptToken(credentials.sessionToken, owner)', 'String(credentials.sessionToken)'],
		['if (!exchange) return {};', ''],
		['if (vendor.attach) vendor.attach(request, token, credentials);\n\t\t\telse', ''],
		['exchange.lifetime', 'undefined'],
		['question.means?.(statusCode, body) ?? statusCode', 'statusCode'],
	]),
	...breaking(room('createLogin'), CREDENTIALS, [
		['requireOwnOrigin(own, request, vendor.address);', ''],
		['refuseRedirects(request);', ''],
		['helpersOf.set(credentials, this.helpers);', ''],
		['helpers && request.url === vendor.test.path', 'false'],
		['disableFollowRedirect: true', 'disableFollowRedirect: false'],
		['ignoreHttpStatusErrors: true', 'ignoreHttpStatusErrors: false'],
		['if (result !== null) return result;', 'return result as Result;'],
		['throw loginError(whyUnreachable(error, question), { loginStatus: 0 });', 'throw error;'],
	]),
	...breaking(
		room('createLogin'),
		[...VENDORS, ...CREDENTIALS, room('transport')],
		[
			['throw loginError((error as Error).message);', 'throw error;'],
			['loginStatus: status < 300 ? 404 : status,', 'loginStatus: status,'],
		],
	),
	...breaking(
		room('whyRefused'),
		[...CREDENTIALS, ...VENDORS],
		[
			['says[isRedirect ? 300 : status]', 'undefined'],
			['status >= 300 && status < 400', 'status === 301'],
			["typeof body === 'string' && /^\\s*</.test(body)", 'false'],
			['/^\\s*</', '/^</'],
			["isPage ? 'A web page", "!isPage ? 'A web page"],
			['if (isRedirect) {', 'if (false) {'],
			['if (status === 404 || status === 405)', 'if (false)'],
			['if (status === 429)', 'if (false)'],
			['if (status >= 500) {', 'if (false) {'],
		],
	),
	...breaking(
		room('whyUnreachable'),
		[room('whyUnreachable')],
		[
			['/ECONNREFUSED/', '/-/'],
			['/ENOTFOUND|EAI_AGAIN/', '/-/'],
			['[code, message].find', '[message].find'],
			['reason?.(place) ??', ''],
		],
	),
	...breaking(
		room('whyUnreachable'),
		[room('whyUnreachable')],
		[
			['/ECONNABORTED|ETIMEDOUT|timeout/i', '/-/'],
			['/SELF_SIGNED/', '/-/'],
			['/CERT_HAS_EXPIRED/', '/-/'],
			['/CERT_NOT_YET_VALID/', '/-/'],
			['/ALTNAME_INVALID/', '/-/'],
			['/UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)/', '/-/'],
			['/CERT|SIGNATURE|EPROTO|SSL/i', '/-/'],
			['/not allowed|blocked/i', '/-/'],
		],
	),
];
