import { badRequest, isBoom } from '@hapi/boom';
import type { ResponseObject, ResponseToolkit, Server } from '@hapi/hapi';
import joi from 'joi';

import type { MountedAppmixer } from '../appmixer';
import { taskForApprover } from '../appmixer/authorise';
import type { Decision } from '../appmixer/decide';
import { confirmationPage, noticePage } from './dashboardPage';

interface ApprovalLink {
	taskId: string;
	action: Decision;
	secret: string;
}

const approvalLink = joi.object<ApprovalLink>({
	taskId: joi.string().required(),
	action: joi.valid('approve', 'reject').required(),
	secret: joi.string().required(),
});

function readLink(given: unknown): ApprovalLink {
	const { value, error } = approvalLink.validate(given);
	if (error) throw badRequest(`This link is not complete: ${error.message}`);
	return value;
}

/** Why a link does nothing, with the status the API would answer. */
function refusal(h: ResponseToolkit, error: unknown): ResponseObject {
	const { statusCode, payload } = isBoom(error)
		? error.output
		: { statusCode: 500, payload: { message: 'An internal server error occurred' } };
	const text = `${statusCode}: ${payload.message}`;
	return h
		.response(noticePage({ text, status: 'error' }))
		.type('text/html')
		.code(statusCode);
}

/**
 * The approver's page that links in e-mails open: `GET /dashboard?taskId=…&action=approve|reject&secret=…` asks,
 * `POST /dashboard` with the same three as a form decides, with that secret and nothing else. The shape of the
 * links is the vendor's (RequestApprovalEmail); that its dashboard asks before deciding is an assumption.
 */
export function mountDashboard(server: Server, { store, decide }: MountedAppmixer): void {
	server.route({
		method: 'GET',
		path: '/dashboard',
		options: { auth: false },
		handler(request, h) {
			try {
				const { taskId, action, secret } = readLink(request.query);
				const task = taskForApprover(store, { taskId, caller: undefined, secret });
				if (['approved', 'rejected'].includes(task.status)) {
					throw badRequest(`“${task.title}” is ${task.status} already`);
				}
				return h.response(confirmationPage(task, action, secret)).type('text/html');
			} catch (error) {
				return refusal(h, error);
			}
		},
	});

	server.route({
		method: 'POST',
		path: '/dashboard',
		options: { auth: false },
		async handler(request, h) {
			try {
				const { taskId, action, secret } = readLink(request.payload);
				const { title, status } = await decide({ taskId, caller: undefined, secret }, action);
				return h
					.response(noticePage({ text: `“${title}” is ${status}.`, status }))
					.type('text/html');
			} catch (error) {
				return refusal(h, error);
			}
		},
	});
}
