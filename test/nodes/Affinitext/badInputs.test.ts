/** @jest-environment ./test/engine/environment.ts */
import type { INodeParameters } from 'n8n-workflow';

import { ANN } from '../../../sandbox';
import { byId, useLibrary } from './sandboxed';

const at = useLibrary();
const EVERY: Array<[string, INodeParameters]> = [
	['getAll', {}],
	['get', { taskId: byId(101) }],
];

const fail = async (operation: string, parameters: INodeParameters = {}, more: object = {}) => {
	const { error } = await at.run(operation, parameters, more);
	expect(error).not.toBeNull();
	expect(JSON.stringify(error)).not.toContain(at.library.token);
	return error!;
};

describe.each(EVERY)('%s', (operation, parameters) => {
	beforeEach(() => void at.library.add());

	it.each([
		[401, 'did not accept the credential', 'request a new token under My Profile'],
		[403, 'does not allow this', 'has to be a Task API User'],
		[404, 'does not know what was asked for', 'Check the Library'],
		[500, 'could not process the request', 'Try again later'],
	])('says what %s means', async (status, message, advice) => {
		at.library.fault({ path: /tasks/, status, body: { message: `No: ${at.library.token}` } });
		const error = await fail(operation, parameters);
		expect(error).toMatchObject({ httpCode: String(status), itemIndex: 0 });
		expect(error.message).toContain(`Affinitext ${message} (HTTP ${status})`);
		expect(error.description).toContain(advice);
	});

	it('names the wait that a 429 asks for', async () => {
		at.library.fault({ path: /tasks/, status: 429, headers: { 'retry-after': '99' } });
		expect((await fail(operation, parameters)).description).toContain('wait 99 seconds');
	});

	it('a login page is no answer', async () => {
		at.library.options.unauthenticated = 'loginPage';
		const credential = { ...at.credential, accessToken: 'old-token-1' };
		const error = await fail(operation, parameters, { credential });
		expect(error.message).toContain('answered with something that is not its API');
		expect(error.description).toContain('Probably the login page');
		expect(JSON.stringify(error)).not.toContain('old-token-1');
	});

	it.each(['redirect', 'foreignRedirect'] as const)('a %s is not followed', async (kind) => {
		at.library.options.unauthenticated = kind;
		const credential = { ...at.credential, accessToken: 'old-token-1' };
		const error = await fail(operation, parameters, { credential });
		expect(error.message).toContain('redirected the call to another address (HTTP 302)');
		expect(error.description).toMatch(/The call was sent on.*the token was not sent there/);
		expect(at.calls()).toEqual(['GET /api/tasks']);
	});

	it.each(['', '[{"a":', 'soon'])('%j is no answer', async (text) => {
		at.library.options.text = text;
		const error = await fail(operation, parameters);
		expect(error.description).toContain('It sent no JSON');
	});

	it('says so when the connection is cut', async () => {
		at.library.fault({ path: /tasks/, cut: true });
		expect((await fail(operation, parameters)).message).toContain('could not be reached');
	});

	it('gives an error item with the error output', async () => {
		at.library.fault({ path: /tasks/, status: 403 });
		const node = { onError: 'continueErrorOutput' as const };
		const { outputs, tries } = await at.run(operation, parameters, { node });
		expect(outputs.flat()).toMatchObject([{ pairedItem: { item: 0 } }]);
		expect(tries).toBe(1);
	});
});

it.each(['json', 'problem', 'text', 'page'] as const)(
	'an account that is no Task API User, told as %s',
	async (refusals) => {
		at.library.options.refusals = refusals;
		const credential = { ...at.credential, accessToken: at.library.issueToken(ANN) };
		const { description } = await fail('getAll', {}, { credential });
		expect(description).toContain('ask for the upgrade');
		expect(description?.includes('Not a Task API User.')).toBe(/json|problem|text/.test(refusals));
	},
);

it.each<[string, string, INodeParameters]>([
	['Task is empty', 'get', { taskId: byId(' ') }],
	['Affinitext lists no task 9', 'get', { taskId: byId(9) }],
	['Limit "0" is not a whole number above 0', 'getAll', { limit: 0 }],
	['Target Date After "soon" is not a date', 'getAll', { filters: { targetDateAfter: 'soon' } }],
	[
		'A query parameter has no name',
		'getAll',
		{ options: { query: { parameters: [{ name: ' ', value: 'x' }] } } },
	],
	[
		'Name (an object) is not a text',
		'getAll',
		{ options: { query: { parameters: [{ name: '={{ ({ a: 1 }) }}', value: 'x' }] } } },
	],
	['Field is empty', 'getAll', { filters: { field: "={{ '' }}", fieldValue: 'IT' } }],
	[
		'Items Path "a.b" leads to nothing in Affinitext\'s answer',
		'getAll',
		{ options: { itemsPath: 'a.b' } },
	],
	[
		'Items in Parallel "0" is not a whole number from 1 to 20',
		'getAll',
		{ options: { itemsInParallel: 0 } },
	],
])('%s', async (message, operation, parameters) => {
	expect((await fail(operation, parameters)).message).toBe(message);
});

it('a task cannot be found where none has an ID', async () => {
	at.library.options.identifier = 'none';
	at.library.add();
	const { description } = await fail('get', { taskId: byId(101) });
	expect(description).toContain('Name one in the option ID Field');
});

it('a number that several tasks have finds none of them', async () => {
	at.library.options.text = '[{"id":1,"ref":"x"},{"id":2,"ref":"x"}]';
	const { message } = await fail('get', { taskId: byId('x') });
	expect(message).toBe('Affinitext lists 2 tasks with the number x');
});

it.each([
	['', 'The Library is empty'],
	['https://evil.example.com/acme', 'nor an address at affinitext.com'],
	['acme.affinitext.com.evil.example.com', 'nor an address at affinitext.com'],
	['https://a:secret@acme.affinitext.com', 'nor an address at affinitext.com'],
])('the library %j', async (library, message) => {
	const credential = { library, accessToken: at.library.token };
	const error = await fail('getAll', {}, { credential });
	expect(error.message).toContain(message);
	expect(error.message).not.toContain('secret');
});

it('a Base URL without encryption', async () => {
	const credential = { ...at.credential, baseUrl: 'http://proxy.example.com' };
	expect((await fail('getAll', {}, { credential })).message).toContain('must start with https://');
});
