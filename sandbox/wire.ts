/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Server } from '@hapi/hapi';

import { pause, type Clock } from './clock';
import type { BreakOff, FaultRule, Faults } from './faults';
import { readBody, readQuery, type Journal, type RecordedRequest } from './journal';

/** The socket in front of the services: journals every request, applies the faults, asks hapi for the rest. */
export interface Wire {
	/** Like `http://127.0.0.1:49152`, without a trailing slash. */
	url: string;
	/** Destroys every connection, the hanging ones included. */
	close(): Promise<void>;
}

interface WireParts {
	/** Asked for when a request needs an answer of theirs. */
	services: () => Promise<Server>;
	journal: Journal;
	faults: Faults;
	clock: Clock;
	host: string;
	port: number;
}

interface Answer {
	status: number;
	headers: Record<string, string | string[] | number | undefined>;
	payload: Buffer;
}

// The transport adds its own.
const HOP_BY_HOP = ['connection', 'transfer-encoding', 'keep-alive', 'content-length'];

async function readBytes(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}

function scriptedAnswer({ status = 500, html, body }: FaultRule): Answer {
	const text =
		html ?? (typeof body === 'string' ? body : JSON.stringify(body ?? { statusCode: status }));
	const type =
		html !== undefined ? 'text/html' : typeof body === 'string' ? 'text/plain' : 'application/json';
	return {
		status,
		headers: { 'content-type': `${type}; charset=utf-8` },
		payload: Buffer.from(text),
	};
}

/** Sends the first half of a body. */
function breakOff(response: ServerResponse, payload: Buffer, how: BreakOff): void {
	if (how === 'empty') return void response.end();
	if (how === 'text') return void response.end(payload.subarray(0, payload.length / 2));
	const whole = how === 'gzip' ? gzipSync(payload) : payload;
	if (how === 'gzip') response.setHeader('content-encoding', 'gzip');
	if (how === 'length') response.setHeader('content-length', whole.length);
	// the headers alone when there is no half to send
	response.flushHeaders();
	response.write(whole.subarray(0, Math.ceil(whole.length / 2)), () => response.destroy());
}

async function drip(
	response: ServerResponse,
	payload: Buffer,
	dripMs: number,
	signal: AbortSignal,
): Promise<'sent' | 'hungUp' | 'closed'> {
	response.setHeader('content-length', payload.length);
	for (const byte of payload) {
		if (signal.aborted) return 'closed';
		if (response.destroyed) return 'hungUp';
		response.write(Buffer.of(byte));
		await pause(dripMs, signal);
	}
	response.end();
	return 'sent';
}

export async function openWire({
	services,
	journal,
	faults,
	clock,
	host,
	port,
}: WireParts): Promise<Wire> {
	const closing = new AbortController();

	async function perform(request: IncomingMessage, payload: Buffer): Promise<Answer> {
		const headers: Record<string, string> = {};
		for (const [name, value] of Object.entries(request.headers)) {
			// Uncompressed answers keep the journal readable.
			if (value === undefined || name === 'accept-encoding' || HOP_BY_HOP.includes(name)) continue;
			headers[name] = String(value);
		}
		const server = await services();
		const result = await server.inject({
			method: request.method,
			url: request.url ?? '/',
			headers,
			payload,
		});
		return { status: result.statusCode, headers: result.headers, payload: result.rawPayload };
	}

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const method = request.method ?? 'GET';
		const target = new URL(request.url ?? '/', 'http://sandbox');
		const bytes = await readBytes(request);
		const rawBody = bytes.toString('utf8');
		const record: RecordedRequest = {
			method,
			path: target.pathname,
			query: readQuery(target.searchParams),
			headers: { ...request.headers },
			rawBody,
			body: readBody(rawBody),
			at: clock.now(),
			status: undefined,
			responseBody: undefined,
		};
		journal.push(record);

		const plan = faults.plan(method, target.pathname, target.search);
		const { failure, delayMs, headers } = plan;
		const performed = !failure || failure.after ? await perform(request, bytes) : undefined;
		if (delayMs > 0) await pause(delayMs, closing.signal);
		if (failure?.hang) return;
		if (failure?.cut || closing.signal.aborted) return void request.socket.destroy();

		const answer = failure || !performed ? scriptedAnswer(failure ?? { path: /^/ }) : performed;
		record.status = answer.status;
		record.responseBody = readBody(answer.payload.toString('utf8'));
		for (const [name, value] of Object.entries({ ...answer.headers, ...headers })) {
			if (value !== undefined && !HOP_BY_HOP.includes(name)) response.setHeader(name, value);
		}
		response.statusCode = answer.status;
		if (plan.breakOff) return breakOff(response, answer.payload, plan.breakOff);
		if (plan.dripMs) {
			const ended = await drip(response, answer.payload, plan.dripMs, closing.signal);
			if (ended === 'hungUp') record.hungUp = true;
			return;
		}
		response.end(method === 'HEAD' ? undefined : answer.payload);
	}

	const listener = createServer((request, response) => {
		// A client that went away in the middle of its request.
		serve(request, response).catch(() => request.socket.destroy());
	});
	// A busy test process would close idle connections late, just as a client uses them again.
	listener.keepAliveTimeout = 0;
	await new Promise<void>((resolve, reject) => {
		listener.once('error', reject);
		listener.listen(port, host, resolve);
	});
	const { port: boundPort } = listener.address() as AddressInfo;

	return {
		url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
		async close() {
			closing.abort();
			const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
			listener.closeAllConnections();
			await closed;
		},
	};
}
