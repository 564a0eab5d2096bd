import { Boom } from '@hapi/boom';
import type { ResponseToolkit, ResponseObject, Server } from '@hapi/hapi';

import type { NutrientOptions } from './options';

/** A refusal with the vendor's `message` and `description`. */
export function refusal(status: number, message: string, description?: string): Boom {
	return new Boom(message, { statusCode: status, data: { description } });
}

/**
 * Answers refusals as an "IntegrifyException": `{ status, message, description?, stack? }`, declared for 400, 403 and
 * 500 by the forms service (src/knowledge/api-forms-swagger.yml in github.com/brperdomo/workflow-copilot).
 * Assumption: the other services do the same, and the texts.
 */
export function registerRefusals(server: Server, options: NutrientOptions): void {
	server.ext('onPreResponse', ({ response }, h) => {
		if (!(response instanceof Boom)) return h.continue;
		const { statusCode, payload } = response.output;
		const message = response.isServer ? 'Unexpected server condition' : response.message;
		if (options.errorShape === 'text') {
			return asText(h, message || payload.error).code(statusCode);
		}
		const { description } = Object(response.data) as { description?: string };
		const stack = `IntegrifyException: ${message}\n    at handle (/app/src/secret-place.js:1:1)`;
		return h
			.response({ status: statusCode, message, ...(description && { description }), stack })
			.code(statusCode);
	});
}

export const asText = (h: ResponseToolkit, text: string): ResponseObject =>
	h.response(text).type('text/plain');
