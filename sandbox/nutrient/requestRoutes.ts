import type { Request, Server } from '@hapi/hapi';
import Joi from 'joi';

import { acted } from './acted';
import { callerOf } from './authenticate';
import { completedRows, decisionIn } from './decisionRows';
import { listing, named, pageOf } from './listing';
import type { NutrientParts } from './parts';
import { refusal } from './refuse';
import { instanceRow, mineRow, taskRow } from './rows';
import type { Instance } from './store';
import { hasEnded } from './workflow';

// developer.integrify.com/rest/Instances/instance-user-list
const MINE = Joi.object({
	status: Joi.string().valid('all', 'open', 'completed'),
	submitted_range_start: Joi.string().pattern(/^\d{4}-\d\d-\d\d$/),
	submitted_range_end: Joi.string().pattern(/^\d{4}-\d\d-\d\d$/),
	id_range_start: Joi.number().integer(),
	id_range_end: Joi.number().integer(),
}).unknown();

/** Requests. Paths: api-catalog-full.json in github.com/brperdomo/workflow-copilot. */
export function mountRequestRoutes(server: Server, parts: NutrientParts): void {
	const { store, options, workflow } = parts;

	/** Assumption: people see requests they started or have a task in. */
	function visible(request: Request): Instance {
		const caller = callerOf(request, options);
		const instance = workflow.instance(String(request.params.sid));
		const takesPart = store.tasks.some(
			(task) => task.instanceSid === instance.sid && task.recipientSid === caller.sid,
		);
		if (caller.isManager || instance.initiatorSid === caller.sid || takesPart) return instance;
		throw refusal(403, 'Permission denied', 'You may not see this request');
	}

	server.route({
		method: 'GET',
		path: '/instances/mine',
		handler(request) {
			const { error } = MINE.validate(request.query);
			if (error) throw refusal(400, error.message);
			const caller = callerOf(request, options);
			const mine = store.instances.filter(
				(instance) =>
					instance.initiatorSid === caller.sid && isWanted(instance, request.query as Query),
			);
			const rows = mine.map((instance, r) => mineRow(instance, r + 1, store));
			// Default order: CreatedDate, DESC.
			const ordered = request.query.sort ? rows : rows.reverse();
			const asked = { ...request.query, sort: undefined };
			const { page, total } = pageOf(asked, ordered, { ...options, naming: 'camel' });
			return { total, items: page };
		},
	});

	server.route({
		method: 'GET',
		path: '/api/instance/list/{permissionType}',
		handler(request) {
			if (!options.permissionTypes.includes(String(request.params.permissionType))) {
				throw refusal(400, 'Invalid permissionType');
			}
			const caller = callerOf(request, options);
			const seen = store.instances.filter(
				({ initiatorSid }) => caller.isManager || initiatorSid === caller.sid,
			);
			return listing(
				request,
				seen.map((instance) => instanceRow(instance, options)),
				options,
			);
		},
	});

	server.route({
		method: 'GET',
		path: '/api/instance/{sid}',
		handler(request) {
			const instance = visible(request);
			const row = named(instanceRow(instance, options), options);
			const files = store.files.filter(({ instanceSid }) => instanceSid === instance.sid);
			return {
				...row,
				...(request.query.includeInstanceFiles === 'true' && {
					instanceFiles: files.map(({ sid, fileName }) => ({ sid, fileName })),
				}),
				...(request.query.includeCompletedForms === 'true' && {
					completedForms: completedRows(instance, store, options).map((one) => named(one, options)),
				}),
			};
		},
	});

	server.route({
		method: 'GET',
		path: '/api/instance/{sid}/recipientTask/list/data',
		handler(request) {
			const { sid } = visible(request);
			const tasks = store.tasks.filter(
				({ instanceSid, recipientSid }) =>
					instanceSid === sid && (recipientSid !== null || options.systemTaskRows),
			);
			// No start and count here.
			return tasks.map((task) =>
				named(
					{ ...taskRow(task, store, options), ...decisionIn(task, workflow.design(task), options) },
					options,
				),
			);
		},
	});

	server.route({
		method: 'GET',
		path: '/api/instance/{sid}/cancel',
		handler(request, h) {
			const instance = visible(request);
			const caller = callerOf(request, options);
			if (!caller.isManager && instance.initiatorSid !== caller.sid) {
				throw refusal(403, 'Permission denied', 'You may not cancel this request');
			}
			workflow.cancel(instance);
			return acted(h, options, { sid: instance.sid, state: instance.state });
		},
	});
}

type Query = Record<string, string | undefined>;

function isWanted(instance: Instance, query: Query): boolean {
	const day = instance.createdDate.slice(0, 10);
	const ended = hasEnded(instance);
	return (
		(query.status !== 'open' || !ended) &&
		(query.status !== 'completed' || ended) &&
		(!query.process_sid || instance.processSid === query.process_sid) &&
		(!query.instance_name || instance.name.includes(query.instance_name)) &&
		(!query.last_milestone || instance.lastMilestone === query.last_milestone) &&
		(!query.submitted_range_start || day >= query.submitted_range_start) &&
		(!query.submitted_range_end || day <= query.submitted_range_end) &&
		(!query.id_range_start || instance.id >= Number(query.id_range_start)) &&
		(!query.id_range_end || instance.id <= Number(query.id_range_end))
	);
}
