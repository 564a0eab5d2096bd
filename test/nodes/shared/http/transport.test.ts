import { NodeApiError, type IHttpRequestOptions, type INode, type JsonObject } from 'n8n-workflow';

import { isAnswerUnknown } from '../../../../nodes/shared/http/nodeErrors';
import { loginError } from '../../../../nodes/shared/http/login';
import { noteSecrets } from '../../../../nodes/shared/http/secretsOf';
import {
	createTransport,
	type ApiContext,
	type ApiRequest,
	type ServiceDescription,
} from '../../../../nodes/shared/http/transport';

const node = {
	id: '1',
	name: 'Ask',
	type: 'x',
	typeVersion: 1,
	position: [0, 0],
} as unknown as INode;
const GET: ApiRequest = { method: 'GET', path: '/tasks', action: 'list tasks' };
const POST: ApiRequest = { ...GET, method: 'POST', action: 'create the task' };
/** A search that takes its filters as a body. */
const ASKING: ApiRequest = { ...POST, action: 'run the report', reads: true };
const KEYED: ApiRequest = { ...POST, idempotencyKey: 'k' };

const service: ServiceDescription = {
	service: 'Acme',
	credential: 'acmeApi',
	baseUrl: ({ baseUrl }) => baseUrl,
	address: 'Tenant',
	explainError: ({ body }) => ({ said: (body as { message?: string } | undefined)?.message }),
};

interface Said {
	statusCode: number;
	body?: unknown;
	headers?: Record<string, string>;
}

/** What n8n's HTTP client gives or throws, in this order; the last one for ever. */
function scripted(answers: Array<Said | Error>, credentials = [{ token: 'first-token' }]) {
	const sent: IHttpRequestOptions[] = [];
	const nextOf = <T>(list: T[]) => (list.length > 1 ? list.shift() : list[0]) as T;
	const context = {
		getNode: () => node,
		getCredentials: async () => ({ baseUrl: 'https://acme.example.com/', ...nextOf(credentials) }),
		helpers: {
			async httpRequestWithAuthentication(_name: string, options: IHttpRequestOptions) {
				sent.push(options);
				const answer = nextOf(answers);
				if (answer instanceof Error) throw answer;
				return { headers: {}, ...answer };
			},
		},
	} as unknown as ApiContext;
	return { context, sent };
}

type Told = NodeApiError & { failure?: object };

async function told(
	answers: Array<Said | Error>,
	request = GET,
	more: Partial<ServiceDescription> = {},
	credentials?: Array<{ token: string }>,
) {
	const { context, sent } = scripted(answers, credentials);
	const sending = createTransport({ ...service, ...more })(context, request);
	const error = await sending.then(
		() => null,
		(thrown: unknown) => thrown as Told,
	);
	return { error, tries: sent.length, description: error?.description ?? '', sent };
}

const busy = (statusCode: number, retryAfter = '0'): Said => ({
	statusCode,
	headers: { 'retry-after': retryAfter },
});
/** What n8n throws for a failed request. */
const thrown = (message: string, cause: object = {}) =>
	new NodeApiError(node, { message, ...cause } as JsonObject);

describe('E10: trying again', () => {
	it.each([429, 502, 503, 504])(
		'a read that is answered %i is tried three times',
		async (status) => {
			expect((await told([busy(status)])).tries).toBe(3);
			expect((await told([busy(status), { statusCode: 200, body: [] }])).error).toBeNull();
		},
	);

	it.each([
		['a write', POST, busy(503)],
		['a read that changes something', { ...GET, reads: false }, busy(503)],
		['an error that lasts', GET, busy(500)],
		['a wait of more than 30 seconds', GET, busy(503, '31')],
		['a time-out', GET, thrown('timeout of 30000ms exceeded', { code: 'ECONNABORTED' })],
	])('%s is not', async (_name, request, answer) => {
		expect((await told([answer], request)).tries).toBe(1);
	});

	it('a read by POST is', async () => {
		expect((await told([busy(503)], ASKING)).tries).toBe(3);
		expect((await told([busy(503), { statusCode: 200, body: [] }], ASKING)).error).toBeNull();
	});

	it('a write with an idempotency key is, under the same key', async () => {
		const { tries, sent } = await told([busy(503)], KEYED);
		expect(tries).toBe(3);
		expect(sent.map(({ headers }) => headers?.['Idempotency-Key'])).toEqual(['k', 'k', 'k']);
	});

	it('reads Retry-After as a date, too', async () => {
		const later = new Date(Date.now() + 90_000).toUTCString();
		const { tries, description } = await told([busy(503, later)]);
		expect(tries).toBe(1);
		expect(description).toMatch(/^It asks to wait (89|90) seconds\./);
	});

	it.each(['-5', '0x10', 'soon', '', ' ', 'NaN', '9999-12-31', 'Wed, 21 Oct 2015 07:28:00 GMT'])(
		'waits as ever when Retry-After is "%s"',
		async (after) => {
			const began = performance.now();
			const { tries, description } = await told([busy(503, after)]);
			expect([tries, description]).toEqual([3, expect.stringMatching(/^(?!It asks)/)]);
			expect(performance.now() - began).toBeGreaterThan(1500);
		},
	);

	it('waits a whole second where half a one is asked for', async () => {
		expect((await told([busy(503, '0.5')])).description).toMatch(/^It asks to wait 1 seconds/);
	});
});

