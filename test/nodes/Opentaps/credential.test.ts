/** @jest-environment ./test/engine/environment.ts */
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { engine } from '../../engine';
import { formOf, useSandbox } from './sandboxed';
import { withRefusingPort } from '../../refusingPort';

const used = useSandbox();
const HOUR = 3_600_000;

const list = async (credential: ICredentialDataDecryptedObject) =>
	await used.run('user:getAll', {}, { credential });
const create = async (credential: ICredentialDataDecryptedObject) =>
	await used.run('activity:create', { noteText: 'x' }, { credential });
/** The credential as n8n keeps it after a run. */
const keptAfter = async (credential: ICredentialDataDecryptedObject) => {
	const { parked, error } = await create(credential);
	expect(error).toBeNull();
	return parked.credentials.stored.data;
};

describe('the permanent token', () => {
	it('is sent as it is, without blanks, and exchanged for nothing', async () => {
		const { authToken, clientDomain } = used.ida;
		const blanks = {
			authToken: ` ${String(authToken)}\n`,
			clientDomain: ` ${String(clientDomain)}`,
		};
		expect((await list({ ...used.ida, ...blanks })).error).toBeNull();
		expect(used.received()[0].query).toEqual({ authToken, clientDomain });
		expect(used.exchanges()).toBe(0);
	});

	it('cannot be replaced by a field of a form', async () => {
		const type = engine.credentialTypeOf('opentapsApi');
		const authenticate = type.authenticate as (
			credentials: ICredentialDataDecryptedObject,
			options: IHttpRequestOptions,
		) => Promise<IHttpRequestOptions>;
		const request = {
			url: used.opentaps.url,
			headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
			body: 'authToken=mine&a=1',
		};
		const sent = await authenticate(used.ida, request);
		expect(sent.body).toBe('authToken=permanent-of-ida&a=1&clientDomain=acme.example');
		// n8n attaches the login once more after a 401
		expect((await authenticate(used.ida, sent)).body).toBe(sent.body);
	});
});

describe('a temporary token', () => {
	it('is got once, sent instead of the permanent one, and used again', async () => {
		const kept = await keptAfter(used.temporary);
		expect((await list(kept)).error).toBeNull();
		expect(used.exchanges()).toBe(1);
		const [exchange, written, read] = used.opentaps.requests;
		expect([exchange.method, exchange.path, formOf(exchange)]).toEqual([
			'POST',
			'/oauth/temp-token',
			{ authToken: 'permanent-of-ida' },
		]);
		expect(formOf(written).authToken).toMatch(/^temporary-/);
		expect(read.query.authToken).toBe(formOf(written).authToken);
	});

	it.each([401, 403, 'ok'] as const)('that has ended is renewed: %s', async (refusedToken) => {
		used.opentaps.options.refusedToken = refusedToken;
		const kept = await keptAfter(used.temporary);
		used.opentaps.expireTokens();
		used.opentaps.requests.clear();
		expect((await create(kept)).error).toBeNull();
		expect(used.opentaps.requests.map(({ path }) => path)).toEqual([
			'/activities',
			'/oauth/temp-token',
			'/activities',
		]);
		expect(used.opentaps.activities).toHaveLength(2);
	});

	it('is renewed before its hour is over', async () => {
		const kept = await keptAfter(used.temporary);
		used.opentaps.requests.clear();
		engine.clockAhead(HOUR - 60_000);
		expect((await create(kept)).error).toBeNull();
		expect(used.opentaps.requests.map(({ path }) => path)).toEqual([
			'/oauth/temp-token',
			'/activities',
		]);
	});

	it('is got once by 20 items in parallel', async () => {
		const items = Array.from({ length: 20 }, (_, n) => ({ n }));
		const parameters = { noteText: 'x', options: { itemsInParallel: 20 } };
		const { error } = await used.run('activity:create', parameters, {
			...{ credential: used.temporary, items },
		});
		expect([error, used.exchanges(), used.opentaps.activities.length]).toEqual([null, 1, 20]);
	});

	it('E4: of another login is not sent', async () => {
		const kept = await keptAfter(used.temporary);
		const { error } = await create({ ...kept, authToken: 'permanent-of-leo' });
		expect(error?.description).toContain('ACTIVITY_UPDATE');
		expect(used.opentaps.activities).toHaveLength(1);
	});

	it('does not hide what the contact has no right to', async () => {
		const { error } = await create({ ...used.temporary, authToken: 'permanent-of-leo' });
		expect([error?.httpCode, used.exchanges()]).toEqual(['403', 2]);
		expect(error?.description).toContain('Permission ACTIVITY_UPDATE is missing');
	});

	it('is never in an error', async () => {
		const kept = await keptAfter(used.temporary);
		const token = formOf(used.received()[0]).authToken;
		used.opentaps.fault({
			path: /^\/activities/,
			status: 400,
			body: { error: `at ?authToken=${token}` },
		});
		const { error } = await create(kept);
		expect(error?.description).toContain('at ?authToken=***');
		expect(JSON.stringify(error)).not.toContain(token);
	});

	it('comes from an address of its own, if there is one', async () => {
		const oauthBaseUrl = `${used.opentaps.url}/elsewhere/`;
		const { error } = await list({ ...used.temporary, oauthBaseUrl });
		expect(used.opentaps.requests.map(({ path }) => path)).toEqual(['/elsewhere/temp-token']);
		expect(`${error?.message} ${error?.description}`).toMatch(
			/could not be signed in to.*CRM2 is not at this OAuth Base URL/,
		);
	});
});

describe('an exchange that fails', () => {
	const says = async (credential: ICredentialDataDecryptedObject) => {
		const { error } = await list(credential);
		const text = `${error?.message} ${error?.description}`;
		expect(JSON.stringify(error)).not.toMatch(/permanent-of|wrong-token/);
		expect(used.received()).toEqual([]);
		return text;
	};

	it.each([401, 403, 'ok'] as const)('for a wrong token: %s', async (refusedToken) => {
		used.opentaps.options.refusedToken = refusedToken;
		expect(await says({ ...used.temporary, authToken: 'wrong-token' })).toMatch(
			/did not accept the Auth Token: enter a new one/,
		);
		expect(used.exchanges()).toBe(1);
	});

	it('for a server that cannot, or a web page', async () => {
		const path = /^\/oauth/;
		const fault = used.opentaps.fault({ path, status: 500 });
		expect(await says(used.temporary)).toMatch(/could not process the login.*try again later/);
		fault.remove();
		used.opentaps.fault({ path, status: 200, html: '<html></html>' });
		expect(await says(used.temporary)).toMatch(
			/A web page answered instead of CRM2: check the OAuth Base URL/,
		);
	});

	it('for nobody there, or an address without TLS', async () => {
		const refused = await withRefusingPort(async (port) => {
			const down = { ...used.temporary, oauthBaseUrl: `http://127.0.0.1:${port}` };
			return await says(down);
		});
		expect(refused).toMatch(/could not be signed in to.*Nothing answers at this OAuth Base URL/);
		const plain = { ...used.temporary, oauthBaseUrl: 'http://crm2.example.com/oauth' };
		expect(await says(plain)).toMatch(/OAuth Base URL must start with https/);
	});
});
