import type { Request, Server } from '@hapi/hapi';

import { created, done, listOf, updated } from './answers';
import { callerOf, parametersOf, requireRight } from './authenticate';
import type { OpentapsParts } from './parts';
import { refusal, unknown } from './refuse';
import { createActivity, updateActivity, upsertActivity } from './saveActivity';
import { filtered, pageOf } from './selectActivities';
import type { Activity } from './store';
import { activityOnWire } from './wireShape';

const FORM = { allow: 'application/x-www-form-urlencoded' };

/** "CRM-2 Activities API", revisions 7361 to 7434; PUT from automation/processFollowUp.rb. */
export function mountActivityRoutes(server: Server, parts: OpentapsParts): void {
	const { store, options } = parts;
	const onWire = (activities: Activity[]) =>
		listOf(
			activities.map((activity) => activityOnWire(activity, options)),
			options,
		);

	function named(id: string | undefined): Activity {
		const activity = store.find(id ?? '');
		if (!activity) throw unknown('Activity', options);
		return activity;
	}

	server.route({
		method: 'GET',
		path: '/activities',
		handler(request) {
			requireRight(request, 'ACTIVITY_VIEW');
			return onWire(filtered(parametersOf(request, options), parts));
		},
	});

	server.route({
		method: 'GET',
		path: '/activities/{numberOfActivities}/{startFrom?}',
		handler(request) {
			requireRight(request, 'ACTIVITY_VIEW');
			const { numberOfActivities, startFrom } = request.params as Record<string, string>;
			// Assumption: what is no number is refused; there is no reading of one activity here
			if (![numberOfActivities, startFrom ?? '0'].every((text) => /^\d+$/.test(text))) {
				throw refusal(400, 'numberOfActivities and startFrom are numbers');
			}
			const from = startFrom === undefined ? null : Number(startFrom);
			return onWire(
				pageOf(
					filtered(parametersOf(request, options), parts),
					Number(numberOfActivities),
					from,
					options,
				),
			);
		},
	});

	server.route({
		method: 'POST',
		path: '/activities',
		options: { payload: FORM },
		handler(request) {
			requireRight(request, 'ACTIVITY_UPDATE');
			const sent = parametersOf(request, options);
			const id = sent[options.upsertId];
			if (id === undefined) return created(createActivity(sent, callerOf(request), parts), options);
			const activity = named(id);
			upsertActivity(activity, sent, parts);
			return created(activity, options);
		},
	});

	server.route({
		method: 'PUT',
		path: '/activities/{activityId}',
		options: { payload: FORM },
		handler(request) {
			requireRight(request, 'ACTIVITY_UPDATE');
			const activity = named(request.params.activityId as string);
			updateActivity(activity, parametersOf(request, options), parts);
			return updated(activity, options);
		},
	});

	server.route({
		method: 'DELETE',
		path: '/activities/{activityId}',
		handler(request, h) {
			requireRight(request, 'ACTIVITY_UPDATE');
			store.remove(named(request.params.activityId as string));
			return done(h, options);
		},
	});

	function contactOf(request: Request): { activity: Activity; contactId: string; role: string } {
		requireRight(request, 'ACTIVITY_UPDATE');
		const { activityId, contactId, role = '' } = parametersOf(request, options);
		if (!options.users.some((user) => user.contactId === contactId)) {
			throw unknown('Contact', options);
		}
		return { activity: named(activityId), contactId, role };
	}

	server.route({
		method: 'POST',
		path: '/activities/contact/add',
		options: { payload: FORM },
		handler(request, h) {
			const { activity, contactId, role } = contactOf(request);
			activity.contacts.set(contactId, role);
			return done(h, options);
		},
	});

	server.route({
		method: 'POST',
		path: '/activities/contact/remove',
		options: { payload: FORM },
		handler(request, h) {
			const { activity, contactId } = contactOf(request);
			// Assumption: removing a contact that is not there is no failure
			activity.contacts.delete(contactId);
			return done(h, options);
		},
	});
}
