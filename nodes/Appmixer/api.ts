import type { IDataObject } from 'n8n-workflow';

import { readBaseUrl } from '../shared/http/baseUrl';
import { fieldError, isDoubtful } from '../shared/http/nodeErrors';
import { isListOf } from '../shared/http/isListOf';
import { refusalError } from '../shared/http/statusWords';
import { byOffset, type Listing } from '../shared/http/paging';
import { createTransport, type ApiContext, type ApiRequest } from '../shared/http/transport';
import { explainError, isUnknownTask, saysNoDashboard } from './explainError';
import { filterBy, isFiltered } from './filterById';
import { TEST_PATH } from './login';
import { idOf, isAppmixerTask, type AppmixerTask } from './task';

export const CREDENTIAL = 'appmixerApi';
const SERVICE = 'Appmixer';
export const PAGE = 100;
const LIST = 'list tasks';
/** An approval is answered only after Appmixer has called every receiver, without a limit of its own. */
const DECISION_TIMEOUT = 120_000;

export type ApiPath = 'plugin' | 'legacy';
const PREFIX: Record<ApiPath, string> = {
	plugin: '/plugins/appmixer/utils/tasks',
	legacy: '/people-task',
};

/** Where one node execution or poll tick sends its requests. */
export interface AppmixerApi {
	context: ApiContext;
	path: ApiPath;
	/** Milliseconds for every request, where the default is too long. */
	timeout?: number;
}

/** The query of a listing. `secret` replaces the login: it lists that person's tasks. */
export interface TaskQuery extends IDataObject {
	secret?: string;
	role?: string;
	filter?: string;
	pattern?: string;
	sort?: string;
	projection?: string;
}

const send = createTransport({
	service: SERVICE,
	credential: CREDENTIAL,
	baseUrl: (credentials) => credentials.baseUrl,
	explainError,
});

/** Answers of the version call, so that no probe is needed while an approver waits. Per process. */
const knownPaths = new Map<string, ApiPath>();
/** One answer per node execution or poll tick, however many items it has. */
const opened = new WeakMap<ApiContext, Promise<AppmixerApi>>();

/** Finds the path flavour: the credential's, or on Auto by one version call, where only 404 means legacy. */
export async function openApi(context: ApiContext): Promise<AppmixerApi> {
	const known = opened.get(context);
	if (known) return await known;
	const opening = probe(context);
	opened.set(context, opening);
	opening.catch(() => opened.delete(context));
	return await opening;
}

/** As `openApi`, but with the answer of an earlier call where there is one. `timeout` in ms, for each request. */
export async function reopenApi(context: ApiContext, timeout: number): Promise<AppmixerApi> {
	const { baseUrl, apiPath } = await context.getCredentials(CREDENTIAL);
	const known = apiPath === 'auto' ? knownPaths.get(String(baseUrl)) : undefined;
	return known
		? { context, path: known, timeout }
		: { ...(await probe(context, timeout)), timeout };
}

async function probe(context: ApiContext, timeout?: number): Promise<AppmixerApi> {
	const { apiPath, baseUrl } = await context.getCredentials(CREDENTIAL);
	if (apiPath === 'plugin' || apiPath === 'legacy') return { context, path: apiPath };
	const { status } = await send(context, {
		method: 'GET',
		path: `${PREFIX.plugin}/`,
		action: 'read the API version',
		accept: [404],
		timeout,
	});
	const path = status === 404 ? 'legacy' : 'plugin';
	knownPaths.set(String(baseUrl), path);
	return { context, path };
}

/** The origin and path Appmixer is reached at. */
export async function serviceUrl(context: ApiContext): Promise<string> {
	return readBaseUrl((await context.getCredentials(CREDENTIAL)).baseUrl);
}

/** The login's own address, by which Appmixer decides what it sees; `null` when it does not tell it. */
export async function readLoginEmail({ context, timeout }: AppmixerApi): Promise<string | null> {
	const action = "read the login's own address";
	const { body } = await send(context, { method: 'GET', path: TEST_PATH, action, timeout });
	const email = (body as IDataObject | null)?.email;
	return typeof email === 'string' && email !== '' ? email : null;
}

/** Statuses of a refusal: which one comes with which words is the engine's affair. */
const REFUSALS = [400, 403, 404, 409, 500];

const below = (api: AppmixerApi, request: ApiRequest): ApiRequest => ({
	timeout: api.timeout,
	...request,
	path: `${PREFIX[api.path]}${request.path}`,
});

const call = async (api: AppmixerApi, request: ApiRequest): Promise<unknown> =>
	(await send(api.context, below(api, request))).body;

