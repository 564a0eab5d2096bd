import type { Request, Server } from '@hapi/hapi';

import { callerOf, SIGNED_IN, SIGNED_IN_OR_PUBLIC } from './authenticate';
import { taskForApprover, type TaskAccess } from './authorise';
import { createTask, NEW_TASK, type NewTask } from './createTask';
import type { Decision } from './decide';
import type { Flavour } from './options';
import type { AppmixerParts } from './parts';
import { refusePayload } from './validate';
import { isRecord, newTaskOnWire, taskOnWire } from './wireShape';

// TaskModel.js, properties. Assumption: an edit ignores other keys, and the id.
const EDITABLE = [
	'title',
	'description',
	'status',
	'approver',
	'requester',
	'decisionBy',
	'decisionMade',
	'approverSecret',
	'requesterSecret',
	'created',
	'flowId',
	'public',
	'isApprover',
];

/** Create, get, edit, approve and reject. Source: routes.js. */
export function mountTaskRoutes(
	server: Server,
	prefix: string,
	flavour: Flavour,
	{ store, options, clock, decide }: AppmixerParts,
): void {
	function accessOf(request: Request): TaskAccess {
		const inBody = isRecord(request.payload) ? request.payload.secret : undefined;
		const inQuery: unknown = request.query.secret;
		const taskId = String(request.params.taskId);
		return { taskId, caller: callerOf(request, options)?.email, secret: inBody || inQuery };
	}

	server.route({
		method: 'POST',
		path: `${prefix}/tasks`,
		options: {
			auth: SIGNED_IN,
			validate: { payload: NEW_TASK, failAction: refusePayload(options) },
		},
		handler: (request) =>
			newTaskOnWire(createTask(store, clock, request.payload as NewTask), flavour),
	});

	server.route({
		method: 'GET',
		path: `${prefix}/tasks/{taskId}`,
		options: { auth: SIGNED_IN_OR_PUBLIC },
		handler(request) {
			const task = taskForApprover(store, accessOf(request));
			// The plugin's handler uses an undeclared variable, so nobody ever gets the task.
			if (flavour === 'plugin') throw new ReferenceError('task is not defined');
			// Assumption: the built-in module of 4.1 to 5.0 answered as documented.
			return taskOnWire(task, flavour);
		},
	});

	server.route({
		method: 'PUT',
		path: `${prefix}/tasks/{taskId}`,
		options: { auth: SIGNED_IN },
		handler(request) {
			const task = taskForApprover(store, accessOf(request));
			if (typeof request.payload !== 'object' || request.payload === null) {
				throw new TypeError("Cannot read properties of null (reading 'decisionBy')");
			}
			// an array has none of the names, so nothing of it is stored
			const edit: Record<string, unknown> = { ...request.payload };
			const { decisionBy } = edit;
			if (decisionBy) {
				edit.decisionBy = new Date(
					typeof decisionBy === 'number' ? decisionBy : String(decisionBy),
				);
			}
			for (const key of EDITABLE) if (key in edit) Object.assign(task, { [key]: edit[key] });
			return taskOnWire(store.tasks.save(task), flavour);
		},
	});

	for (const decision of ['approve', 'reject'] satisfies Decision[]) {
		server.route({
			method: 'PUT',
			path: `${prefix}/tasks/{taskId}/${decision}`,
			options: { auth: SIGNED_IN_OR_PUBLIC },
			handler: async (request) => taskOnWire(await decide(accessOf(request), decision), flavour),
		});
	}
}
