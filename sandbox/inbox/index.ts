import { isBoom } from '@hapi/boom';
import type { Request, ResponseObject, ResponseToolkit, Server } from '@hapi/hapi';

import type { MountedAppmixer } from '../appmixer';
import type { Task } from '../appmixer/store';
import { inboxPage, type Notice } from './page';

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/**
 * The approver's inbox: `GET /inbox?approver=` shows what waits for a decision, `POST /inbox/{taskId}/approve` or
 * `…/reject` decides it as the approver and shows the result. Only a POST changes anything.
 */
export function mountInbox(server: Server, { api, decide }: MountedAppmixer): void {
	const taskOf = (taskId: string) => api.tasks.find((task) => task.taskId === taskId);

	function page(h: ResponseToolkit, approver: string, notice?: Notice): ResponseObject {
		const approvers = [...new Set(api.tasks.map((task) => task.approver))].sort();
		const chosen = approver || approvers[0] || '';
		const waiting = api.tasks.filter(
			(task) => task.approver === chosen && ['pending', 'due'].includes(task.status),
		);
		return h.response(inboxPage({ approvers, chosen, waiting, notice })).type('text/html');
	}

	const decided = ({ title, status }: Task): Notice => ({
		text: `“${title}” is ${status}.`,
		status,
	});

	server.route({
		method: 'GET',
		path: '/inbox',
		options: { auth: false },
		handler(request, h) {
			const task = taskOf(text(request.query.decided));
			return page(h, text(request.query.approver), task && decided(task));
		},
	});

	for (const decision of ['approve', 'reject'] as const) {
		server.route({
			method: 'POST',
			path: `/inbox/{taskId}/${decision}`,
			options: { auth: false },
			async handler(request: Request, h) {
				const taskId = text(request.params.taskId);
				const task = taskOf(taskId);
				const approver = task?.approver ?? '';
				try {
					await decide({ taskId, caller: undefined, secret: task?.approverSecret }, decision);
				} catch (error) {
					const { statusCode, payload } = isBoom(error)
						? error.output
						: { statusCode: 500, payload: { message: 'An internal server error occurred' } };
					const notice = { text: `${statusCode}: ${payload.message}`, status: 'error' };
					return page(h, approver, notice).code(statusCode);
				}
				const query = new URLSearchParams({ approver, decided: taskId });
				return h.redirect(`/inbox?${query}`).code(303);
			},
		});
	}
}