/** A write whose answer is something else may have been done. */
async function callForTask(api: AppmixerApi, request: ApiRequest): Promise<AppmixerTask> {
	const asked = below(api, request);
	const response = await send(api.context, asked);
	if (isAppmixerTask(response.body)) return response.body;
	throw await send.refused(api.context, asked, response);
}

const notTheApi = ({ context }: AppmixerApi, action: string) =>
	refusalError(context.getNode(), { service: SERVICE, action, status: 200 });

const taskPath = (taskId: string, verb = '') => `/tasks/${encodeURIComponent(taskId)}${verb}`;

export const createTask = (api: AppmixerApi, body: IDataObject) =>
	callForTask(api, { method: 'POST', path: '/tasks', action: 'create the task', body });

/** One page of a listing. The server's order is only reliable when `sort` is sent. */
export async function readPage(
	api: AppmixerApi,
	query: TaskQuery,
	offset: number,
	limit: number,
): Promise<AppmixerTask[]> {
	const qs = { ...query, limit, offset };
	const page = await call(api, { method: 'GET', path: '/tasks', action: LIST, qs });
	if (!isListOf(page, isAppmixerTask, offset)) throw notTheApi(api, LIST);
	return page;
}

/**
 * Every matching task, page by page, by ID: tasks that are equal in what they are sorted by come in any order on each
 * page, as MongoDB has it, and then some are on none.
 */
export async function* listTasks(api: AppmixerApi, query: TaskQuery): AsyncGenerator<AppmixerTask> {
	const id = api.path === 'legacy' ? 'id' : 'taskId';
	yield* byOffset({
		...listing(api, { ...query, sort: `${id}:1` }),
		async lastId() {
			const [last] = await readPage(api, { ...query, sort: `${id}:-1` }, 0, 1);
			return last ? idOf(last) : '';
		},
	});
}

export const listing = (api: AppmixerApi, query: TaskQuery): Listing<AppmixerTask> => ({
	name: { node: api.context.getNode(), service: SERVICE, action: LIST },
	fetchPage: async (offset, limit) => await readPage(api, query, offset, limit),
	idOf,
	pageSize: PAGE,
});

export async function countTasks(api: AppmixerApi, qs: TaskQuery): Promise<number> {
	const body = await call(api, { method: 'GET', path: '/tasks-count', action: 'count tasks', qs });
	const count = (body as IDataObject | null)?.count;
	if (typeof count !== 'number') throw notTheApi(api, 'count tasks');
	return count;
}

/**
 * Reads one task. The plugin's own endpoint fails with 500 for whoever is allowed to read, so there the list is asked.
 * @returns `null` when the task does not exist or is not visible to the login or the secret.
 */
export async function findTask(
	api: AppmixerApi,
	taskId: string,
	secret?: string,
): Promise<AppmixerTask | null> {
	const qs = secret ? { secret } : {};
	if (api.path === 'legacy') {
		const path = taskPath(taskId);
		const request: ApiRequest = {
			method: 'GET',
			path,
			action: `read task ${taskId}`,
			qs,
			accept: REFUSALS,
		};
		const asked = below(api, request);
		const response = await send(api.context, asked);
		const { status, body } = response;
		if (isAppmixerTask(body) && idOf(body) === taskId) return body;
		if (status < 300 || isUnknownTask(response)) return null;
		throw await send.refused(api.context, asked, response);
	}
	if (!IS_ID.test(taskId)) return null;
	const askFor = async (query: TaskQuery) => await firstTask(api, taskId, { ...qs, ...query });
	const first = await askFor(filterBy(taskId));
	if (first && idOf(first) === taskId) return first;
	const service = `${await serviceUrl(api.context)} ${api.path}`;
	if (!first && (await isFiltered(service, askFor))) return null;
	for await (const task of listTasks(api, qs)) if (idOf(task) === taskId) return task;
	return null;
}

/** Appmixer makes a UUID for each task. */
const IS_ID = /^[\w-]+$/;

/** The first task of a list, which is one request. */
async function firstTask(api: AppmixerApi, taskId: string, qs: TaskQuery) {
	const action = `read task ${taskId}`;
	const query = { ...qs, limit: 1 };
	const found = await call(api, { method: 'GET', path: '/tasks', action, qs: query });
	// the only one that is asked for may have no ID
	if (!isListOf(found, isAppmixerTask, 1)) throw notTheApi(api, action);
	return (found[0] as AppmixerTask | undefined) ?? null;
}

