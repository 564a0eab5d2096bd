import type { Server } from '@hapi/hapi';

import { callerOf } from './authenticate';
import { listing, named } from './listing';
import type { NutrientParts } from './parts';
import { designRow } from './rows';
import type { Instance, Process } from './store';

const processRow = ({ sid, id, name, description, publishStatus }: Process) => ({
	sid,
	id,
	name,
	description,
	publishStatus,
});

/** Processes, and starting one. Paths: api-catalog-full.json in github.com/brperdomo/workflow-copilot. */
export function mountProcessRoutes(
	server: Server,
	{ store, options, workflow, calls }: NutrientParts,
): void {
	server.route({
		method: 'GET',
		path: '/api/processes/search',
		// No paging here: the listing has no start and count.
		handler(request) {
			Object.assign(request.query, { start: 0, count: Number.MAX_SAFE_INTEGER });
			return listing(request, store.processes.map(processRow), { ...options, maxCount: Infinity });
		},
	});

	server.route({
		method: 'GET',
		path: '/api/processes/{processSids}',
		handler({ params }) {
			const sids = String(params.processSids).split(',');
			const rows = sids.map((sid) => named(processRow(workflow.process(sid)), options));
			return options.processAnswer === 'object' && rows.length === 1 ? rows[0] : rows;
		},
	});

	server.route({
		method: 'GET',
		path: '/api/processes/{sid}/tasks',
		handler: ({ params, query }) =>
			workflow
				.process(String(params.sid))
				.tasks.filter(
					({ taskType }) =>
						!query.taskTypes || String(query.taskTypes).split(',').includes(taskType),
				)
				.map((design) => named(designRow(design), options)),
	});

	server.route({
		method: 'GET',
		path: '/api/processes/{sid}/firstTasks',
		handler: ({ params }) =>
			workflow
				.process(String(params.sid))
				.tasks.filter(({ isFirst }) => isFirst)
				.map((design) => named(designRow(design), options)),
	});

	for (const path of [
		'/api/instance/start/{processSid}',
		'/api/instance/start/{processSid}/{processTaskSid}',
	]) {
		server.route({
			method: 'POST',
			path,
			async handler(request, h) {
				const { params, query } = request;
				const process = workflow.process(String(params.processSid));
				const instance = workflow.start(process, callerOf(request, options), {
					requestName: query.requestName as string | undefined,
					clientSid: query.clientSid as string | undefined,
					parentSid: query.parentSid as string | undefined,
					data: Object(request.payload) as Record<string, unknown>,
				});
				// With a first task its data is submitted: the task is done.
				for (const task of store.tasks) {
					const isTheirs = task.instanceSid === instance.sid;
					if (isTheirs && task.processTaskSid === params.processTaskSid) {
						workflow.complete(task, instance.data);
					}
				}
				if (options.restCallWaits) await calls.idle();
				const answer = started(instance)[options.startAnswer];
				return typeof answer === 'string'
					? h.response(JSON.stringify(answer)).type('application/json')
					: h.response(answer);
			},
		});
	}
}

// `request`: developer.integrify.com/rest/Instances/instance-start; `SID`: github.com/ebonertz/integrifyapitutorials.
const started = ({ sid, id, name, createdDate, lastMilestone, lastMilestoneDate }: Instance) => ({
	request: {
		request: {
			sid,
			id: String(id),
			name,
			startdate: createdDate,
			lastmilestone: lastMilestone,
			lastmilestonedate: lastMilestoneDate,
		},
	},
	SID: { SID: sid, ID: id, Name: name },
	sid: { sid, id, name },
	string: sid,
});
