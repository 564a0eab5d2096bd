import { unauthorized } from '@hapi/boom';
import type { Server } from '@hapi/hapi';
import Joi from 'joi';

import { callerOf, SIGNED_IN } from './authenticate';
import type { AppmixerOptions, AppmixerUser } from './options';
import type { Tokens } from './tokens';
import { refusePayload } from './validate';

const profile = ({ id, username, email }: AppmixerUser) => ({
	id,
	username,
	isActive: true,
	email,
	plan: 'free',
});

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Login and profile. Source: docs.appmixer.com, "Authentication", 4.2 to 6.1. */
export function mountAccountRoutes(server: Server, tokens: Tokens, options: AppmixerOptions): void {
	server.route({
		method: 'POST',
		path: '/user/auth',
		options: {
			auth: false,
			validate: {
				payload: Joi.object({
					username: Joi.string(),
					email: Joi.string(),
					password: Joi.string().required(),
				}).xor('username', 'email'),
				failAction: refusePayload(options),
			},
		},
		handler(request) {
			const { username, email, password }: Record<string, unknown> = Object(request.payload);
			const user = options.users.find(
				(candidate) =>
					candidate.password === text(password) &&
					(email === undefined ? candidate.username === username : candidate.email === email),
			);
			// Assumption: the status and text for wrong credentials are not published.
			if (!user) throw unauthorized('Invalid username or password.');
			return { user: profile(user), token: tokens.issue(user) };
		},
	});

	server.route({
		method: 'GET',
		path: '/user',
		options: { auth: SIGNED_IN },
		handler(request) {
			const user = callerOf(request, options);
			if (!user) throw unauthorized('Invalid token', 'Bearer');
			return { ...profile(user), scope: user.scope };
		},
	});
}
