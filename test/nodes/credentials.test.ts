/** @jest-environment ./test/engine/environment.ts */
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox';
import { engine } from '../engine';
import { filesIn } from '../packageSources';

const OWN = 'https://own.example';
const LOGINS: Record<string, ICredentialDataDecryptedObject> = {
	affinitext: { baseUrl: OWN, library: 'acme', accessToken: 'secret' },
	appmixer: { baseUrl: OWN, authentication: 'accessToken', accessToken: 'secret' },
	mambu: { tenant: OWN, authentication: 'apiKey', apiKey: 'secret', apiVersion: 'v2' },
	nutrient: { baseUrl: OWN, authentication: 'token', accessToken: 'secret' },
	opentaps: { baseUrl: OWN, authToken: 'secret', clientDomain: 'acme.example' },
};
const VENDORS = Object.keys(LOGINS);

/** Failures that come with status 200. */
const WORDS_OF_FAILURE: Record<string, object[]> = {
	affinitext: [{ errors: ['invalid token'] }, { error: 'unauthorized', details: [] }],
	appmixer: [{ id: 'x', statusCode: 401, message: 'no' }],
	mambu: [['x'], [{ error: 'x' }]],
	nutrient: [
		{ status: 401, message: 'unauthorized', sid: 'x' },
		{ email: 'ada@example.com', message: 'Access denied' },
	],
	opentaps: [
		{ result: 'error', message: 'Client domain is not known' },
		{ status: 'ERROR', result: 'Not permitted' },
		{ result: { error: 'no such domain' } },
	],
};

/** Logins of which something is missing. */
const MISSING: Array<[string, ICredentialDataDecryptedObject, RegExp]> = [
	['mambu', { authentication: 'basic', username: '', password: '' }, /is missing/],
	['mambu', { authentication: 'basic', username: 'max', password: '' }, /is missing/],
	[
		'appmixer',
		{ authentication: 'login', username: ' ', password: 'x' },
		/^User Name or E-Mail is empty/,
	],
	['appmixer', { authentication: 'login', username: 'ada', password: '' }, /^Password is empty/],
	['opentaps', { useTemporary: true, authToken: '' }, /^Auth Token is empty/],
];

it.each(MISSING)('%s asks nothing with %j', async (vendor, given, sentence) => {
	await engine.packageLoaded();
	const { authenticate } = engine.credentialTypeOf(`${vendor}Api`);
	if (typeof authenticate !== 'function') throw new Error('No method');
	const attaching = authenticate({ ...LOGINS[vendor], ...given }, { url: `${OWN}/x` });
	await expect(attaching).rejects.toThrow(sentence);
});

/** A request as nodes make it, or as the HTTP Request node does. */
type Asked = Partial<IHttpRequestOptions> & { uri?: string };

async function attached(vendor: string, request: Asked): Promise<IHttpRequestOptions> {
	await engine.packageLoaded();
	const { authenticate } = engine.credentialTypeOf(`${vendor}Api`);
	if (typeof authenticate !== 'function') throw new Error('No method');
	return await authenticate({ ...LOGINS[vendor] }, request as IHttpRequestOptions);
}

it('every vendor is among them', () => {
	const vendors = filesIn('test/nodes', /\/names\.json$/).map((file) => file.split('/')[2]);
	expect(VENDORS).toEqual(vendors.map((vendor) => vendor.toLowerCase()));
});

