import { start, type Sandbox } from '../../sandbox';
import { CASES, type Case, type Prepared } from '../nodes/Opentaps/cases';
import { formOf, type Sandboxed } from '../nodes/Opentaps/sandboxed';
import { sharedN8n } from './sharedN8n';
import { recordsIn, runSideBySide, type Beside, type RanBeside } from './sideBySide';
import { offeredOperations } from './vendorStage';

jest.setTimeout(300_000);

let n8n: Awaited<ReturnType<typeof sharedN8n>>;
let ran: RanBeside;
/** Each operation has a CRM2 of its own. */
const domains = new Map<string, { sandbox: Sandbox; prepared: Prepared }>();

/** A node for the case, with a credential for its domain. */
async function nodeOf({ operation, prepare }: Case): Promise<Beside> {
	const sandbox = await start();
	// a case uses nothing else of it
	const prepared = prepare({ opentaps: sandbox.opentaps } as Sandboxed);
	domains.set(operation, { sandbox, prepared });
	const id = await n8n.rest.createCredential({
		name: `CRM2 for ${operation}`,
		type: 'opentapsApi',
		data: {
			baseUrl: sandbox.opentaps.url,
			clientDomain: 'acme.example',
			authToken: 'permanent-of-ida',
		},
	});
	const [resource, name] = operation.split(':');
	return {
		name: operation,
		type: 'opentaps',
		credential: { id, type: 'opentapsApi' },
		parameters: { resource, operation: name, ...prepared.parameters },
	};
}

beforeAll(async () => {
	n8n = await sharedN8n();
	// the table's times are Prague's
	ran = await runSideBySide(n8n.rest, await Promise.all(CASES.map(nodeOf)), 'Europe/Prague');
});
afterAll(async () => {
	await Promise.all([...domains.values()].map(async ({ sandbox }) => await sandbox.close()));
});

it('has a row for every operation that n8n offers', async () => {
	expect(await offeredOperations(n8n.rest, 'opentaps')).toEqual(
		CASES.map(({ operation }) => operation).sort(),
	);
});

it.each(CASES)('$operation sends what CRM2 takes; n8n stores its record', ({ operation }) => {
	const { sandbox, prepared } = domains.get(operation)!;
	expect(recordsIn(ran.items[operation])).toEqual(prepared.output);
	expect(ran.items[operation].map(({ pairedItem }) => pairedItem)).toEqual(
		prepared.output.map(() => ({ item: 0 })),
	);

	const [sent, ...others] = sandbox.opentaps.requests;
	const { method, path, query = {}, form = {} } = prepared.request;
	expect(sent).toMatchObject({ method, path, query });
	expect(sent.query).toEqual(query);
	expect(formOf(sent)).toEqual(form);
	expect(sent.headers['content-type']).toBe(
		prepared.request.form && 'application/x-www-form-urlencoded',
	);
	// a list shorter than its page is asked once more for what comes after
	expect(others.every((request) => request.method === 'GET')).toBe(true);
	expect(sandbox.opentaps.requests.map(({ status }) => status)).toEqual(
		sandbox.opentaps.requests.map(() => 200),
	);
});
