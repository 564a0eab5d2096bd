import type { Server } from '@hapi/hapi';
import Joi from 'joi';

import { acted } from './acted';
import { callerOf } from './authenticate';
import type { NutrientParts } from './parts';
import { refusal } from './refuse';

// The body of a client of the v7 path: an object with exactly these two members.
const DECISION = Joi.object({
	Approval: Joi.string().required(),
	Comments: Joi.string().allow('').required(),
});

/** Reading an approval's options, and choosing one; on the v8 path and the v7 one, which is still routed. */
export function mountApprovalRoutes(
	server: Server,
	{ options, workflow, calls }: NutrientParts,
): void {
	for (const [path, isV8] of [
		['/api/instance/tasktypes/approval/{sid}', true],
		['/tasktypes/approval/{sid}', false],
	] as const) {
		server.route({
			method: 'GET',
			path,
			handler(request) {
				const task = workflow.task(String(request.params.sid));
				const { options: choices = [] } = workflow.design(task);
				const labels = choices.map(({ label }) => label);
				const decided = task.decision === null ? 'asBefore' : options.decidedApproval;
				if (decided === 'refused') throw refusal(400, 'The task is not active');
				// "Configuration options for an Approval task": no shape is published.
				return {
					objects: {
						allowComments: true,
						...(decided === 'told' && { approval: task.decision, comments: task.comments }),
						options: choices.map(({ label, completesTask }, index) => ({
							id: index + 1,
							label,
							completeTask: completesTask,
							...(decided === 'flagged' && { selected: label === task.decision }),
						})),
					},
					strings: labels,
					wrapped: { config: { approvalOptions: labels.map((text) => ({ Text: text })) } },
					unreadable: { layout: 'v3', html: '<select></select>' },
				}[options.approvalOptions];
			},
		});

		server.route({
			method: 'POST',
			path,
			async handler(request, h) {
				const task = workflow.openFor(String(request.params.sid), callerOf(request, options));
				const hasParameter = request.query.legacy === 'true';
				const isTaken =
					!isV8 ||
					options.decisionContract === 'any' ||
					hasParameter === (options.decisionContract === 'legacyParameter');
				const { error } = DECISION.validate(request.payload);
				if (error || !isTaken) throw refusal(400, 'Invalid approval', error?.message);
				const { Approval, Comments } = request.payload as Record<string, string>;
				const said = { option: Approval, comments: Comments };
				if (options.restCallMoment === 'beforeStored') await workflow.callAhead(task, said);
				workflow.decide(task, Approval, Comments);
				if (options.restCallWaits) await calls.idle();
				return acted(h, options, { success: true, instanceSid: task.instanceSid });
			},
		});
	}
}