describe.each(VENDORS)('the login of %s', (vendor) => {
	it.each<Asked>([
		{ url: `${OWN}/x` },
		{ url: 'HTTPS://OWN.example:443/x' },
		{ url: '/x', baseURL: OWN },
		{ url: '', baseURL: `${OWN}/x` },
		{ url: `${OWN}/x`, baseURL: 'https://evil.example' },
		{ uri: `${OWN}/x`, followRedirect: true } as Asked,
	])('is sent to its own address, and no redirect is followed: %j', async (request) => {
		const sent = await attached(vendor, request);
		expect(JSON.stringify(sent)).toContain('secret');
		expect(sent).toMatchObject({
			...{ disableFollowRedirect: true, followRedirect: false, followAllRedirects: false },
		});
	});

	it.each<Asked>([
		{ url: 'https://evil.example/x' },
		{ uri: 'https://evil.example/x' },
		{ url: 'https://evil.example/x', baseURL: OWN },
		{ url: '/x', baseURL: 'https://evil.example' },
		{ url: '//evil.example/x', baseURL: OWN },
		{ url: '/\\evil.example/x', baseURL: OWN },
		{ url: '.evil.example/x', baseURL: OWN },
		{ url: 'https:evil.example/x', baseURL: `${OWN}/` },
		{ url: '@evil.example/x', baseURL: OWN },
		{ url: 'https://own.example@evil.example/x' },
		{ url: 'https://user:password@own.example/x' },
		{ url: 'http://own.example/x' },
		{ url: 'https://own.example:8443/x' },
		{ url: 'https://own.example.evil.example/x' },
		{ url: 'https:own.example/x', baseURL: 'https://evil.example' },
		{ url: ' https://evil.example/x', baseURL: OWN },
		{ url: `${OWN}/x`, uri: 'https://evil.example/x' },
		{ url: 'https://evil.example/x', uri: `${OWN}/x` },
		{ url: '/x' },
		{},
	])('is not sent elsewhere: %j', async (request) => {
		await expect(attached(vendor, request)).rejects.toThrow(
			/^The login is sent to the (Base URL|Tenant|Library) of the credential only$/,
		);
		expect(JSON.stringify(request)).not.toContain('secret');
	});
});

describe.each(VENDORS)('the Test button for %s', (vendor) => {
	let sandbox: Sandbox;
	beforeAll(async () => (sandbox = await engine.startSandbox()));
	afterAll(async () => await sandbox.close());

	const tested = async (address: string) => {
		const key = vendor === 'mambu' ? 'tenant' : 'baseUrl';
		return await engine.testCredential(vendor, { ...LOGINS[vendor], [key]: address });
	};
	const location = { location: 'https://example.com/' };

	it.each<[string, object, RegExp]>([
		...[301, 302, 303, 307, 308].map((status): [string, object, RegExp] => [
			String(status),
			{ status, headers: location },
			/another address/,
		]),
		['a web page', { status: 200, html: '\n<p>Hi</p>' }, /^A web page answered instead of /],
		['other JSON', { status: 200, body: { hello: 'world' } }, /^What answered is not /],
		['401', { status: 401, body: {} }, /did not accept/],
		['403', { status: 403, body: {} }, /does not let|does not allow|did not accept/],
		['404', { status: 404, body: {} }, /There is no |is not at this /],
		['429', { status: 429, body: {} }, /refuses so many logins/],
		['502', { status: 502, html: '<p>Bad</p>' }, /could not process the login \(HTTP 502\)/],
		['a broken connection', { cut: true }, /^The connection to .+ broke: check the /],
	])('says what is wrong with %s', async (_name, rule, sentence) => {
		const fault = sandbox.fault({ path: /./, ...rule });
		const said = await tested(sandbox.url);
		fault.remove();
		expect(said).toMatch(sentence);
	});

	it.each<object>(WORDS_OF_FAILURE[vendor])('does not take %j for a success', async (body) => {
		const fault = sandbox.fault({ path: /./, status: 200, body });
		const said = await tested(sandbox.url);
		fault.remove();
		expect(said).toMatch(/^What answered is not |did not accept/);
	});

	it('says what is wrong with an address', async () => {
		expect(await tested('http://127.0.0.1:9')).toMatch(/^Nothing answers at this /);
		expect(await tested('https://nothing.invalid')).toMatch(/^There is no server with this name/);
	});
});
