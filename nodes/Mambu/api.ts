import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { fieldError } from '../shared/http/nodeErrors';
import { isListOf } from '../shared/http/isListOf';
import { byOffset, type Listing } from '../shared/http/paging';
import {
	createTransport,
	type ApiContext,
	type ApiRequest,
	type ApiResponse,
} from '../shared/http/transport';
import { doneInRun } from '../shared/items/doneInRun';
import { explainError, isUnknownTask, readFailure, type ApiVersion } from './explainError';
import { idOf, isMambuTask, numberOf, type MambuTask } from './task';
import { tenantUrl } from './tenantUrl';

export const CREDENTIAL = 'mambuApi';
const SERVICE = 'Mambu';
/** The largest page of version 1 as documented; readers of version 2 use it as well. */
export const PAGE = 1000;

/** Which of them comes with which words is not documented. */
const REFUSALS = [400, 403, 404, 409, 500];

/** Where one node execution or poll tick sends its requests. */
export interface MambuApi {
	context: ApiContext;
	version: ApiVersion;
}

/** A word of Mambu's status filter. */
export type Status = 'OPEN' | 'COMPLETED' | 'OVERDUE';

/** What a listing can be limited to. */
export interface TaskFilter {
	username?: string;
	clientId?: string;
	groupId?: string;
	/** Version 2 only. */
	detailsLevel?: string;
}

/** One change of a version 2 PATCH. `op` is in upper case, as in Mambu's own description. */
export interface PatchOperation extends IDataObject {
	op: 'ADD' | 'REPLACE' | 'REMOVE';
	path: string;
}

const transport = (version: ApiVersion) =>
	createTransport({
		service: SERVICE,
		credential: CREDENTIAL,
		baseUrl: ({ tenant }) => tenantUrl(tenant),
		address: 'Tenant',
		explainError: explainError(version),
		isRefusal: (body) => readFailure(body) !== null,
	});

const send = { v1: transport('v1'), v2: transport('v2') };

/** Reads the version from the credential. */
export async function openApi(context: ApiContext): Promise<MambuApi> {
	const { apiVersion } = await context.getCredentials(CREDENTIAL);
	return { context, version: apiVersion === 'v1' ? 'v1' : 'v2' };
}

export const call = async ({ context, version }: MambuApi, request: ApiRequest) =>
	await send[version](context, { ...request, path: `/api${request.path}` });

/** The error for an answer that was read and is not what was asked for. */
export const refused = async (
	{ context, version }: MambuApi,
	request: ApiRequest,
	response: ApiResponse,
) => await send[version].refused(context, request, response);

/** Version 1 wraps the task in `task` after JSON; after a form it is not documented whether it does. */
async function callForTask(api: MambuApi, request: ApiRequest): Promise<MambuTask> {
	const response = await call(api, request);
	const body = response.body as IDataObject | null;
	const task = body?.task ?? body;
	if (isMambuTask(task)) return task;
	throw await refused(api, request, response);
}

const taskPath = (taskId: string) => `/tasks/${encodeURIComponent(taskId)}`;

/**
 * A list with pages; version 2 tells its length. Neither version can be told how to sort it.
 * @param isEntry whether a row shows what it is; not every row needs to
 * @throws when an answer is not a list of such entries
 */
export const listing = (
	api: MambuApi,
	{ qs: query, ...request }: ApiRequest,
	isEntry: (value: unknown) => boolean,
): Omit<Listing<IDataObject>, 'idOf' | 'pageSize'> => ({
	name: { node: api.context.getNode(), service: SERVICE, action: request.action },
	async fetchPage(offset, limit) {
		const pagination = api.version === 'v2' ? { paginationDetails: 'ON' } : {};
		const asked = { ...request, qs: { ...query, offset, limit, ...pagination } };
		const response = await call(api, asked);
		const { body, headers } = response;
		if (!isListOf(body, isEntry, offset)) throw await refused(api, asked, response);
		const total = Number(headers['items-total'] ?? NaN);
		return { entries: body, total: Number.isInteger(total) ? total : undefined };
	},
});

