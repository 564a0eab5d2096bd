import { badRequest } from '@hapi/boom';
import type { Server } from '@hapi/hapi';

import { SIGNED_IN } from './authenticate';
import type { AppmixerOptions } from './options';

/**
 * What only the plugin has: its version, without a login, and the dashboard's URL. Source: routes.js.
 * Assumption: the version answers with a trailing slash only.
 */
export function mountPluginRoutes(server: Server, prefix: string, options: AppmixerOptions): void {
	server.route({
		method: 'GET',
		path: `${prefix}/`,
		options: { auth: false },
		handler: () => ({ version: '1.0' }),
	});

	server.route({
		method: 'GET',
		path: `${prefix}/dashboard-url`,
		options: { auth: SIGNED_IN },
		handler() {
			if (!options.dashboardUrl) throw badRequest('People Task dashboard URL is not configured.');
			return { dashboardUrl: options.dashboardUrl };
		},
	});
}
