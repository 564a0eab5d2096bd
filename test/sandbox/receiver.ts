/* eslint-disable @n8n/community-nodes/no-restricted-globals -- dev-only, never shipped */
import { server as createServer } from '@hapi/hapi';

/** What arrived at a receiver. */
export interface Received {
	/** Upper case. */
	method: string;
	query: Record<string, unknown>;
	body: Record<string, unknown>;
	headers: Record<string, unknown>;
}

type Reply = (received: Received) => number | Promise<number>;

/** A receiver of calls with any verb that answers with the status `reply` gives. */
export async function startReceiver(reply: Reply = () => 200) {
	const received: Received[] = [];
	const server = createServer({ host: '127.0.0.1', port: 0, debug: false });
	let current = reply;
	server.route({
		method: '*',
		path: '/hook',
		async handler(request, h) {
			const one = {
				method: request.method.toUpperCase(),
				query: { ...request.query },
				body: request.payload as Record<string, unknown>,
				headers: { ...request.headers },
			};
			received.push(one);
			const status = await current(one);
			return h.response({}).code(status).header('location', '/hook');
		},
	});
	await server.start();
	return {
		url: `${server.info.uri}/hook`,
		received,
		reply(next: Reply) {
			current = next;
		},
		close: async () => await server.stop({ timeout: 100 }),
	};
}

/** A promise to be resolved from outside. */
export function gate() {
	let open: () => void = () => undefined;
	const opened = new Promise<void>((resolve) => (open = resolve));
	return { opened, open };
}

/** Lets sockets make progress. */
export async function nextTurn(): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, 2));
}
