/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { createServer, type AddressInfo, type Socket } from 'node:net';

import axios from 'axios';

/** A request as far as an answer may depend on it. */
export interface Asked {
	method: string;
	/** With its query. */
	target: string;
	headers: Record<string, string>;
	body: Buffer;
	/** The origin that was asked. */
	origin: string;
}

/** Writes whatever it likes: no HTTP library would send most of it. */
export type Answer = (socket: Socket, asked: Asked) => void | Promise<void>;

export interface HostileServer {
	url: string;
	/** How many requests it has answered itself. */
	answered(): number;
	close(): Promise<void>;
}

interface Options {
	/** The service that serves the requests that come first. */
	behind?: string;
	/** How many it serves. */
	skip?: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Answers every request with the same, after those that the service behind it has served. */
export async function openHostile(
	answer: Answer,
	{ behind, skip = 0 }: Options = {},
): Promise<HostileServer> {
	let answered = 0;
	let served = 0;
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		// whoever had enough of it hangs up
		socket.on('error', () => socket.destroy());
		socket.on('close', () => sockets.delete(socket));
		void take(socket);
	});

	async function take(socket: Socket): Promise<void> {
		const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const asked = await readRequest(socket, origin);
		if (!asked) return;
		if (behind !== undefined && served < skip) {
			served += 1;
			return await pass(behind, socket, asked);
		}
		answered += 1;
		await answer(socket, asked);
	}

	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		answered: () => answered,
		async close() {
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** One request of a connection: every answer ends it. */
async function readRequest(socket: Socket, origin: string): Promise<Asked | null> {
	return await new Promise((resolve) => {
		let read = Buffer.alloc(0);
		socket.on('close', () => resolve(null));
		socket.on('data', (chunk: Buffer) => {
			read = Buffer.concat([read, chunk]);
			const end = read.indexOf(HEAD_END);
			if (end < 0) return;
			const [first, ...lines] = read.subarray(0, end).toString('latin1').split('\r\n');
			const [method, target] = first.split(' ');
			const headers = Object.fromEntries(
				lines.map((line) => {
					const [name, ...value] = line.split(':');
					return [name.toLowerCase(), value.join(':').trim()];
				}),
			);
			const body = read.subarray(end + HEAD_END.length);
			if (body.length < Number(headers['content-length'] ?? 0)) return;
			resolve({ method, target, headers, body, origin });
		});
	});
}

/** What the service behind answers to a request. */
export async function ask(service: string, { method, target, headers, body }: Asked) {
	const more = { ...headers };
	delete more.host;
	delete more.connection;
	return await axios.request<Buffer>({
		...{ method, url: `${service}${target}`, headers: more },
		...(body.length > 0 && { data: body }),
		...{ responseType: 'arraybuffer', validateStatus: () => true },
		...{ proxy: false, maxRedirects: 0, transformRequest: (data: unknown) => data },
	});
}

async function pass(service: string, socket: Socket, asked: Asked): Promise<void> {
	const { status, headers, data } = await ask(service, asked);
	socket.end(whole(status, { 'content-type': String(headers['content-type']) }, data));
}

type Headers = Record<string, string> | Array<[string, string]>;

/** The lines before a body. */
export function head(status: number | string, headers: Headers, version = '1.1'): string {
	const lines = (Array.isArray(headers) ? headers : Object.entries(headers)).map(
		([name, value]) => `${name}: ${value}\r\n`,
	);
	return `HTTP/${version} ${status} Whatever\r\n${lines.join('')}connection: close\r\n\r\n`;
}

/** An answer with an end. */
export function whole(status: number | string, headers: Headers, body: string | Buffer): Buffer {
	const bytes = Buffer.from(body as string);
	const all = Array.isArray(headers) ? headers : Object.entries(headers);
	const length: [string, string] = ['content-length', String(bytes.length)];
	return Buffer.concat([Buffer.from(head(status, [...all, length]), 'latin1'), bytes]);
}
