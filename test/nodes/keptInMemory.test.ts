/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { start, type Sandbox } from '../../sandbox';

let sandbox: Sandbox;
let folder: string;
beforeEach(async () => {
	sandbox = await start();
	folder = await mkdtemp(join(tmpdir(), 'heap-'));
});
afterEach(async () => {
	await sandbox.close();
	await rm(folder, { recursive: true });
});

const LOGINS = [
	{
		vendor: 'Appmixer',
		path: /user\/auth$/,
		service: () => sandbox,
		credential: () => ({
			...{ baseUrl: sandbox.url, authentication: 'login', username: 'ada', password: 'x' },
		}),
	},
	{
		vendor: 'Nutrient',
		path: /impersonate/,
		service: () => sandbox.nutrient,
		credential: () => ({
			...{ baseUrl: sandbox.nutrient.url, authentication: 'apiKey', keyType: 'personal' },
			...{ tenantId: 'acme', apiKey: 'key' },
		}),
	},
	{
		vendor: 'Opentaps',
		path: /temp-token$/,
		service: () => sandbox.opentaps,
		credential: () => ({
			...{ baseUrl: sandbox.opentaps.url, clientDomain: 'acme.example' },
			...{ authToken: 'permanent', useTemporary: true },
		}),
	},
];

/** Logs in, has the token refused and renews it, as n8n does; then all of the process's memory is written down. */
const CHILD = `
	const { writeHeapSnapshot } = require('node:v8');
	const [, module, name, credential, file, holds] = process.argv;
	const helpers = {
		async httpRequest({ url, method, headers, body }) {
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			const type = { 'content-type': 'application/json' };
			const answer = await fetch(url, { method, headers: headers ?? type, body: method === 'GET' ? undefined : text });
			return { statusCode: answer.status, headers: {}, body: await answer.json() };
		},
	};
	async function run() {
		const type = new (require(module)[name])();
		const given = JSON.parse(credential);
		const first = await type.preAuthentication.call({ helpers }, given);
		const renewed = await type.preAuthentication.call({ helpers }, { ...given, ...first });
		const again = await type.preAuthentication.call({ helpers }, { ...given, ...first });
		if (again.sessionToken !== renewed.sessionToken) throw new Error('Not shared');
		globalThis.login = type;
		if (holds === 'yes') globalThis.held = renewed;
	}
	run().then(async () => {
		// V8 keeps the text that the last regular expression looked at
		/x/.exec('x');
		for (let turn = 0; turn < 5; turn++) {
			await new Promise((done) => setTimeout(done, 20));
			gc();
		}
		writeHeapSnapshot(file);
	});
`;

async function heapAfter({ vendor, path, service, credential }: (typeof LOGINS)[0], holds: string) {
	const tokens = [1, 2].map(() => randomBytes(24).toString('hex'));
	for (const token of tokens) {
		service().fault({ path, times: 1, status: 200, body: { token, authToken: token } });
	}
	const file = join(folder, 'memory.heapsnapshot');
	const module = resolve(`dist/credentials/${vendor}Api.credentials.js`);
	const args = ['--expose-gc', '-e', CHILD, module, `${vendor}Api`];
	const given = JSON.stringify(credential());
	await promisify(execFile)(process.execPath, [...args, given, file, holds]);
	const heap = await readFile(file, 'utf8');
	return tokens.map((token) => heap.includes(token));
}

describe.each(LOGINS)('the login of $vendor', (login) => {
	it('F12: leaves no token in the memory of the process, also not while it is fresh', async () => {
		expect(await heapAfter(login, 'no')).toEqual([false, false]);
	});

	it('is looked for where it would be found', async () => {
		expect(await heapAfter(login, 'yes')).toEqual([false, true]);
	});
});