describe('what may have been done', () => {
	const UNSURE = 'It may have been done all the same: check in Acme before repeating it.';
	const cut = thrown('socket hang up', { code: 'ECONNRESET' });

	it.each([busy(502), busy(503), busy(504), busy(521), cut])(
		'is told of a write: %#',
		async (answer) => {
			expect((await told([answer], POST)).description).toContain(UNSURE);
		},
	);

	it.each([
		['a read', GET, busy(503)],
		['a read by POST', ASKING, busy(503)],
		['what is safe to repeat', KEYED, busy(503)],
		['what was answered', POST, busy(500)],
		['what was never sent', POST, thrown('connect ECONNREFUSED 127.0.0.1:1')],
	])('is not told of %s', async (_name, request, answer) => {
		expect((await told([answer], request)).description).not.toContain(UNSURE);
	});
});

describe('half an answer', () => {
	/** As n8n throws it: with the status of the answer that began. */
	const cut = (httpCode: string) => thrown('stream has been aborted', { httpCode });

	it.each(['200', '404', '500'])('F5: is none, whatever status it began with: %s', async (code) => {
		const { error, tries, description } = await told([cut(code)], { ...GET, accept: [404] });
		expect([error?.message, tries]).toEqual(['Acme broke off its answer: could not list tasks', 3]);
		expect(description).toContain('Its answer ended in the middle.');
		expect((await told([cut(code), { statusCode: 200, body: [] }])).error).toBeNull();
	});

	it('F5: of a write may have been done, and is not tried again without a key', async () => {
		const { error, tries, description } = await told([cut('200')], POST);
		expect([isAnswerUnknown(error), tries]).toEqual([true, 1]);
		expect(description).toContain('It may have been done all the same');
		expect((await told([cut('200')], KEYED)).tries).toBe(3);
		const acting = await told([cut('200')], { ...GET, reads: false });
		expect([isAnswerUnknown(acting.error), acting.tries]).toEqual([true, 1]);
	});

	it('F5: of a read by POST is that of a read', async () => {
		for (const answer of [cut('200'), { statusCode: 200, body: '' }]) {
			const { error, tries } = await told([answer], ASKING);
			expect(error?.message).toBe('Acme broke off its answer: could not run the report');
			expect([isAnswerUnknown(error), tries]).toEqual([false, 3]);
		}
	});

	it.each(['{"id":"7","ti', '[{"id":', '['])(
		'F5: may end properly on the wire: %s',
		async (body) => {
			expect((await told([{ statusCode: 200, body }])).error?.message).toContain('broke off');
			const { error } = await told([{ statusCode: 200, body }], POST);
			expect(isAnswerUnknown(error)).toBe(true);
		},
	);

	it('F5: is nothing where something is read; a write may be answered by nothing', async () => {
		expect((await told([{ statusCode: 200, body: '' }])).tries).toBe(3);
		expect((await told([{ statusCode: 204, body: '' }])).error).toBeNull();
		expect((await told([{ statusCode: 200, body: '' }], POST)).error).toBeNull();
		const acting: ApiRequest = { ...GET, reads: false };
		expect((await told([{ statusCode: 200, body: '' }], acting)).error).toBeNull();
	});

	it('F5: of a refused login is no word of the service', async () => {
		expect((await told([cut('401')])).description).not.toContain('said');
	});

	it.each([
		['words instead of JSON', 'Done!', true],
		['a web page', '<html></html>', false],
	])('F5: a write answered by %s', async (_what, body, isUnknown) => {
		const { error } = await told([{ statusCode: 200, body }], POST);
		expect(error?.message).toContain('answered with something that is not its API');
		expect(isAnswerUnknown(error)).toBe(isUnknown);
	});

	it('F5: a write answered by something else than it should may have been done', async () => {
		const { context } = scripted([]);
		const send = createTransport(service);
		const answer = { status: 200, body: { hello: 'world' }, headers: {} };
		expect(isAnswerUnknown(await send.refused(context, POST, answer))).toBe(true);
		expect(isAnswerUnknown(await send.refused(context, GET, answer))).toBe(false);
		const error = await send.refused(context, POST, { ...answer, status: 404 });
		expect(isAnswerUnknown(error)).toBe(false);
	});
});

