import { badRequest } from '@hapi/boom';
import type { Lifecycle } from '@hapi/hapi';

import type { AppmixerOptions } from './options';

/** Answers an invalid body with 400: hapi's stock text, or Joi's reason with `verboseValidation`. */
export function refusePayload(options: AppmixerOptions): Lifecycle.Method {
	return (_request, _h, error) => {
		throw options.verboseValidation && error ? error : badRequest('Invalid request payload input');
	};
}
