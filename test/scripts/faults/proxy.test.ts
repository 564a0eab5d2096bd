/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import axios from 'axios';

import { startProxy, type Proxy } from '../../../scripts/faults/proxy';

const servers: Record<'main' | 'processor', Server> = {
	main: createServer((_request, response) => response.end('main')),
	processor: createServer((request, response) => {
		if (request.url?.endsWith('killed')) request.socket.destroy();
		else response.end('processor');
	}),
};
let proxy: Proxy;
beforeAll(async () => {
	for (const server of Object.values(servers)) {
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
	}
	const portOf = (server: Server) => (server.address() as AddressInfo).port;
	proxy = await startProxy({ main: portOf(servers.main), processor: portOf(servers.processor) });
});
afterAll(() => {
	proxy.close();
	for (const server of Object.values(servers)) server.close();
});

async function ask(path: string): Promise<unknown> {
	const options = { proxy: false as const, validateStatus: () => true };
	const { status, data } = await axios.get<unknown>(`${proxy.url}${path}`, options);
	return status === 200 ? data : status;
}

it('gives the editor to main, and webhooks and waits to whom the routes say', async () => {
	expect(await ask('/rest/settings')).toBe('main');
	expect(await ask('/webhook-test/x')).toBe('main');
	expect([await ask('/webhook/x'), await ask('/webhook-waiting/1')]).toEqual([
		'processor',
		'processor',
	]);
	proxy.routes.webhook = 'main';
	expect([await ask('/webhook/x'), await ask('/webhook-waiting/1')]).toEqual(['main', 'processor']);
	proxy.routes.waiting = 'alternate';
	const answers = [1, 2, 3, 4].map(async () => await ask('/webhook-waiting/1'));
	expect((await Promise.all(answers)).sort()).toEqual(['main', 'main', 'processor', 'processor']);
});

it('answers 502 for a process that is gone', async () => {
	proxy.routes.webhook = 'processor';
	expect(await ask('/webhook/killed')).toBe(502);
});