describe('E3: what the service says', () => {
	const SECRET = 'first-token';

	it('is shown without its secrets, cut only when they are out', async () => {
		const message = `${'x'.repeat(495)}${SECRET}${'y'.repeat(50)}`;
		const { description } = await told([{ statusCode: 400, body: { message } }]);
		expect(description).toContain(`Acme said: "${'x'.repeat(495)}***yy".`);
	});

	it('is shown without the token of before and the one that was got meanwhile', async () => {
		const message = 'old first-token, new second-token';
		const { description } = await told([{ statusCode: 400, body: { message } }], GET, {}, [
			{ token: 'first-token' },
			{ token: 'second-token' },
		]);
		expect(description).toContain('Acme said: "old ***, new ***".');
	});
});

describe('what a node has handled', () => {
	const quoting = (text: string): Said => ({ statusCode: 400, body: { message: text } });

	it('F12: is not shown: what was sent, what came, what was told', async () => {
		const { context } = scripted([
			{ statusCode: 200, body: { approverSecret: 'came-4711' } },
			quoting('sent-4711, came-4711, told-4711, first-token'),
		]);
		const send = createTransport(service);
		noteSecrets(context, ['told-4711']);
		await send(context, GET);
		const asking = send(context, { ...POST, body: { secret: 'sent-4711' } });
		await expect(asking).rejects.toMatchObject({
			description: expect.stringContaining('"***, ***, ***, ***"'),
		});
		expect(await send.shown(context, 'told-4711 first-token')).toBe('*** ***');
	});
});

describe('a refusal', () => {
	it('names the service, the code, the action and what to do', async () => {
		const { error } = await told([{ statusCode: 404, body: { message: 'No' } }]);
		expect(error).toMatchObject({
			message: 'Acme does not know what was asked for (HTTP 404): could not list tasks',
			description: 'Acme said: "No". Check the ID, and the Tenant and path in the credential.',
			httpCode: '404',
		});
	});

	it('tells n8n how long to wait', async () => {
		const { error } = await told([busy(429, '40')]);
		expect(error?.failure).toEqual({ cause: 'rate-limited', retryAfterMs: 40_000 });
		expect(error?.description).toMatch(/^It asks to wait 40 seconds\. /);
	});

	it('may come with a status of success, and is believed then', async () => {
		const isRefusal = (body: unknown) => body === null;
		const { error } = await told([{ statusCode: 200, body: null }], POST, { isRefusal });
		expect(error?.message).toBe('Acme refused the request (HTTP 200): could not create the task');
		expect((await told([{ statusCode: 200, body: {} }], POST, { isRefusal })).error).toBeNull();
		const missing = await told([{ statusCode: 404, body: null }], POST, { isRefusal });
		expect(missing.error?.message).toContain('does not know what was asked for (HTTP 404)');
	});

	it('is an answer where the caller reads it', async () => {
		const accepting = { ...GET, accept: [404] };
		expect((await told([{ statusCode: 404 }], accepting)).error).toBeNull();
		expect((await told([{ statusCode: 403 }], accepting)).error).not.toBeNull();
	});

	it('is a web page, too', async () => {
		const { error } = await told([{ statusCode: 200, body: '<html></html>' }]);
		expect(error?.message).toContain('answered with something that is not its API (HTTP 200)');
	});

	it('shows what n8n threw with 401, but not its stock words', async () => {
		const stock = thrown('Request failed with status code 401', { httpCode: '401' });
		expect((await told([stock])).description).not.toContain('said');
		expect((await told([stock])).error).toMatchObject({ httpCode: '401' });
	});

	it('of a login is told in its own words, and never tried again', async () => {
		const error = thrown('x');
		Object.assign(error, { cause: loginError('The key is empty', { loginStatus: 503 }) });
		const seen = await told([error]);
		expect([seen.tries, seen.description]).toEqual([1, 'The key is empty.']);
		expect(seen.error?.message).toBe(
			'Acme could not be signed in to (HTTP 503): could not list tasks',
		);
	});

	it('is none when something else fails: that is told as it is', async () => {
		expect((await told([new Error('Credential "Acme" was deleted')])).error?.message).toBe(
			'Credential "Acme" was deleted',
		);
	});
});

