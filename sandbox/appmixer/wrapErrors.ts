import { badImplementation, badRequest, isBoom } from '@hapi/boom';
import type { Server } from '@hapi/hapi';

import type { AppmixerOptions } from './options';

/**
 * The closed engine around routes.js may map what that throws: `check.assert(…)` throws a plain error, and
 * `new HttpError.badRequest(…)` a 400 only where the engine's HttpError can be constructed like that.
 */
export function wrapErrors(server: Server, options: AppmixerOptions): void {
	server.ext('onPreResponse', ({ response }, h) => {
		if (!isBoom(response)) return h.continue;
		const isAssertion = response.output.statusCode === 500;
		if (options.errors === 'asText' && isAssertion) throw badRequest(response.message);
		const isBadRequest = response.output.statusCode === 400;
		if (options.errors === 'hidden' && isBadRequest) throw badImplementation();
		return h.continue;
	});
}
