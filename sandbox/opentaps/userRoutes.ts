import type { Server } from '@hapi/hapi';

import { done, envelope } from './answers';
import { parametersOf, requireRight } from './authenticate';
import type { OpentapsParts } from './parts';
import { refusal, unknown } from './refuse';

/** Users: automation/daily_activities_email.py, bare arrays. Types: "CRM-2 Administrative API". */
export function mountUserRoutes(server: Server, { options }: OpentapsParts): void {
	server.route({
		method: 'GET',
		path: '/contacts-users',
		handler(request) {
			requireRight(request, 'CONTACT_VIEW');
			return options.users.map(({ contactId, fullName, emails }) => ({
				_id: contactId,
				fullName,
				// Assumption: a contact without an address has no such key
				...(emails.length > 0 && { emails: emails.map((email) => ({ email })) }),
			}));
		},
	});

	server.route({
		method: 'GET',
		path: '/contact-users/{contactId}',
		handler(request) {
			requireRight(request, 'CONTACT_VIEW');
			const user = options.users.find(({ contactId }) => contactId === request.params.contactId);
			if (!user) throw unknown('Contact', options);
			return user.logins;
		},
	});

	server.route({
		method: 'GET',
		path: '/admin/activity-type',
		handler(request) {
			requireRight(request, 'DOMAIN_CONF');
			// Assumption: a list of words
			return envelope(options.activityTypes);
		},
	});

	server.route({
		method: ['POST', 'DELETE'],
		path: '/admin/activity-type',
		handler(request, h) {
			requireRight(request, 'DOMAIN_CONF');
			const type = (parametersOf(request, options).activityType ?? '').toUpperCase();
			if (type === '') throw refusal(400, 'activityType is required');
			const others = options.activityTypes.filter((one) => one !== type);
			options.activityTypes = request.method === 'post' ? [...others, type] : others;
			return done(h, options);
		},
	});
}
