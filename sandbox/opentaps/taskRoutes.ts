import type { Server } from '@hapi/hapi';

import { created, listOf } from './answers';
import { callerOf, parametersOf, requireRight } from './authenticate';
import type { OpentapsParts } from './parts';
import { refusal } from './refuse';
import { createActivity } from './saveActivity';
import { filledUp } from './selectActivities';
import { activityOnWire } from './wireShape';

const OPEN = ['CREATED', 'STARTED'];
/** Assumption: what a page holds when `per_page` is not sent. */
const DEFAULT_PAGE = 25;

/** automation/daily_activities_email.py, getTasks: it sends its parameters as a body. */
export function mountTaskRoutes(server: Server, parts: OpentapsParts): void {
	const { store, options } = parts;

	server.route({
		method: 'GET',
		path: '/task',
		handler(request) {
			requireRight(request, 'ACTIVITY_VIEW');
			const { status, per_page: perPage = DEFAULT_PAGE } = parametersOf(request, options);
			const asked = status ? status.split(',') : options.tasksWithoutStatus === 'open' && OPEN;
			const tasks = store.activities
				.filter(({ fields }) => fields.activityType === 'TASK')
				.filter(({ fields }) => !asked || asked.includes(fields.status));
			// Assumption: newest first; there is no way to ask for another page
			const most = Math.min(Number(perPage), options.largestTaskPage);
			const page = tasks.reverse().slice(0, most);
			const given = options.inventive ? filledUp(page, Number(perPage), 0) : page;
			return listOf(
				given.map((task) => activityOnWire(task, options)),
				options,
			);
		},
	});

	server.route({
		method: 'POST',
		path: '/task',
		options: { payload: { allow: 'application/x-www-form-urlencoded' } },
		handler(request) {
			// "any POST API call to create an activity or task" ("CRM-2 Tags API"): which one, nobody says
			if (options.taskPost === 'missing') throw refusal(404, 'Not found');
			requireRight(request, 'ACTIVITY_UPDATE');
			const sent = parametersOf(request, options);
			return created(createActivity(sent, callerOf(request), parts, 'TASK'), options);
		},
	});
}
