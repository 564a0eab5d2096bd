/** @jest-environment ./test/engine/environment.ts */
/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { gzipSync } from 'node:zlib';

import type { Sandbox } from '../../sandbox';
import { engine } from '../engine';
import { head, whole, type Answer } from '../hostile/hostileServer';
import { actAt } from '../hostile/problems';
import { addressOf, VENDORS, waysInOf, type WayIn } from '../hostile/waysIn';

let sandbox: Sandbox;
let ways: WayIn[];
beforeAll(async () => {
	sandbox = await engine.startSandbox();
	ways = (await Promise.all(VENDORS.map(async (one) => await waysInOf(sandbox, one)))).flat();
});
afterAll(async () => await sandbox.close());

const answer =
	(body: string | Buffer, headers: Record<string, string>): Answer =>
	(socket) =>
		void socket.end(whole(200, headers, body));

/** What comes of a way in to a server that answers like that, and stays open until something has happened. */
async function at(name: string, given: Answer, before: () => Promise<unknown> = async () => {}) {
	const found = ways.find((one) => `${one.vendor} ${one.name}` === name)!;
	const act = async (url: string) => {
		const outcome = await found.act(url);
		await before();
		return outcome;
	};
	const way = { ...found, act };
	const { error, output } = await actAt(way, given, { behind: addressOf(sandbox, way.vendor) });
	return { message: error?.message, description: error?.description, output };
}

const FILES = ['nutrient file:download', 'nutrient report:export'];
const READS = ['affinitext task:getAll', 'appmixer task:count', 'mambu task:getAll'].concat(
	...['nutrient user:getAll', 'nutrient user:create', 'opentaps task:getAll'],
	FILES,
);
const UNKNOWN = ['gzip, gzip', 'zstd', 'br, gzip'];

it.each(READS)('%s takes no bytes that nobody has unpacked for its answer', async (name) => {
	for (const encoding of UNKNOWN) {
		const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
		const { message, description } = await at(name, answer(gzipSync(gzipSync('[]')), headers));
		expect(message).toMatch(/ sent what cannot be read \(HTTP 200\): could not /);
		const isWrite = name === 'nutrient user:create';
		expect(description).toMatch(isWrite ? /may have been done/ : /compressed in a way/);
	}
});

it.each(READS)(
	'%s hangs up on such bytes when they do not end',
	async (name) => {
		let timer: NodeJS.Timeout | undefined;
		const hungUp = new Promise((resolve) => {
			const endless: Answer = (socket) => {
				socket.write(head(200, { 'content-encoding': 'gzip, gzip' }));
				timer = setInterval(() => void socket.write('x'), 10);
				socket.on('close', resolve);
			};
			void at(name, endless, async () => await hungUp);
		});
		await hungUp;
		clearInterval(timer);
	},
	5000,
);

it.each(FILES)('%s gives no file that says that there is none', async (name) => {
	const says = (body: string) => answer(body, { 'content-type': 'application/json' });
	const told = await at(name, says('{"status":404,"message":"No such file","stack":"at x"}'));
	expect(told.message).toMatch(/^Nutrient refused the request \(HTTP 200\): could not /);
	expect(told.description).toMatch(/^Nutrient said: "No such file"\. Check the ID/);
	expect((await at(name, says('false'))).message).toMatch(/^Nutrient refused the request/);
});

it.each(FILES)('%s gives a file of such words that has a name', async (name) => {
	const headers = { 'content-type': 'application/json', 'content-disposition': 'attachment' };
	const { output } = await at(name, answer('{"status":404,"message":"No such file"}', headers));
	expect(output).toMatchObject([[{ json: { size: 39 } }]]);
});

it.each([
	['affinitext task:getAll', 'id'],
	['nutrient task:getAll', 'sid'],
	['nutrient user:getAll', 'sid'],
	['opentaps task:getAll', '_id'],
])('%s tells two IDs apart that JavaScript rounds to the same one', async (name, key) => {
	const ids = ['9007199254740993', '9007199254740992'];
	const body = `[${ids.map((id) => `{"${key}":${id}}`).join()}]`;
	const { output } = await at(name, answer(body, { 'content-type': 'application/json' }));
	const [items] = output as Array<Array<{ json: Record<string, unknown> }>>;
	expect(items.map(({ json }) => json[key] ?? json.id)).toEqual(ids);
});