describe('a request', () => {
	const optionsOf = async (request: ApiRequest) => (await told([busy(200)], request)).sent[0];

	it('goes to the credential, follows no redirect and has 30 seconds', async () => {
		const { abortSignal, ...options } = await optionsOf({
			...{ ...POST, body: { a: 1 }, headers: { x: 'y' } },
		});
		expect(abortSignal?.aborted).toBe(false);
		expect(options).toEqual({
			url: 'https://acme.example.com/tasks',
			method: 'POST',
			qs: undefined,
			headers: { x: 'y' },
			body: { a: 1 },
			json: true,
			timeout: 30_000,
			returnFullResponse: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			encoding: 'stream',
		});
		expect((await optionsOf({ ...GET, timeout: 5 })).timeout).toBe(5);
	});

	it('sends a form or a file instead of JSON', async () => {
		const form = await optionsOf({ ...POST, form: { a: 'b c' } });
		expect([form.body, form.headers]).toEqual([
			'a=b+c',
			{ 'Content-Type': 'application/x-www-form-urlencoded' },
		]);
		const file = { field: 'f', fileName: 'n', mimeType: 'text/plain', bytes: Buffer.from('x') };
		const sent = await optionsOf({ ...POST, file });
		expect(sent.headers?.['Content-Type']).toMatch(/^multipart\/form-data; boundary=/);
		expect(String(sent.body)).toContain('\r\n\r\nx\r\n');
	});

	it('gives a file as bytes, and reads what came instead of one', async () => {
		const file = { ...GET, answer: 'file' as const };
		const { context } = scripted([{ statusCode: 200, body: new Uint8Array([1, 2]) }]);
		expect((await createTransport(service)(context, file)).body).toEqual(Buffer.from([1, 2]));
		const body = Buffer.from('{"message":"No file"}');
		const { description, sent } = await told([{ statusCode: 404, body }], file);
		expect(description).toContain('Acme said: "No file".');
		expect(sent[0]).toMatchObject({ json: false, encoding: 'stream' });
	});

	it.each(['/tasks/../users', '/tasks/%2e%2e/users', '/tasks/a b'])(
		'to %s is not sent',
		async (path) => {
			const { error, tries } = await told([busy(200)], { ...GET, path });
			expect([error?.message, tries]).toEqual(['An ID leads to another address', 0]);
		},
	);

	it('is not sent to an address that a token may not go to', async () => {
		const { error, tries } = await told([busy(200)], GET, {
			baseUrl: () => 'http://a.example.com',
		});
		expect([error?.message, error?.description, tries]).toEqual([
			'The Tenant must start with https:// (http:// only on this machine)',
			'Correct it in the Acme credential.',
			0,
		]);
	});
});

describe('a login that has expired', () => {
	const hasExpired = (body: unknown) => body === 'expired';
	const expired = { statusCode: 200, body: 'expired' };

	it('is renewed by sending once more with the header for it', async () => {
		const { error, sent } = await told([expired, { statusCode: 200, body: {} }], POST, {
			hasExpired,
		});
		expect(error).toBeNull();
		expect(sent.map(({ headers }) => headers)).toEqual([{}, { 'x-renew-login': 'yes' }]);
	});

	it('is 401 when it is expired then, too', async () => {
		const { error, tries } = await told([expired], POST, { hasExpired });
		expect([error?.httpCode, tries]).toEqual(['401', 2]);
	});
});
