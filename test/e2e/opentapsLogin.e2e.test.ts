import type { OpentapsOptions } from '../../sandbox';
import { n8nLog } from './n8nLog';
import { openVendorStage, type VendorStage } from './vendorStage';

jest.setTimeout(120_000);

const LIST = { resource: 'tag', operation: 'getAll' };
const WRONG = 'a-wrong-token-4711';
const TEMPORARY = { useTemporary: true };
let stage: VendorStage<'opentaps'>;

beforeAll(async () => {
	stage = await openVendorStage('opentaps', ({ url }) => ({
		...{ baseUrl: url, clientDomain: 'acme.example', authToken: 'permanent-of-ida' },
	}));
	stage.service.addTag({ tagName: 'Sales', tagUrl: '', tagKeywords: '' });
});
beforeEach(() => void (stage.service.options.refusedToken = 401));
afterAll(async () => await stage?.close());

const calls = () =>
	stage.service.requests.map(({ method, path, status }) => `${method} ${path} ${status}`);

/** The tokens sent with calls other than the exchange: `temporary`, or the permanent one as it is. */
const tokens = () =>
	stage.service.requests
		.filter(({ path }) => !path.startsWith('/oauth/'))
		.map(({ query, rawBody }) => query.authToken ?? new URLSearchParams(rawBody).get('authToken'))
		.map((token) => String(token).replace(/^temporary-.*/, 'temporary'));

it.each<[OpentapsOptions['refusedToken'], number]>([
	[401, 401],
	[403, 403],
	['ok', 200],
])(
	'E5, E6: a temporary token that ended, answered %s, is renewed once by an execution',
	async (refusedToken, status) => {
		const { service } = stage;
		const credentialId = await stage.credential(TEMPORARY);
		service.options.refusedToken = refusedToken;
		await stage.run(LIST, { credentialId });
		expect(calls()).toEqual(['POST /oauth/temp-token 200', 'GET /tag 200']);
		await stage.run(LIST, { credentialId });
		expect(calls()).toEqual(['GET /tag 200']);

		service.expireTokens();
		const tagName = `Made after ${refusedToken}`;
		const create = { resource: 'tag', operation: 'create', tagName };
		const { execution, json } = await stage.run(create, { credentialId });
		expect([execution.status, json[0]?.name]).toEqual(['success', tagName]);
		expect(calls()).toEqual([`POST /tag ${status}`, 'POST /oauth/temp-token 200', 'POST /tag 200']);
		expect(tokens()).toEqual(['temporary', 'temporary']);
		expect(service.tags.filter((tag) => tag.tagName === tagName)).toHaveLength(1);

		await stage.run(LIST, { credentialId });
		expect(calls()).toEqual(['GET /tag 200']);
	},
);

it('a refused or lost call leaves the Auth Token in no stored error', async () => {
	const refused = [await stage.credential({ authToken: WRONG }), 'credential'] as const;
	const exchange = [await stage.credential({ authToken: WRONG, ...TEMPORARY }), 'sign'] as const;
	for (const [credentialId, word] of [refused, exchange]) {
		const { execution, error } = await stage.run(LIST, { credentialId });
		expect(error?.message).toMatch(new RegExp(`${word}.*HTTP 401`));
		expect(JSON.stringify(execution.raw)).not.toContain(WRONG);
	}
	for (const rule of [{ cut: true }, { status: 500, body: { error: `No ${WRONG}` } }]) {
		const fault = stage.service.fault({ path: /./, ...rule });
		for (const [credentialId] of [refused, exchange]) {
			const { execution } = await stage.run(LIST, { credentialId });
			expect(execution.status).toBe('error');
			expect(JSON.stringify(execution.raw)).not.toContain(WRONG);
		}
		fault.remove();
	}
	expect(n8nLog()).not.toContain(WRONG);
});
