/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { start, type FaultRule, type Sandbox } from '../../sandbox';
import { withRefusingPort } from '../refusingPort';
import type { Json } from '../../scripts/n8n/session';
import { sharedN8n } from './sharedN8n';

jest.setTimeout(60_000);

const LOGINS: Record<string, Json> = {
	affinitext: { library: 'acme', accessToken: 'secret-4711' },
	appmixer: { authentication: 'accessToken', accessToken: 'secret-4711' },
	mambu: { authentication: 'apiKey', apiKey: 'secret-4711', apiVersion: 'v2' },
	nutrient: { authentication: 'token', accessToken: 'secret-4711' },
	opentaps: { authToken: 'secret-4711', clientDomain: 'acme.example' },
};
const PLACES: Record<string, string> = { mambu: 'Tenant', affinitext: 'Library' };

let n8n: Awaited<ReturnType<typeof sharedN8n>>;
let sandbox: Sandbox;
let folder: string;
const servers: Server[] = [];

beforeAll(async () => {
	n8n = await sharedN8n();
	sandbox = await start();
	folder = mkdtempSync(join(tmpdir(), 'certificates-'));
});
afterAll(async () => {
	for (const server of servers) server.close();
	rmSync(folder, { recursive: true, force: true });
	await sandbox?.close();
});

const openssl = (...given: string[]) =>
	execFileSync('openssl', given, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });

/** The address of a server with a self-signed certificate of these times. */
async function tlsServer(from: string, until: string): Promise<string> {
	const config = `[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=p\ncopy_extensions=copy\n[p]\ncommonName=supplied\n`;
	writeFileSync(join(folder, 'ca.cnf'), config);
	writeFileSync(join(folder, 'index'), '');
	openssl(
		...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
		...['-keyout', 'key', '-out', 'request', '-subj', '/CN=localhost'],
		...['-addext', 'subjectAltName=DNS:localhost'],
	);
	openssl(
		...['ca', '-batch', '-config', 'ca.cnf', '-selfsign', '-keyfile', 'key', '-in', 'request'],
		...['-out', 'certificate', '-notext', '-startdate', from, '-enddate', until],
	);
	const [key, cert] = ['key', 'certificate'].map((name) => readFileSync(join(folder, name)));
	const server = createServer({ key, cert }, (_request, response) => response.end('{}'));
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, resolve));
	return `https://localhost:${(server.address() as AddressInfo).port}`;
}

/** Presses Test for a vendor's credential with this address. */
async function test(vendor: string, address: string) {
	const data = { ...LOGINS[vendor], [vendor === 'mambu' ? 'tenant' : 'baseUrl']: address };
	const id = await n8n.rest.createCredential({ name: vendor, type: `${vendor}Api`, data });
	const { status, message } = await n8n.rest.testCredential(id);
	await n8n.rest.deleteCredential(id);
	expect([status, message.includes('secret-4711')]).toEqual(['Error', false]);
	return message;
}

/** One after the other: n8n mixes up tests at the same time. */
async function onEach(address: string) {
	const said: Record<string, string> = {};
	for (const vendor of Object.keys(LOGINS)) said[vendor] = await test(vendor, address);
	return said;
}
const place = (vendor: string) => PLACES[vendor] ?? 'Base URL';
const everywhere = (sentence: (vendor: string) => unknown) =>
	Object.fromEntries(Object.keys(LOGINS).map((vendor) => [vendor, sentence(vendor)]));

it('a host that does not exist is told alike', async () => {
	expect(await onEach('https://does-not-exist.invalid')).toEqual(
		everywhere((v) => `There is no server with this name: check the host in the ${place(v)}`),
	);
});

it('a port where nothing listens is told alike', async () => {
	const answers = await withRefusingPort(async (port) => await onEach(`http://localhost:${port}`));
	expect(answers).toEqual(
		everywhere(
			(v) =>
				`Nothing answers at this ${place(v)}: check its host and port, and that the server is running`,
		),
	);
});

it('a certificate is told by what is wrong with it', async () => {
	expect(await onEach(await tlsServer('20200101000000Z', '20990101000000Z'))).toEqual(
		everywhere(() => expect.stringMatching(/^The server's certificate is self-signed: /)),
	);
	expect(await onEach(await tlsServer('20200101000000Z', '20200102000000Z'))).toEqual(
		everywhere(() => expect.stringMatching(/^The server's certificate has expired: /)),
	);
});

const location = { location: 'https://example.com/' };
it.each<[string, Partial<FaultRule>, RegExp]>([
	...[301, 302, 303, 307, 308].map((status): [string, Partial<FaultRule>, RegExp] => [
		`a redirect (${status})`,
		{ status, headers: location },
		/another address/,
	]),
	['a web page', { status: 200, html: '\n<p>Hi</p>' }, /^A web page answered instead of /],
	['another JSON API', { status: 200, body: { hello: 'world' } }, /^What answered is not /],
	['a wrong token', { status: 401, body: {} }, /did not accept/],
	['a missing right', { status: 403, body: {} }, /does not let|does not allow|did not accept/],
	['tasks switched off', { status: 404, body: {} }, /There is no |is not at this /],
])('%s is told by all', async (_name, rule, sentence) => {
	const fault = sandbox.fault({ path: /./, ...rule });
	const said = await onEach(sandbox.url);
	fault.remove();
	expect(said).toEqual(everywhere(() => expect.stringMatching(sentence)));
});
