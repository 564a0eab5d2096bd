import type { Request, ResponseToolkit, Server } from '@hapi/hapi';

import { callerOf, requireRight } from './authenticate';
import { createIdempotency } from './idempotency';
import { answerV2, pageOf } from './page';
import type { MambuParts } from './parts';
import { patchTask } from './patch';
import { refusal } from './refuse';
import { createFromForm, saveJson } from './saveV1';
import { createV2, replaceV2 } from './saveV2';
import { namesOf, selectTasks } from './selectTasks';
import type { MambuTask } from './store';
import { versionOf } from './version';
import { taskInV1, taskInV2 } from './wireShape';

const SUCCESS = { returnCode: 0, returnStatus: 'SUCCESS' };

/** Version 1: the 2018 document. Version 2: `src/tasks` in github.com/skyleague/mambu-sdk. */
export function mountTaskRoutes(server: Server, parts: MambuParts): void {
	const { store, options, clock } = parts;
	const once = createIdempotency(parts);

	const inV1 = (task: MambuTask, where: 'list' | 'post') =>
		taskInV1(task, clock.now(), options, where);

	function namedTask(request: Request): MambuTask {
		const task = store.find(String(request.params.taskId));
		if (!task) throw refusal(options.unknownTaskStatus, 'INVALID_TASK_ID');
		return task;
	}

	function postV1(request: Request, h: ResponseToolkit) {
		const caller = callerOf(request, options).encodedKey;
		const isForm = request.mime === 'application/x-www-form-urlencoded';
		const envelope = (request.payload ?? {}) as { task?: { encodedKey?: unknown } };
		const isUpdate = !isForm && envelope.task?.encodedKey !== undefined;
		requireRight(request, options, isUpdate ? 'EDIT_TASK' : 'CREATE_TASK');
		if (!isForm) {
			const task = saveJson(request.payload, caller, parts);
			return h.response({ task: inV1(task, 'post') }).code(201);
		}
		const task = inV1(createFromForm(request.payload, caller, parts), 'post');
		return h.response(options.v1FormAnswer === 'task' ? { task } : task).code(201);
	}

	function postV2(request: Request, h: ResponseToolkit) {
		requireRight(request, options, 'CREATE_TASK');
		const caller = callerOf(request, options).encodedKey;
		const key = request.headers['idempotency-key'] as string | undefined;
		const create = () => taskInV2(createV2(request.payload, caller, parts), options);
		return h.response(once(key, caller, request.payload, create)).code(201);
	}

	const post = (request: Request, h: ResponseToolkit) =>
		versionOf(request) === 'v2' ? postV2(request, h) : postV1(request, h);

	// With and without a slash (both are in the 2018 document), and with the key in the path (Mambu-APIs-Java).
	for (const path of ['/api/tasks', '/api/tasks/', '/api/tasks/{taskId}']) {
		server.route({
			method: 'POST',
			path,
			handler(request, h) {
				if (versionOf(request) === 'v2' && path.includes('{')) {
					throw refusal(405, 'METHOD_NOT_IMPLEMENTED');
				}
				return post(request, h);
			},
		});
	}

	server.route({
		method: 'GET',
		path: '/api/tasks',
		handler(request, h) {
			requireRight(request, options, 'VIEW_TASK');
			const version = versionOf(request);
			const query = namesOf(request.query, version);
			const page = pageOf(selectTasks(query, version, parts), query, options);
			if (version === 'v1') return page.rows.map((task) => inV1(task, 'list'));
			const rows = page.rows.map((task) => taskInV2(task, options));
			return answerV2(h, { ...page, rows }, request.query);
		},
	});

	server.route({
		method: 'GET',
		path: '/api/tasks/{taskId}',
		handler(request) {
			requireRight(request, options, 'VIEW_TASK');
			if (versionOf(request) === 'v2') return taskInV2(namedTask(request), options);
			if (options.v1GetOne === 'refused') throw refusal(404, 'INVALID_API_OPERATION');
			return inV1(namedTask(request), 'list');
		},
	});

	server.route({
		method: ['PUT', 'PATCH'],
		path: '/api/tasks/{taskId}',
		handler(request, h) {
			// Assumption: version 1 has neither; its own clients never use them on a task
			if (versionOf(request) === 'v1') throw refusal(404, 'INVALID_API_OPERATION');
			requireRight(request, options, 'EDIT_TASK');
			const task = namedTask(request);
			const by = callerOf(request, options).encodedKey;
			if (request.method === 'put') {
				return taskInV2(replaceV2(task, request.payload, by, parts), options);
			}
			patchTask(task, request.payload, by, parts);
			return h.response().code(204);
		},
	});

	server.route({
		method: 'DELETE',
		path: '/api/tasks/{taskId}',
		handler(request, h) {
			requireRight(request, options, 'DELETE_TASK');
			store.remove(namedTask(request), callerOf(request, options).encodedKey);
			return versionOf(request) === 'v2' ? h.response().code(204) : SUCCESS;
		},
	});
}
