/** @jest-environment ./test/engine/environment.ts */
import type { FaultRule } from '../../../sandbox';
import type { RunResult } from '../../engine';
import { NEW_TASK, openSandbox } from './sandboxed';

type Failure = Omit<FaultRule, 'path' | 'method'>;

/** What the service does → what the builder of the workflow reads: reading, then creating. */
const TABLE: Array<[string, Failure, string, string, string | null]> = [
	[
		'401',
		{ status: 401, body: { statusCode: 401, error: 'Unauthorized', message: 'Invalid token' } },
		'Appmixer did not accept the credential (HTTP 401): could not ',
		'Appmixer said: "Invalid token". Open the credential, renew the token or password, and test it.',
		'401',
	],
	[
		'403',
		{ status: 403, body: { statusCode: 403, error: 'Forbidden', message: 'Not yours' } },
		'Appmixer does not allow this (HTTP 403): could not ',
		'Appmixer said: "Not yours". Appmixer allows this to the approver, or with the Approver Secret of that approver. Check the secret.',
		'403',
	],
	[
		'404',
		{ status: 404, body: { statusCode: 404, error: 'Not Found', message: 'Not Found' } },
		'Appmixer does not know what was asked for (HTTP 404): could not ',
		'Appmixer said: "Not Found". Check the Task ID. If every call ends like this, set API Path in the credential, and check that the Tasks connector is installed on the tenant.',
		'404',
	],
	[
		'429 with a long Retry-After',
		{ status: 429, headers: { 'Retry-After': '120' }, body: { message: 'Slow down' } },
		'Appmixer is receiving too many requests (HTTP 429): could not ',
		'Appmixer said: "Slow down". It asks to wait 120 seconds. Lower Items in Parallel, or try again later.',
		'429',
	],
	[
		'500',
		{ status: 500, body: { statusCode: 500, message: 'An internal server error occurred' } },
		'Appmixer could not process the request (HTTP 500): could not ',
		'Appmixer said: "An internal server error occurred". Try again later. Check in the service whether a change was made before you repeat one.',
		'500',
	],
	[
		'an HTML page with 200',
		{ status: 200, html: '<html><body>Sign in</body></html>' },
		'Appmixer answered with something that is not its API (HTTP 200): could not ',
		'Check the Base URL in the credential: it looks like the address of a web page.',
		'200',
	],
	[
		'an HTML page with 502',
		{ status: 502, html: '<html>Bad gateway</html>', headers: { 'Retry-After': '31' } },
		'Appmixer could not process the request (HTTP 502): could not ',
		'It asks to wait 31 seconds. Try again later. Check in the service whether a change was made before you repeat one.',
		'502',
	],
	[
		'a redirect',
		{ status: 302, headers: { location: 'https://elsewhere.example.com/' }, body: 'moved' },
		'Appmixer redirected the call to another address (HTTP 302): could not ',
		'Enter the final address as Base URL in the credential. Redirects are not followed, to keep the token safe.',
		'302',
	],
	[
		'a cut connection',
		{ cut: true },
		'Appmixer could not be reached: could not ',
		'Check the Base URL in the credential and that the service is up, then try again.',
		null,
	],
	[
		'silence',
		{ hang: true },
		'Appmixer could not be reached: could not ',
		'It did not answer in time. Check in the service whether a change was made before you repeat one.',
		null,
	],
];

/** After a write the answer to which was lost, it is not known whether it was done. */
const UNSURE = 'It may have been done all the same: check in Appmixer before repeating it.';
const WHEN_CREATING: Record<string, string> = {
	'an HTML page with 502': `It asks to wait 31 seconds. ${UNSURE}`,
	'a cut connection': UNSURE,
};

interface Story {
	read: RunResult;
	create: RunResult;
	creates: number;
}
const stories = new Map<string, Promise<Story>>();

/** Reading and creating at once, so that the waits between tries overlap. */
async function tell(failure: Failure): Promise<Story> {
	const used = await openSandbox();
	used.sandbox.fault({ ...failure, path: /\/tasks$|tasks-count$/ });
	// a request of 30 seconds gives up after one
	const more = { impatience: failure.hang ? 30 : 1 };
	const [read, create] = await Promise.all([
		used.run('task:count', {}, more),
		used.run('task:create', NEW_TASK, more),
	]);
	const creates = used.writes().length;
	await used.sandbox.close();
	return { read, create, creates };
}

beforeAll(() => {
	for (const [name, failure] of TABLE) stories.set(name, tell(failure));
});

describe.each(TABLE)('%s', (name, _failure, message, description, httpCode) => {
	const seen = { name: 'NodeApiError', description, httpCode, itemIndex: 0 };

	it('is told when reading', async () => {
		const { read } = await stories.get(name)!;
		expect(read.error).toEqual({ ...seen, message: `${message}count tasks` });
	});

	it('is told when creating, and the create is not repeated', async () => {
		const { create, creates } = await stories.get(name)!;
		expect(create.error).toEqual({
			...seen,
			message: `${message}create the task`,
			description: WHEN_CREATING[name] ?? description,
		});
		expect(creates).toBe(1);
	});
});

it('gives up after 30 seconds, or 120 where Appmixer calls every receiver first', async () => {
	const used = await openSandbox();
	const { taskId, approverSecret } = used.sandbox.appmixer.createTask();
	const counted = await used.run('task:count');
	const approved = await used.run('task:approve', {
		taskId: { __rl: true, mode: 'id', value: taskId },
		options: { secret: approverSecret },
	});
	await used.sandbox.close();
	expect(counted.timeouts).toEqual([30_000, 30_000]);
	expect(approved.timeouts).toEqual([30_000, 120_000]);
});

it('says that the host is unknown', async () => {
	const used = await openSandbox();
	const credential = { ...used.ada, baseUrl: 'http://nowhere.localhost:1', apiPath: 'plugin' };
	const run = await used.run('task:create', NEW_TASK, { credential });
	await used.sandbox.close();
	expect(run.error).toMatchObject({
		message: 'Appmixer could not be reached: could not create the task',
		description: 'Check the Base URL in the credential and that the service is up, then try again.',
	});
});
