import type { Server } from '@hapi/hapi';

import type { MambuOptions } from './options';
import { refusal } from './refuse';
import { versionOf } from './version';

/** What has no counterpart in version 2 was not switched off with the rest: MambuPy and singer's tap call it as ever. */
const ACTIVITIES = '/api/activities';

/**
 * Version 1 was announced to be switched off in September 2025 (docs.mambu.com, "Revamp of Mambu APIs").
 * Assumption: how the refusal looks is not documented; these are the four that the known names allow.
 */
export function retireV1(server: Server, options: MambuOptions): void {
	server.ext('onPreAuth', (request, h) => {
		const isKept = request.path === ACTIVITIES;
		if (versionOf(request) === 'v2' || options.v1Retired === 'no' || isKept) return h.continue;
		if (options.v1Retired === 'invalidOperation') throw refusal(400, 'INVALID_API_OPERATION');
		if (options.v1Retired === 'notImplemented') throw refusal(501, 'METHOD_NOT_IMPLEMENTED');
		if (options.v1Retired === 'notAvailable') throw refusal(403, 'NOT_AVAILABLE_FOR_API_V1');
		return h.response('<html><body>Not Found</body></html>').type('text/html').code(404).takeover();
	});
}
