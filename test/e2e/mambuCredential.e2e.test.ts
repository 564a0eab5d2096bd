import type { Json } from '../../scripts/n8n/session';
import { openVendorStage, type VendorStage } from './vendorStage';
import { withRefusingPort } from '../refusingPort';

jest.setTimeout(120_000);

let stage: VendorStage<'mambu'>;
beforeAll(async () => {
	stage = await openVendorStage('mambu', ({ url }) => ({
		tenant: url,
		authentication: 'apiKey',
		apiKey: 'sandbox-api-key-of-demo',
		apiVersion: 'v2',
	}));
});
afterAll(async () => await stage?.close());

/** Presses Test for a stored credential with these fields. */
const test = async (data: Json = {}) => {
	stage.service.requests.clear();
	return await stage.n8n.rest.testCredential(await stage.credential(data));
};
const OK = { status: 'OK', message: 'Connection successful!' };

const basic = { authentication: 'basic', username: 'demo', password: 'demo-password' };

it.each<[string, Json, Json]>([
	['a key', {}, { apikey: 'sandbox-api-key-of-demo' }],
	['a user name and password', basic, { authorization: 'Basic ZGVtbzpkZW1vLXBhc3N3b3Jk' }],
])('passes with %s in both versions', async (_name, data, headers) => {
	for (const [apiVersion, accept] of [
		['v1', 'application/json, text/plain, */*'],
		['v2', 'application/vnd.mambu.v2+json'],
	]) {
		expect(await test({ ...data, apiVersion })).toEqual(OK);
		// the credential asks before n8n does
		const asked = {
			...{ method: 'GET', path: '/api/tasks', query: { limit: '1' }, status: 200 },
			headers: { ...headers, accept },
		};
		expect(stage.service.requests).toMatchObject([asked, asked]);
	}
});

const REFUSED = 'Mambu did not accept the API key, or the user name and password.';
it.each<[string, Json, string]>([
	['a wrong key', { apiKey: 'not-the-key' }, REFUSED],
	['a wrong password', { ...basic, password: 'not-the-password' }, REFUSED],
	[
		'a host that does not exist',
		{ tenant: 'https://mambu.invalid' },
		'There is no server with this name: check the host in the Tenant',
	],
])('says what is wrong with %s', async (_name, data, message) => {
	expect(await test(data)).toEqual({ status: 'Error', message });
});

it('says that nothing listens there', async () => {
	const result = await withRefusingPort(
		async (port) => await test({ tenant: `http://localhost:${port}` }),
	);
	expect(result).toEqual({
		status: 'Error',
		message:
			'Nothing answers at this Tenant: check its host and port, and that the server is running',
	});
});

it('says what is wrong with another server, and where version 1 is switched off', async () => {
	const fault = stage.service.fault({ path: /./, status: 404, html: '<p>Not found</p>' });
	expect((await test()).message).toBe(
		'There is no Tasks API at this address. Check the Tenant, and choose V2: most tenants no longer have V1.',
	);
	fault.remove();
	const others = [
		[
			{ status: 200, html: '<p>Welcome</p>' },
			'A web page answered instead of Mambu: check the Tenant',
		],
		[
			{ status: 302, headers: { location: '/elsewhere' } },
			'The server redirects to another address: enter that one as the Tenant',
		],
	] as const;
	for (const [rule, message] of others) {
		const other = stage.service.fault({ path: /./, ...rule });
		expect(await test()).toEqual({ status: 'Error', message });
		expect(stage.service.requests.map(({ path }) => path)).toEqual(['/api/tasks']);
		other.remove();
	}
	stage.service.options.v1Retired = 'notImplemented';
	expect((await test({ apiVersion: 'v1' })).message).toBe(
		'The tenant no longer has this API Version. Choose V2.',
	);
	expect(await test()).toEqual(OK);
});
