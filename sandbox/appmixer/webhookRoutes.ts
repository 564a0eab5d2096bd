import { randomUUID } from 'node:crypto';
import { methodNotAllowed, notFound } from '@hapi/boom';
import type { Request, Server } from '@hapi/hapi';
import Joi from 'joi';

import { SIGNED_IN } from './authenticate';
import type { Flavour } from './options';
import type { AppmixerParts } from './parts';
import { refusePayload } from './validate';
import { webhookOnWire } from './wireShape';

/** Register and delete. Source: routes.js: neither the task nor its owner is checked, nor that an id exists. */
export function mountWebhookRoutes(
	server: Server,
	prefix: string,
	flavour: Flavour,
	{ store, options, clock }: AppmixerParts,
): void {
	server.route({
		method: 'POST',
		path: `${prefix}/webhooks`,
		options: {
			auth: SIGNED_IN,
			validate: {
				payload: Joi.object({
					url: Joi.string().uri().required(),
					taskId: Joi.string().required(),
				}),
				failAction: refusePayload(options),
			},
		},
		handler(request) {
			const { url, taskId } = request.payload as { url: string; taskId: string };
			const created = new Date(clock.now());
			const webhook = store.webhooks.save({
				webhookId: randomUUID(),
				url,
				taskId,
				created,
				mtime: created,
				status: 'pending',
				flavour,
			});
			return webhookOnWire(webhook);
		},
	});

	function remove(request: Request): Record<string, never> {
		store.webhooks.delete(String(request.params.webhookId));
		return {};
	}

	const path = `${prefix}/webhooks/{webhookId}`;
	if (flavour === 'plugin') {
		server.route({ method: 'DELETE', path, options: { auth: SIGNED_IN }, handler: remove });
		return;
	}
	// The documented verb.
	server.route({ method: 'GET', path, options: { auth: SIGNED_IN }, handler: remove });
	server.route({
		method: 'DELETE',
		path,
		options: { auth: SIGNED_IN },
		handler(request) {
			if (options.legacyDelete === 404) throw notFound();
			if (options.legacyDelete === 405) throw methodNotAllowed();
			return remove(request);
		},
	});
}
