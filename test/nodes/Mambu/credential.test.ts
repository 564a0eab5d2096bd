/** @jest-environment ./test/engine/environment.ts */
import {
	Expression,
	type ICredentialDataDecryptedObject,
	type IWorkflowDataProxyData,
} from 'n8n-workflow';

import { MambuApi } from '../../../credentials/MambuApi.credentials';
import { tenantUrl } from '../../../nodes/Mambu/tenantUrl';
import { VERA, type MambuOptions } from '../../../sandbox';
import { engine } from '../../engine';
import { useMambu, VERSIONS } from './sandboxed';

const at = useMambu();
const credentialType = new MambuApi();

/** Evaluates a value of the test request as n8n does. */
const evaluated = (value: unknown, $credentials: ICredentialDataDecryptedObject) =>
	new Expression('UTC').resolveSimpleParameterValue(
		value as string,
		{ $credentials } as unknown as IWorkflowDataProxyData,
	);

const tested = async (given: ICredentialDataDecryptedObject) =>
	await engine.testCredential('mambu', given);

describe('the credential test', () => {
	it.each([
		'acme',
		' acme.sandbox ',
		'acme.mambu.com/',
		'https://acme.mambu.com/api/',
		'https://acme.mambu.com/#dashboard',
		'http://127.0.0.1:9/api',
		'bank.example.com',
	])('asks the address the nodes use: %j', (tenant) => {
		expect(evaluated(credentialType.test.request.baseURL, { tenant })).toBe(tenantUrl(tenant));
	});

	it.each(VERSIONS)(
		'is content with a key or a login that may list tasks in %s',
		async (version) => {
			const { username, password } = VERA;
			const credential = at.credential(version);
			expect(await tested(credential)).toBeNull();
			expect(
				await tested({ ...credential, authentication: 'basic', username, password }),
			).toBeNull();
			expect(at.calls()[0]).toBe('GET /api/tasks?limit=1');
			const accept = String(at.mambu.requests[0].headers.accept);
			expect(accept.includes('vnd.mambu.v2')).toBe(version === 'v2');
		},
	);

	it('says what is wrong with the login', async () => {
		const credential = at.credential('v2');
		expect(await tested({ ...credential, apiKey: 'x' })).toContain('did not accept the API key');
		at.mambu.options.blockIp = true;
		expect(await tested(credential)).toContain('IP address');
	});

	it.each<[MambuOptions['v1Retired'], string]>([
		['invalidOperation', 'Choose V2'],
		['notImplemented', 'Choose V2'],
		['notAvailable', 'With V1'],
		['notFound', 'choose V2'],
	])('points to V2 when V1 is switched off: %s', async (v1Retired, message) => {
		at.mambu.options.v1Retired = v1Retired;
		expect(await tested(at.credential('v1'))).toContain(message);
		expect(await tested(at.credential('v2'))).toBeNull();
	});
});