/** Version 1 takes `clientid` and `groupid` (its document's examples, Mambu's own client), version 2 camel case. */
function toQuery({ version }: MambuApi, filter: TaskFilter): IDataObject {
	const { username, clientId, groupId, detailsLevel } = filter;
	const link = version === 'v1' ? { clientid: clientId, groupid: groupId } : { clientId, groupId };
	const given = Object.entries({ username, ...link, detailsLevel });
	return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** Every task in one status, page by page. @param atMost how many are needed, for the size of a page */
export async function* listTasks(
	api: MambuApi,
	filter: TaskFilter,
	status: Status,
	atMost = PAGE,
): AsyncGenerator<MambuTask> {
	const qs = { ...toQuery(api, filter), status };
	const request: ApiRequest = { method: 'GET', path: '/tasks', action: 'list tasks', qs };
	const pageSize = Math.max(1, Math.min(atMost, PAGE));
	yield* byOffset({ ...listing(api, request, isMambuTask), idOf, pageSize });
}

/** Version 2 reads one task by number or key. @returns `null` when it does not exist, or not for this login */
export async function readTask(api: MambuApi, taskId: string): Promise<MambuTask | null> {
	const request: ApiRequest = {
		method: 'GET',
		path: taskPath(taskId),
		action: `read task ${taskId}`,
		accept: REFUSALS,
	};
	const response = await call(api, request);
	if (isMambuTask(response.body)) return response.body;
	if (isUnknownTask(api.version, response)) return null;
	throw await refused(api, request, response);
}

/** Version 1 has no call for one task: the lists are searched. @returns as `readTask` */
async function searchTask(api: MambuApi, taskId: string): Promise<MambuTask | null> {
	for (const status of ['OPEN', 'OVERDUE', 'COMPLETED'] as const) {
		for await (const task of listTasks(api, {}, status)) {
			if (idOf(task) === taskId || numberOf(task) === taskId) return task;
		}
	}
	return null;
}

/** @throws NodeOperationError when the task is not there for this login */
export async function getTask(api: MambuApi, taskId: string): Promise<MambuTask> {
	const find = api.version === 'v2' ? readTask : searchTask;
	const task = await find(api, taskId);
	if (task) return task;
	throw fieldError(
		api.context.getNode(),
		`Task ${taskId} was not found`,
		'Check the Task ID. A task of a branch the login may not see looks the same.',
	);
}

/** Version 1, JSON: creates, or updates when the task has an `encodedKey`. */
export const saveTask = (api: MambuApi, task: IDataObject, action = 'create the task') =>
	callForTask(api, { method: 'POST', path: '/tasks', action, body: { task } });

/** Version 1, URL-encoded: creates an open task. */
export const createFromForm = (api: MambuApi, form: Record<string, string>) =>
	callForTask(api, { method: 'POST', path: '/tasks', action: 'create the task', form });

/** Version 2. Sent again with the same key, it creates nothing more. */
export const createTask = (api: MambuApi, body: IDataObject, idempotencyKey: string) =>
	callForTask(api, {
		method: 'POST',
		path: '/tasks',
		action: 'create the task',
		body,
		idempotencyKey,
	});

/** Version 2. The answer has no body: the task is read afterwards. */
export async function patchTask(
	api: MambuApi,
	taskId: string,
	operations: PatchOperation[],
	action: string,
	item: number,
): Promise<MambuTask> {
	if (operations.length === 0) return await getTask(api, taskId);
	const patch = async () => {
		await call(api, { method: 'PATCH', path: taskPath(taskId), action, body: operations });
		return {};
	};
	// when only the reading fails, another try reads and changes nothing
	await doneInRun(api.context as IExecuteFunctions, { item, what: 'patch' }, patch);
	try {
		return await getTask(api, taskId);
	} catch (error) {
		throw fieldError(
			api.context.getNode(),
			`Task ${taskId} was changed, but could not be read afterwards`,
			`${(error as Error).message}. The change is made: do not repeat it.`,
		);
	}
}

/** A task that is not there counts as deleted. */
export async function deleteTask(api: MambuApi, taskId: string): Promise<void> {
	const request: ApiRequest = {
		method: 'DELETE',
		path: taskPath(taskId),
		action: `delete task ${taskId}`,
		accept: [200, ...REFUSALS],
	};
	const response = await call(api, request);
	const { status, body } = response;
	const done = status < 300 && readFailure(body) === null && typeof (body || null) !== 'string';
	if (!done && !isUnknownTask(api.version, response)) throw await refused(api, request, response);
}
