/** @jest-environment ./test/engine/environment.ts */
import {
	Expression,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type IWorkflowDataProxyData,
} from 'n8n-workflow';

import { AffinitextApi } from '../../../credentials/AffinitextApi.credentials';
import { libraryUrl } from '../../../nodes/Affinitext/libraryUrl';
import { ANN, type AffinitextOptions, type Sandbox } from '../../../sandbox';
import { engine } from '../../engine';

const type = new AffinitextApi();
let sandbox: Sandbox;
beforeEach(async () => (sandbox = await engine.startSandbox()));
afterEach(async () => await sandbox.close());

const evaluated = (value: unknown, $credentials: ICredentialDataDecryptedObject) =>
	new Expression('UTC').resolveSimpleParameterValue(
		value as string,
		{ $credentials } as unknown as IWorkflowDataProxyData,
	);

const tested = async (given: ICredentialDataDecryptedObject) =>
	await engine.testCredential('affinitext', given);

const credential = (more: object = {}) => ({
	baseUrl: sandbox.affinitext.url,
	library: '',
	accessToken: sandbox.affinitext.token,
	...more,
});

it('is content with a good token, however it was pasted', async () => {
	sandbox.affinitext.add();
	expect(await tested(credential())).toBeNull();
	const accessToken = ` Bearer ${sandbox.affinitext.token} `;
	expect(await tested(credential({ accessToken }))).toBeNull();
});

it.each<[AffinitextOptions['unauthenticated'], string]>([
	['status401', 'did not accept the token'],
	['loginPage', 'A web page answered'],
	['redirect', 'sent the call to another address'],
	['foreignRedirect', 'sent the call to another address'],
])('says what is wrong with a token: %s', async (unauthenticated, message) => {
	sandbox.affinitext.options.unauthenticated = unauthenticated;
	expect(await tested(credential({ accessToken: 'wrong' }))).toContain(message);
	expect(sandbox.affinitext.requests.map(({ path }) => path)).toEqual(['/api/tasks']);
});

it('names the upgrade to Task API User, and an address without the API', async () => {
	const accessToken = sandbox.affinitext.issueToken(ANN);
	expect(await tested(credential({ accessToken }))).toContain('upgraded to Task API User');
	const baseUrl = `${sandbox.affinitext.url}/nowhere`;
	expect(await tested(credential({ baseUrl }))).toContain('no Task API at this address');
});

it.each(['acme', ' Acme ', 'https://acme.affinitext.com/books?x#y', 'acme.affinitext.com/'])(
	'tests the address the nodes use: %j',
	(library) => {
		const given = { library, baseUrl: '', accessToken: 'x' };
		expect(evaluated(type.test.request.baseURL, given)).toBe(libraryUrl(given));
	},
);

it.each<[Partial<IHttpRequestOptions>, object]>([
	[{ url: 'https://evil.example/api/tasks' }, { library: 'acme' }],
	[{ url: '//evil.example/' }, { library: 'acme' }],
	[{ url: '.evil.example/', baseURL: 'https://acme.affinitext.com' }, { library: 'acme' }],
	[{ url: 'http://acme.affinitext.com/api/tasks' }, { library: 'acme' }],
	[{ url: '/api/tasks', baseURL: 'https://evil.example' }, { library: 'evil.example/x' }],
])('the token never leaves the host: %j', async (request, more) => {
	const given = { accessToken: 'x', baseUrl: '', ...more };
	await expect(
		type.authenticate(given, { headers: {}, ...request } as IHttpRequestOptions),
	).rejects.toThrow(/^The (login is sent|Library)/);
});
