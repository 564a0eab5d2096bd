import type { Server } from '@hapi/hapi';

import { requireRight } from './authenticate';
import { readDay, v1Date, v2Day } from './dates';
import { pageOf } from './page';
import type { MambuParts } from './parts';
import { refusal } from './refuse';
import type { Activity } from './store';
import { versionOf } from './version';

/**
 * The activity feed, of version 1 only: `ActivitiesService` in github.com/mambu-gmbh/Mambu-APIs-Java, docs.mambu.com,
 * /api/api-v1/activities, and singer's tap, which unwraps `activity`. Both days are needed, and inclusive.
 * Assumption: it has pages as the other lists of version 1 have, which the tap asks for; days are the tenant's, in UTC.
 */
export function mountActivityRoutes(server: Server, { store, options }: MambuParts): void {
	const onWire = ({ encodedKey, type, timestamp, userKey, task }: Activity) => {
		const user = options.users.find((one) => one.encodedKey === userKey);
		return {
			activity: {
				encodedKey,
				type,
				timestamp: v1Date(timestamp),
				userKey,
				taskKey: task.encodedKey,
				assignedUserKey: task.assignedUserKey,
			},
			...(user && { userName: `${user.firstName} ${user.lastName}` }),
			taskName: task.title,
		};
	};
	server.route({
		method: 'GET',
		path: '/api/activities',
		handler(request) {
			// Assumption: the name of this failure
			if (versionOf(request) === 'v2') throw refusal(404, 'INVALID_API_OPERATION');
			requireRight(request, options, 'VIEW_TASK');
			// Assumption: reading the feed is a right of its own
			if (options.activities === 'refused') throw refusal(403, 'INVALID_PERMISSIONS');
			const query = request.query as { from?: string; to?: string };
			const [from, to] = [readDay(query.from), readDay(query.to)];
			if (!from || !to) throw refusal(400, 'INVALID_DATE', from ? 'to' : 'from');
			const isWithin = ({ timestamp }: Activity) =>
				v2Day(timestamp) >= v2Day(from) && v2Day(timestamp) <= v2Day(to);
			const told = options.activities === 'told' ? store.activities.filter(isWithin) : [];
			return pageOf(told, request.query, options).rows.map(onWire);
		},
	});
}
