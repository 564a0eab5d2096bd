import type { ResponseObject, ResponseToolkit } from '@hapi/hapi';

import type { NutrientOptions } from './options';
import { asText } from './refuse';

/** The answer to a call that did something. None of them is published, hence `actionAnswer`. */
export function acted(
	h: ResponseToolkit,
	{ actionAnswer }: NutrientOptions,
	object: Record<string, unknown>,
): ResponseObject {
	if (actionAnswer === 'empty') return h.response().code(200);
	if (actionAnswer === 'text') return asText(h, 'OK');
	if (actionAnswer === 'true') return h.response('true').type('application/json');
	return h.response(object);
}