/** As `findTask`, of one that was there a moment ago: the list is not read whole for one that is not to be seen any more. */
export async function findAgain(
	api: AppmixerApi,
	taskId: string,
	secret?: string,
): Promise<AppmixerTask | null> {
	if (api.path === 'legacy') return await findTask(api, taskId, secret);
	const query = { ...(secret && { secret }), ...filterBy(taskId) };
	const first = IS_ID.test(taskId) ? await firstTask(api, taskId, query) : null;
	return first && idOf(first) === taskId ? first : null;
}

/** As `findTask`. @throws an error that says how to make the task visible. */
export async function getTask(
	api: AppmixerApi,
	taskId: string,
	secret?: string,
): Promise<AppmixerTask> {
	const task = await findTask(api, taskId, secret);
	if (task) return task;
	throw fieldError(
		api.context.getNode(),
		`Task ${taskId} was not found`,
		'Appmixer shows a task only to its approver and its requester. Check the Task ID, or enter the Approver or Requester Secret in Options.',
	);
}

/** Changes the given fields. Appmixer checks nothing here and tells no receiver. */
export const updateTask = (api: AppmixerApi, taskId: string, body: IDataObject, secret?: string) =>
	callForTask(api, {
		method: 'PUT',
		path: taskPath(taskId),
		action: `update task ${taskId}`,
		qs: secret ? { secret } : {},
		body,
	});

const DECIDED = { approve: 'approved', reject: 'rejected' } as const;

/** Approves or rejects. Waits until every receiver has been called. @throws also when it ends as anything else */
export async function decideTask(
	api: AppmixerApi,
	taskId: string,
	verb: 'approve' | 'reject',
	secret?: string,
): Promise<AppmixerTask> {
	const task = await callForTask(api, {
		method: 'PUT',
		path: taskPath(taskId, `/${verb}`),
		action: `${verb} task ${taskId}`,
		body: secret ? { secret } : {},
		timeout: DECISION_TIMEOUT,
	});
	const { status } = task;
	if (status === undefined || status === DECIDED[verb]) return task;
	throw fieldError(
		api.context.getNode(),
		`Task ${taskId} was not ${DECIDED[verb]}: Appmixer answered that it is ${String(status)}`,
		'Somebody else may have decided it. Get shows how it stands.',
	);
}

/** The receiver is called once, at the task's next change of status. */
export async function registerWebhook(
	api: AppmixerApi,
	taskId: string,
	url: string,
): Promise<IDataObject & { id: string }> {
	const registering = register(api, taskId, url);
	registering.catch((error: unknown) => {
		if (!isDoubtful(error)) return;
		api.context.logger.warn(
			`Appmixer may have registered a webhook for task ${taskId} whose ID nobody knows: the answer does not tell`,
		);
	});
	return await registering;
}

async function register(
	api: AppmixerApi,
	taskId: string,
	url: string,
): Promise<IDataObject & { id: string }> {
	const asked = below(api, {
		method: 'POST',
		path: '/webhooks',
		action: `register a webhook for task ${taskId}`,
		body: { taskId, url },
	});
	const response = await send(api.context, asked);
	const webhook = (response.body ?? {}) as IDataObject;
	const id = webhook.webhookId ?? webhook.id;
	if (typeof id === 'string' && id !== '') return { ...webhook, id };
	throw await send.refused(api.context, asked, response);
}

/** Removes a receiver; one that is gone counts as removed. The documented verb is GET, the plugin's is DELETE. */
export async function deleteWebhook(api: AppmixerApi, webhookId: string): Promise<void> {
	const path = `/webhooks/${encodeURIComponent(webhookId)}`;
	const action = `delete webhook ${webhookId}`;
	if (api.path === 'plugin') {
		await call(api, { method: 'DELETE', path, action, accept: [404] });
		return;
	}
	const request: ApiRequest = { method: 'DELETE', path: `${PREFIX.legacy}${path}`, action };
	const { status } = await send(api.context, {
		...request,
		accept: [404, 405],
		timeout: api.timeout,
	});
	if (status === 404 || status === 405) {
		await call(api, { method: 'GET', path, action, accept: [404], reads: false });
	}
}

/** Where people open their tasks; `null` when the tenant has none configured, in whichever status it says so, or is too old to have one. */
export async function dashboardUrl(api: AppmixerApi): Promise<string | null> {
	const asked = below(api, {
		method: 'GET',
		path: '/dashboard-url',
		action: 'read the dashboard URL',
		accept: REFUSALS,
	});
	const response = await send(api.context, asked);
	const { status, body } = response;
	if (status >= 300 && ![400, 404].includes(status) && !saysNoDashboard(response)) {
		throw await send.refused(api.context, asked, response);
	}
	const url = (body as IDataObject | null)?.dashboardUrl;
	return typeof url === 'string' && url !== '' ? url : null;
}
