import type { Server } from '@hapi/hapi';
import Joi from 'joi';

import type { OpentapsOptions } from './options';
import { refusal } from './refuse';
import type { Tokens } from './tokens';

/** opentaps-1.5, ActivitiesWidgetActions: a form field in, JSON out; validate takes JSON. No client domain. */
export function mountOauthRoutes(server: Server, tokens: Tokens, options: OpentapsOptions): void {
	const payload = Joi.object({ authToken: Joi.string().required() }).unknown();

	server.route({
		method: 'POST',
		path: '/oauth/temp-token',
		options: { payload: { allow: 'application/x-www-form-urlencoded' }, validate: { payload } },
		handler({ payload: sent }) {
			const { authToken } = sent as { authToken: string };
			const user = tokens.ownerOf(authToken);
			// Assumption: a temporary token cannot be exchanged for another one
			if (!user || !tokens.isPermanent(authToken)) {
				throw refusal(options.refusedToken, 'Authentication token is not valid');
			}
			return { authToken: tokens.issue(user) };
		},
	});

	server.route({
		method: 'POST',
		path: '/oauth/validate',
		options: { payload: { allow: 'application/json' }, validate: { payload } },
		handler({ payload: sent }) {
			const { authToken } = sent as { authToken: string };
			const counts = options.validatesPermanent || !tokens.isPermanent(authToken);
			return { authenticated: counts && tokens.ownerOf(authToken) !== undefined };
		},
	});
}
