import { Boom } from '@hapi/boom';
import type { Server } from '@hapi/hapi';

import type { OpentapsOptions } from './options';

/** `ok`: the failure is told inside a 200. Assumption: the sentences; none is documented. */
export const refusal = (status: number | 'ok', sentence: string): Boom =>
	new Boom(sentence, {
		statusCode: status === 'ok' ? 400 : status,
		data: { inside200: status === 'ok' },
	});

export const unknown = (what: string, { unknownId }: OpentapsOptions): Boom =>
	refusal(unknownId, `${what} not found`);

/**
 * Gives failures the shapes the vendor's clients look for: `error`, or `errors`, or `errors` with `message`
 * (automation/processFollowUp.rb and wordpress/contact-form-7-crm2).
 * Assumption: an `error` is a sentence, `errors` a list of sentences.
 */
export function shapeFailures(server: Server, options: OpentapsOptions): void {
	const bodyOf = (sentence: string) =>
		({
			error: { error: sentence },
			errors: { errors: [sentence] },
			errorsAndMessage: { errors: [{ code: 1, text: sentence }], message: sentence },
		})[options.errorBody];

	server.ext('onPreResponse', ({ response }, h) => {
		if (!('isBoom' in response)) return h.continue;
		const { inside200 } = (response.data ?? {}) as { inside200?: boolean };
		const { statusCode } = response.output;
		const sentence = statusCode >= 500 ? 'Internal error' : response.message;
		return h.response(bodyOf(sentence)).code(inside200 ? 200 : statusCode);
	});
}
