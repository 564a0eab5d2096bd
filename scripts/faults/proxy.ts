/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
/** The reverse proxy in front of an n8n in queue mode, as n8n's documentation describes it. */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Upstream = 'main' | 'processor';
/** Which process gets a call; `alternate`: one after the other. */
export type Route = Upstream | 'alternate';

/** May be changed at any time; the editor and its REST API are main's. */
export interface Routes {
	/** Calls to production webhooks. */
	webhook: Route;
	/** Calls that answer a wait. */
	waiting: Route;
}

export interface Proxy {
	/** What services call. */
	url: string;
	routes: Routes;
	close(): void;
}

function kindOf(path: string): keyof Routes | undefined {
	if (path.startsWith('/webhook-waiting')) return 'waiting';
	return path.startsWith('/webhook/') ? 'webhook' : undefined;
}

export async function startProxy(ports: Record<Upstream, number>): Promise<Proxy> {
	const routes: Routes = { webhook: 'processor', waiting: 'processor' };
	let turn = 0;
	function chosen({ url = '/' }: IncomingMessage): Upstream {
		const kind = kindOf(url);
		const route = kind ? routes[kind] : 'main';
		if (route !== 'alternate') return route;
		return turn++ % 2 === 0 ? 'processor' : 'main';
	}
	const server = createServer((incoming, outgoing) => {
		const { url: path, method } = incoming;
		const headers = { ...incoming.headers, connection: 'close' };
		const target = { host: '127.0.0.1', port: ports[chosen(incoming)], path, method, headers };
		const onward = request(target, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			// a process that is killed in the middle of its answer
			answer.once('error', () => outgoing.destroy());
			answer.pipe(outgoing);
		});
		onward.once('error', () => {
			if (outgoing.headersSent) outgoing.destroy();
			else outgoing.writeHead(502).end();
		});
		incoming.pipe(onward);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://localhost:${(server.address() as AddressInfo).port}`,
		routes,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
