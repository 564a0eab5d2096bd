import type { NutrientOptions } from '../../sandbox';
import type { Json } from '../../scripts/n8n/session';
import { n8nLog } from './n8nLog';
import { openVendorStage, type VendorStage } from './vendorStage';

jest.setTimeout(120_000);

const CURRENT = { resource: 'user', operation: 'getCurrent' };
const SYSTEM = {
	...{ authentication: 'apiKey', keyType: 'system', tenantId: 'acme' },
	...{ apiKey: 'system/key+1', userName: 'bob' },
};
const LEGACY = { authentication: 'legacy', apiKey: 'sandbox-legacy-key', userName: 'bob' };
const EXCHANGE = '/api/auth/apikey/acme/system%2Fkey%2B1/impersonate/bob';

let stage: VendorStage<'nutrient'>;
beforeAll(async () => {
	stage = await openVendorStage('nutrient', ({ url }) => ({ baseUrl: url, ...SYSTEM }));
});
afterAll(async () => await stage?.close());

const calls = () =>
	stage.service.requests.map(({ method, path, status }) => `${method} ${path} ${status}`);

describe.each<[string, NutrientOptions['expiredAnswer'], number]>([
	['401', 'status401', 401],
	['401 and "expired token"', 'text401', 401],
	['200 and "expired token"', 'text200', 200],
])('E5, E6: where an ended login is answered %s', (_name, expiredAnswer, status) => {
	it.each<[string, Json, string]>([
		['a system key', SYSTEM, EXCHANGE],
		['legacy impersonation', LEGACY, '/access/impersonate'],
	])('an execution with %s renews it once, and decides once', async (_kind, data, exchange) => {
		const { service } = stage;
		const credentialId = await stage.credential(data);
		const current = 'GET /api/user/current 200';
		service.options.expiredAnswer = expiredAnswer;
		await stage.run(CURRENT, { credentialId });
		expect(calls()).toEqual([`GET ${exchange} 200`, current]);
		await stage.run(CURRENT, { credentialId });
		expect(calls()).toEqual([current]);

		service.expireTokens();
		const task = service.createApproval();
		const taskId = { __rl: true, mode: 'id', value: task.recipientTaskSid };
		const approve = { resource: 'task', operation: 'approve', taskId };
		const { execution, json } = await stage.run(approve, { credentialId });
		expect([execution.status, json[0]?.option]).toEqual(['success', 'Approve']);
		const path = `/api/instance/tasktypes/approval/${task.recipientTaskSid}`;
		expect(calls()).toEqual([
			...[`GET ${path} ${status}`, `GET ${exchange} 200`, `GET ${path} 200`, `POST ${path} 200`],
		]);
		expect(task.decision).toBe('Approve');

		await stage.run(CURRENT, { credentialId });
		expect(calls()).toEqual([current]);
	});
});

it('E6: a token that cannot be renewed is an error of the credential, without the token', async () => {
	const { service } = stage;
	const accessToken = service.issueToken(service.options.users[0], -60);
	const data = { authentication: 'token', accessToken };
	for (const expiredAnswer of ['status401', 'text401', 'text200'] as const) {
		service.options.expiredAnswer = expiredAnswer;
		const credentialId = await stage.credential(data);
		const { execution, error } = await stage.run(CURRENT, { credentialId });
		expect(error).toMatchObject({ httpCode: '401' });
		expect(JSON.stringify(execution.raw)).not.toContain(accessToken);
	}
});

it('a refused key is asked once, told in a sentence, and is in no stored error', async () => {
	for (const refusedKey of [401, 404, 500] as const) {
		stage.service.options.refusedKey = refusedKey;
		const credentialId = await stage.credential({ apiKey: 'wrong/key+2' });
		const { execution, error } = await stage.run(CURRENT, { credentialId });
		expect(error?.message).toBe(
			`Nutrient could not be signed in to (HTTP ${refusedKey}): could not read the current user`,
		);
		expect(error?.description).toMatch(/key|process the login/);
		expect(JSON.stringify(execution.raw)).not.toMatch(/wrong.{1,3}key/);
		expect(calls()).toEqual([
			`GET /api/auth/apikey/acme/wrong%2Fkey%2B2/impersonate/bob ${refusedKey}`,
		]);
	}
	expect(n8nLog()).not.toMatch(/wrong(\/|%2F)key/);
});

it('a key exchange that is cut, or answered by a page, leaves the key in no stored error', async () => {
	for (const rule of [{ cut: true }, { status: 502, html: '<p>system/key+1</p>' }]) {
		for (const data of [SYSTEM, LEGACY]) {
			const fault = stage.service.fault({ path: /./, ...rule });
			const credentialId = await stage.credential(data);
			const { execution, error } = await stage.run(CURRENT, { credentialId });
			fault.remove();
			expect(error?.message).toMatch(/^Nutrient could not be signed in to/);
			expect(JSON.stringify(execution.raw)).not.toMatch(/system.{1,3}key|sandbox-legacy-key/);
		}
	}
	expect(n8nLog()).not.toMatch(/system(\/|%2F)key|sandbox-legacy-key/);
});
