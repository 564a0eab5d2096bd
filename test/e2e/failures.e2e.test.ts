import { ADA, BOB, type FaultRule } from '../../sandbox';
import { openStage, type Stage } from './appmixerStage';
import type { Ran } from './oneNode';

jest.setTimeout(120_000);

const READ = { resource: 'task', operation: 'count' };
const WRITE = {
	...{ resource: 'task', operation: 'create', title: 'Three laptops', requester: ADA.email },
	...{ approver: BOB.email, decisionBy: '2099-01-02T03:04:05.000Z' },
};
let stage: Stage;
let silent: Stage;
let silence: Promise<Ran>;

beforeAll(async () => {
	[stage, silent] = await Promise.all([
		openStage({}, { apiPath: 'plugin' }),
		openStage({}, { apiPath: 'plugin' }),
	]);
	// takes the 30 seconds a request may take; runs beside the others
	silent.sandbox.fault({ path: /./, hang: true });
	silence = silent.run(WRITE);
	silence.catch(() => undefined);
});
afterAll(async () => {
	await silent?.close();
	await stage?.close();
});

const says = (message: string) => ({ body: { statusCode: 0, error: 'Error', message } });

/** What Appmixer does, the message without what could not be done, the description, and the tries of a read. */
const TABLE: Array<[string, Partial<FaultRule>, string, string, number]> = [
	[
		'401',
		{ status: 401, ...says('Invalid token') },
		'Appmixer did not accept the credential (HTTP 401)',
		'Appmixer said: "Invalid token". Open the credential, renew the token or password, and test it.',
		1,
	],
	[
		'403',
		{ status: 403, ...says('Forbidden') },
		'Appmixer does not allow this (HTTP 403)',
		'Appmixer said: "Forbidden". Appmixer allows this to the approver, or with the Approver Secret of that approver. Check the secret.',
		1,
	],
	[
		'404',
		{ status: 404, ...says('Not Found') },
		'Appmixer does not know what was asked for (HTTP 404)',
		'Appmixer said: "Not Found". Check the Task ID. If every call ends like this, set API Path in the credential, and check that the Tasks connector is installed on the tenant.',
		1,
	],
	[
		'429 and a long time to wait',
		{ status: 429, ...says('Slow down'), headers: { 'retry-after': '3600' } },
		'Appmixer is receiving too many requests (HTTP 429)',
		'Appmixer said: "Slow down". It asks to wait 3600 seconds. Lower Items in Parallel, or try again later.',
		1,
	],
	[
		'500',
		{ status: 500, ...says('An internal server error occurred') },
		'Appmixer could not process the request (HTTP 500)',
		'Appmixer said: "An internal server error occurred". Try again later. Check in the service whether a change was made before you repeat one.',
		1,
	],
	[
		'HTML instead of JSON',
		{ status: 200, html: '<html><body>Welcome</body></html>' },
		'Appmixer answered with something that is not its API (HTTP 200)',
		'Check the Base URL in the credential: it looks like the address of a web page.',
		1,
	],
	[
		'an HTML error page',
		{ status: 502, html: '<html><body>Bad gateway</body></html>' },
		'Appmixer could not process the request (HTTP 502)',
		'Try again later. Check in the service whether a change was made before you repeat one.',
		3,
	],
	[
		'a redirect',
		{ status: 302, headers: { location: 'https://example.com/login' }, body: '' },
		'Appmixer redirected the call to another address (HTTP 302)',
		'Enter the final address as Base URL in the credential. Redirects are not followed, to keep the token safe.',
		1,
	],
	[
		'a cut connection',
		{ cut: true },
		'Appmixer could not be reached',
		'Check the Base URL in the credential and that the service is up, then try again.',
		3,
	],
];

/** After a write the answer to which was lost, it is not known whether it was done. */
const UNSURE = 'It may have been done all the same: check in Appmixer before repeating it.';
const WHEN_WRITING: Record<string, string> = {
	'an HTML error page': UNSURE,
	'a cut connection': UNSURE,
};

describe.each(TABLE)('%s', (name, rule, message, description, tries) => {
	const httpCode = /HTTP (\d+)/.exec(message)?.[1] ?? null;

	it('to a read', async () => {
		const fault = stage.sandbox.fault({ path: /./, ...rule });
		const { error } = await stage.run(READ);
		fault.remove();
		expect(error).toMatchObject({
			...{ message: `${message}: could not count tasks`, description, httpCode },
			context: { itemIndex: 0 },
		});
		expect(fault.hits).toBe(tries);
	});

	it('E10: to a write, which is not repeated', async () => {
		const fault = stage.sandbox.fault({ path: /./, ...rule });
		const { error } = await stage.run(WRITE);
		fault.remove();
		expect(error).toMatchObject({
			...{ message: `${message}: could not create the task`, httpCode },
			description: WHEN_WRITING[name] ?? description,
			context: { itemIndex: 0 },
		});
		expect(fault.hits).toBe(1);
		expect(stage.sandbox.appmixer.tasks).toEqual([]);
	});
});

it('E10: a read waits as long as Retry-After asks, and goes on', async () => {
	const headers = { 'retry-after': '1' };
	const fault = stage.sandbox.fault({ path: /./, status: 429, headers, times: 2 });
	const { json } = await stage.run(READ);
	fault.remove();
	expect(json).toEqual([{ count: 0 }]);
	const [first, second, third] = stage.sandbox.requests.map(({ at }) => at);
	expect(second - first).toBeGreaterThanOrEqual(990);
	expect(third - second).toBeGreaterThanOrEqual(990);
});

it('E11: http to another machine is refused, before the token is sent', async () => {
	const credentialId = await stage.credential({ baseUrl: 'http://appmixer.example.com' });
	const { error } = await stage.run(READ, { credentialId });
	expect(error).toMatchObject({
		message: 'The Base URL must start with https:// (http:// only on this machine)',
		description: 'Correct it in the Appmixer credential.',
	});
});

it('silence ends after 30 seconds, and warns that the task may have been made', async () => {
	const { error } = await silence;
	expect(error).toMatchObject({
		message: 'Appmixer could not be reached: could not create the task',
		description:
			'It did not answer in time. Check in the service whether a change was made before you repeat one.',
		httpCode: null,
	});
	expect(silent.sandbox.requests).toHaveLength(1);
});
