/* eslint-disable @n8n/community-nodes/no-restricted-imports -- dev-only, never shipped */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IWebhookResponseData, IWorkflowExecuteAdditionalData } from 'n8n-workflow';

/** The request and response a node's `webhook()` gets. */
export type Callback = Pick<IWorkflowExecuteAdditionalData, 'httpRequest' | 'httpResponse'>;

/** n8n's side of a webhook: parses the body and answers, unless the node has. */
export interface CallbackServer {
	url: string;
	/** What took each callback; it may be replaced at any time. */
	take: (callback: Callback) => Promise<IWebhookResponseData>;
	/** What `webhook()` threw; it must stay empty. */
	thrown: unknown[];
	close(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	if (text === '') return undefined;
	const isJson = String(request.headers['content-type']).startsWith('application/json');
	return isJson ? (JSON.parse(text) ?? undefined) : text;
}

/** The part of express that nodes use. */
const expressLike = (response: ServerResponse) =>
	Object.assign(response, {
		status(code: number) {
			response.statusCode = code;
			return response;
		},
		json(body: unknown) {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(body));
			return response;
		},
	});

export async function openCallbackServer(): Promise<CallbackServer> {
	const listener = createServer((request, response) => {
		void serve(request, response);
	});
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	const { port } = listener.address() as AddressInfo;

	const server: CallbackServer = {
		url: `http://127.0.0.1:${port}`,
		take: async () => ({}),
		thrown: [],
		async close() {
			listener.closeAllConnections();
			await new Promise<void>((resolve) => listener.close(() => resolve()));
		},
	};

	async function serve(request: IncomingMessage, response: ServerResponse) {
		try {
			const body = await readBody(request);
			const query = Object.fromEntries(new URL(request.url ?? '/', server.url).searchParams);
			const httpRequest = { method: request.method, headers: request.headers, body, query };
			const answer = await server.take({
				httpRequest: { ...httpRequest, params: {} },
				httpResponse: expressLike(response),
			} as unknown as Callback);
			if (!answer.noWebhookResponse) response.end(JSON.stringify(answer.webhookResponse));
		} catch (error) {
			server.thrown.push(error);
			response.statusCode = 500;
			response.end();
		}
	}
	return server;
}
