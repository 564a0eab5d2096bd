import { start, type Sandbox } from '../../sandbox';
import { CASES, type Case, type Prepared } from '../nodes/Nutrient/cases';
import type { Sandboxed } from '../nodes/Nutrient/sandboxed';

import { sharedN8n } from './sharedN8n';
import { recordsIn, runSideBySide, type Beside, type RanBeside } from './sideBySide';
import { storedFile } from './storedFile';
import { offeredOperations } from './vendorStage';

jest.setTimeout(300_000);

let n8n: Awaited<ReturnType<typeof sharedN8n>>;
let ran: RanBeside;
/** Each operation has a tenant of its own. */
const tenants = new Map<string, { sandbox: Sandbox; prepared: Prepared }>();

/** A node for the case, with a credential for its tenant. */
async function nodeOf({ operation, user = 'bob', prepare }: Case): Promise<Beside> {
	const sandbox = await start();
	const { url, options } = sandbox.nutrient;
	// a case uses nothing else of it
	const prepared = prepare({ nutrient: sandbox.nutrient } as Sandboxed);
	tenants.set(operation, { sandbox, prepared });
	const id = await n8n.rest.createCredential({
		name: `Nutrient for ${operation}`,
		type: 'nutrientApi',
		data: {
			...{ baseUrl: url, authentication: 'apiKey', keyType: 'system' },
			...{ tenantId: options.tenant, apiKey: options.systemKey, userName: user },
		},
	});
	const [resource, name] = operation.split(':');
	const [file] = Object.values(prepared.files ?? {});
	return {
		name: operation,
		type: 'nutrient',
		credential: { id, type: 'nutrientApi' },
		parameters: { resource, operation: name, ...prepared.parameters },
		file: file && {
			base64: file.data,
			fileName: String(file.fileName),
			mimeType: file.mimeType,
		},
	};
}

beforeAll(async () => {
	n8n = await sharedN8n();
	ran = await runSideBySide(n8n.rest, await Promise.all(CASES.map(nodeOf)));
});
afterAll(async () => {
	await Promise.all([...tenants.values()].map(async ({ sandbox }) => await sandbox.close()));
});

const requestsOf = (operation: string) => tenants.get(operation)?.sandbox.nutrient.requests ?? [];
const isExchange = ({ path }: { path: string }) => path.startsWith('/api/auth/');

it('has a row for every operation that n8n offers', async () => {
	expect(await offeredOperations(n8n.rest, 'nutrient')).toEqual(
		CASES.map(({ operation }) => operation).sort(),
	);
});

it.each(CASES)('$operation sends what the API takes; n8n stores its record', (each) => {
	const { operation, user = 'bob' } = each;
	const { request = {}, output = [] } = tenants.get(operation)?.prepared ?? {};
	expect(recordsIn(ran.items[operation])).toEqual(output);
	expect(ran.items[operation].map(({ pairedItem }) => pairedItem)).toEqual(
		output.map(() => ({ item: 0 })),
	);

	const last = requestsOf(operation).at(-1);
	const { method, path, query } = request;
	expect(last).toMatchObject({ method, path, status: 200 });
	expect(last?.query).toEqual(query);
	if ('body' in request) expect(last?.body).toEqual(request.body);
	expect(last?.headers.authorization).toMatch(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/);
	expect(requestsOf(operation).filter(isExchange)).toMatchObject([
		{ path: `/api/auth/apikey/acme/system%2Fkey%2B1/impersonate/${user}`, status: 200 },
	]);
});

it('file:upload sends the bytes of the item’s file, named as Options say', () => {
	const [file] = tenants.get('file:upload')?.sandbox.nutrient.files ?? [];
	expect([file.mimeType, file.bytes]).toEqual([
		'image/png',
		Buffer.from([0, 255, 128, 13, 10, 45]),
	]);
});

it.each([
	['file:download', 'naïve.png', 'image/png', Buffer.from([0, 255, 128])],
	[
		'report:export',
		'Open Purchases.csv',
		'text/csv',
		Buffer.from('request,department,amount,day\r\n1002,Sales,80,2026-03-20\r\n'),
	],
])('%s stores the bytes of the file with its name', async (operation, name, type, bytes) => {
	const [{ binary }] = ran.items[operation];
	expect(binary?.data).toMatchObject({ fileName: name, mimeType: type });
	expect(await storedFile(n8n.rest, binary!.data)).toEqual(bytes);
});
