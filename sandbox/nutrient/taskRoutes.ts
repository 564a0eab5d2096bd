import type { Server } from '@hapi/hapi';

import { acted } from './acted';
import { callerOf } from './authenticate';
import { listing } from './listing';
import type { NutrientParts } from './parts';
import { refusal } from './refuse';
import { taskRow } from './rows';
import type { RecipientTask } from './store';
import { hasEnded } from './workflow';

type Values = Record<string, unknown>;

/** Lists, completions and reassigning. Paths: api-catalog-full.json in github.com/brperdomo/workflow-copilot. */
export function mountTaskRoutes(server: Server, parts: NutrientParts): void {
	const { store, options, workflow, calls } = parts;
	const row = (task: (typeof store.tasks)[number]) => taskRow(task, store, options);

	async function complete(task: RecipientTask, values: Values): Promise<void> {
		workflow.complete(task, values);
		if (options.restCallWaits) await calls.idle();
	}

	server.route({
		method: 'GET',
		path: '/api/instance/mytask/list',
		// Assumption: only what is still open.
		handler(request) {
			const { sid } = callerOf(request, options);
			const mine = store.tasks.filter((task) => task.recipientSid === sid && !hasEnded(task));
			return listing(request, mine.map(row), options);
		},
	});

	server.route({
		method: 'GET',
		path: '/api/instance/task/search',
		// Its summary says "for a specific process". Assumption: as a filter on processSid, and it is refused without.
		handler(request) {
			if (!/processSid/.test(String(request.query.filters))) {
				throw refusal(400, 'A process is required');
			}
			const theirs = store.tasks.filter(({ recipientSid }) => recipientSid !== null);
			return listing(request, theirs.map(row), options);
		},
	});

	server.route({
		method: 'POST',
		path: '/api/instance/tasktypes/form/{sid}',
		async handler(request, h) {
			const task = workflow.openFor(String(request.params.sid), callerOf(request, options));
			const values = Object(request.payload) as Values;
			if (request.query.isDraft === 'true') Object.assign(task.data, values);
			else await complete(task, values);
			// As the vendor's own pages read it (powerForm-service-latest.js).
			return acted(h, options, { instance_sid: task.instanceSid, nextTasks: [] });
		},
	});

	server.route({
		method: 'GET',
		path: '/api/instance/tasktypes/dataContainer/{sid}',
		handler(request) {
			const task = workflow.task(String(request.params.sid));
			const fields = Object.entries(workflow.design(task).fields ?? {});
			// help.integrify.com, "standard-task-data-container"
			return { field_configuration: fields.map(([key, value_type]) => ({ key, value_type })) };
		},
	});

	server.route({
		method: 'POST',
		path: '/api/instance/tasktypes/dataContainer/{sid}',
		async handler(request, h) {
			const task = workflow.openFor(String(request.params.sid), callerOf(request, options));
			const known = workflow.design(task).fields ?? {};
			// Unknown keys are ignored and none is mandatory (same page).
			const values = Object.fromEntries(
				Object.entries(Object(request.payload) as Values).filter(([key]) => key in known),
			);
			if (request.query.saveOnly === 'true') Object.assign(task.data, values);
			else await complete(task, values);
			return acted(h, options, { recipientTaskSid: task.recipientTaskSid, state: task.state });
		},
	});

	server.route({
		method: 'GET',
		path: '/api/instance/task/recipientTask/{sid}/reassign/{contactSid}',
		handler(request, h) {
			const caller = callerOf(request, options);
			const task = workflow.task(String(request.params.sid));
			if (!caller.isManager && caller.sid !== task.recipientSid) {
				throw refusal(403, 'Permission denied', 'You may not reassign this task');
			}
			const to = options.users.find(({ sid }) => sid === request.params.contactSid);
			if (!to) throw refusal(404, 'Contact not found');
			const { recipientTaskSid } = workflow.reassign(task, to);
			return acted(h, options, { recipientTaskSid });
		},
	});
}
