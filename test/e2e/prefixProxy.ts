import h2o2 from '@hapi/h2o2';
import { server as createServer } from '@hapi/hapi';

export interface Forwarded {
	/** As the outside calls it, with the prefix. */
	path: string;
	status: number;
	body: string;
}

/** A reverse proxy that serves a target under `/n8n/` and strips that prefix, as many do. */
export async function openPrefixProxy(target: () => string) {
	const forwarded: Forwarded[] = [];
	const proxy = createServer({ port: 0, host: '127.0.0.1' });
	await proxy.register(h2o2);
	proxy.route({
		method: '*',
		path: '/n8n/{rest*}',
		options: { payload: { parse: false, maxBytes: 20_000_000 } },
		handler: {
			proxy: {
				passThrough: true,
				mapUri: ({ url }) => ({
					uri: `${target()}${url.pathname.slice('/n8n'.length)}${url.search}`,
				}),
				async onResponse(error, response, request, h) {
					if (error) throw error;
					const chunks: Buffer[] = [];
					for await (const chunk of response) chunks.push(chunk as Buffer);
					const { statusCode: status = 502, headers } = response;
					const body = Buffer.concat(chunks);
					forwarded.push({ path: request.path, status, body: body.toString() });
					return h
						.response(body)
						.code(status)
						.type(headers['content-type'] ?? 'text/plain');
				},
			},
		},
	});
	await proxy.start();
	return {
		/** For `WEBHOOK_URL`. */
		url: `${proxy.info.uri}/n8n/`,
		forwarded,
		close: async () => await proxy.stop({ timeout: 1_000 }),
	};
}
