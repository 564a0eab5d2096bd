import type { Request, Server } from '@hapi/hapi';

import { callerOf, SIGNED_IN_OR_PUBLIC } from './authenticate';
import type { Flavour } from './options';
import type { AppmixerParts } from './parts';
import { excludedFields, pageOfTasks, selectTasks } from './selectTasks';
import type { Task } from './store';
import { renderMarkdown, taskOnWire } from './wireShape';

/** As bundle 1.1.0 does: `null`, which an edit may have stored, is what its renderer throws on. */
function rendered(description: string | null | undefined): string {
	if (description === null) throw new TypeError('marked(): input parameter is null');
	return description === undefined ? '' : renderMarkdown(description);
}

/** `GET /tasks` and `GET /tasks-count`. Source: routes.js and TaskModel.js (addIsApprover). */
export function mountListRoutes(
	server: Server,
	prefix: string,
	flavour: Flavour,
	{ store, options, hooks }: AppmixerParts,
): void {
	let turn = 0;

	function selected(request: Request): Task[] {
		return selectTasks(store.tasks.all, callerOf(request, options)?.email, request.query, flavour);
	}

	server.route({
		method: 'GET',
		path: `${prefix}/tasks`,
		options: { auth: SIGNED_IN_OR_PUBLIC },
		async handler(request) {
			await hooks.beforeList?.(request.query);
			turn += 1;
			const caller = callerOf(request, options)?.email;
			const excluded = excludedFields(request.query, flavour);
			const secret: unknown = request.query.secret;
			return pageOfTasks(selected(request), request.query, {
				flavour,
				turn,
				maxLimit: options.maxLimit,
				shuffleTies: options.shuffleTies,
			}).map((stored) => {
				const task: Task = { ...stored };
				for (const field of excluded) Reflect.deleteProperty(task, field);
				if (options.renderMarkdownInLists) task.description = rendered(task.description);
				const isApprover =
					(secret !== undefined && secret === task.approverSecret) ||
					(caller !== undefined && caller === task.approver);
				return { ...taskOnWire(task, flavour), isApprover };
			});
		},
	});

	server.route({
		method: 'GET',
		path: `${prefix}/tasks-count`,
		options: { auth: SIGNED_IN_OR_PUBLIC },
		handler: (request) => ({ count: selected(request).length }),
	});
}
