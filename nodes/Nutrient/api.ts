import type { IDataObject } from 'n8n-workflow';

import { readOrigin } from '../shared/http/baseUrl';
import { fieldError, refusalError } from '../shared/http/errors';
import type { UploadFile } from '../shared/http/multipart';
import { byOffset } from '../shared/http/paging';
import { createTransport, type ApiContext, type ApiRequest } from '../shared/http/transport';
import { explainError, hasExpired } from './explainError';
import { isRecord, recordOf, rowsOf, textField } from './readWire';

export const CREDENTIAL = 'nutrientApi';
const SERVICE = 'Nutrient';
const PAGE = 100;
/** A form's or decision's answer waits for the whole next step of the process. */
const ACTION_TIMEOUT = 120_000;

const send = createTransport({
	service: SERVICE,
	credential: CREDENTIAL,
	baseUrl: ({ baseUrl }) => readOrigin(baseUrl),
	explainError,
	hasExpired,
	// v7 answers `false`; a gateway may pass an exception on as 200
	isRefusal: (body) => body === false || (isRecord(body) && isException(body)),
});

const isException = ({ status, message }: IDataObject) =>
	typeof status === 'number' && status >= 400 && typeof message === 'string';

/** One segment of a path. */
const segment = (id: string) => encodeURIComponent(id);

const notTheApi = (context: ApiContext, action: string) =>
	refusalError(context.getNode(), { service: SERVICE, action, status: 200 });

type Read = Pick<ApiRequest, 'path' | 'action' | 'qs'>;

/** One record, also when it comes in a list of one. */
async function readOne(context: ApiContext, read: Read): Promise<IDataObject> {
	const { body } = await send(context, { method: 'GET', ...read });
	const record = recordOf(body);
	if (record) return record;
	throw notTheApi(context, read.action);
}

/** A list that has no pages. */
async function readList(context: ApiContext, read: Read): Promise<IDataObject[]> {
	const { body } = await send(context, { method: 'GET', ...read });
	const list = rowsOf(body);
	if (list) return list.rows;
	throw notTheApi(context, read.action);
}

const rowId = (row: IDataObject) =>
	textField(row, 'recipienttasksid', 'sid', 'guid', 'userguid', 'instancesid') ??
	JSON.stringify(row);

/** Every row, page by page. A short page is the end only where the list's length agrees: servers cap pages. */
async function* readPages(context: ApiContext, read: Read): AsyncGenerator<IDataObject> {
	const fetchPage = async (start: number, count: number) => {
		const { body } = await send(context, {
			method: 'GET',
			...read,
			qs: { ...read.qs, start, count },
		});
		const list = rowsOf(body);
		if (!list) throw notTheApi(context, read.action);
		return { entries: list.rows, total: list.rows.length < count ? list.total : undefined };
	};
	yield* byOffset(fetchPage, rowId, PAGE);
}

/** Does something, once: never repeated, also where the service wants a GET for it. Gives whatever came back. */
async function act(context: ApiContext, request: ApiRequest): Promise<unknown> {
	const answer = await send(context, {
		timeout: ACTION_TIMEOUT,
		...request,
		retry: false,
		answer: 'text',
	});
	return answer.body === '' || answer.body === undefined ? null : answer.body;
}

// Processes

export const searchProcessList = (context: ApiContext, qs: IDataObject) =>
	readList(context, { path: '/api/processes/search', action: 'list processes', qs });

export const getProcess = (context: ApiContext, id: string) =>
	readOne(context, { path: `/api/processes/${segment(id)}`, action: `read process ${id}` });

export const listProcessTasks = (
	context: ApiContext,
	id: string,
	which: 'tasks' | 'firstTasks',
	qs: IDataObject,
) =>
	readList(context, {
		path: `/api/processes/${segment(id)}/${which}`,
		action: `list the tasks of process ${id}`,
		qs,
	});

/** Starts a request; with a first task, `body` is that task's data. */
export const startRequest = (
	context: ApiContext,
	processId: string,
	firstTaskId: string | null,
	qs: IDataObject,
	body: IDataObject,
) =>
	act(context, {
		method: 'POST',
		path: `/api/instance/start/${segment(processId)}${firstTaskId ? `/${segment(firstTaskId)}` : ''}`,
		action: `start process ${processId}`,
		qs,
		body,
	});

// Requests

const requestPath = (id: string) => `/api/instance/${segment(id)}`;

export const getRequest = (context: ApiContext, id: string, qs: IDataObject) =>
	readOne(context, { path: requestPath(id), action: `read request ${id}`, qs });

/** The requests the login started. https://developer.integrify.com/rest/Instances/instance-user-list */
export const listMyRequests = (context: ApiContext, qs: IDataObject) =>
	readPages(context, { path: '/instances/mine', action: 'list my requests', qs });

export const listVisibleRequests = (context: ApiContext, permissionType: string, qs: IDataObject) =>
	readPages(context, {
		path: `/api/instance/list/${segment(permissionType)}`,
		action: 'list requests',
		qs,
	});

export const listRequestTasks = (context: ApiContext, id: string) =>
	readList(context, {
		path: `${requestPath(id)}/recipientTask/list/data`,
		action: `list the tasks of request ${id}`,
	});

/** As `listRequestTasks`; `null` when the request is gone or hidden from the login. */
export async function findRequestTasks(context: ApiContext, id: string) {
	const path = `${requestPath(id)}/recipientTask/list/data`;
	const action = `list the tasks of request ${id}`;
	const { status, body } = await send(context, { method: 'GET', path, action, accept: [403, 404] });
	return status < 300 ? (rowsOf(body)?.rows ?? null) : null;
}

export const listRequestFiles = (context: ApiContext, id: string) =>
	readList(context, {
		path: `${requestPath(id)}/files`,
		action: `list the files of request ${id}`,
	});

export const cancelRequest = (context: ApiContext, id: string) =>
	act(context, {
		method: 'GET',
		path: `${requestPath(id)}/cancel`,
		action: `cancel request ${id}`,
	});

// Tasks

export const listMyTasks = (context: ApiContext, qs: IDataObject) =>
	readPages(context, { path: '/api/instance/mytask/list', action: 'list my tasks', qs });

export const searchAllTasks = (context: ApiContext, qs: IDataObject) =>
	readPages(context, { path: '/api/instance/task/search', action: 'search tasks', qs });

/** How a decision is sent; only the body of the v7 path has been seen. */
export type DecisionContract = 'legacyParameter' | 'noParameter' | 'legacyPath';

const approvalPath = (taskId: string, contract: DecisionContract) =>
	`${contract === 'legacyPath' ? '' : '/api/instance'}/tasktypes/approval/${segment(taskId)}`;

/** The configuration of an approval, in whatever shape. */
export async function readApproval(
	context: ApiContext,
	taskId: string,
	contract: DecisionContract = 'noParameter',
): Promise<unknown> {
	const path = approvalPath(taskId, contract);
	const action = `read the options of task ${taskId}`;
	const { body } = await send(context, { method: 'GET', path, action });
	if (typeof body === 'object' && body !== null) return body;
	throw notTheApi(context, action);
}

export const decideTask = (
	context: ApiContext,
	taskId: string,
	contract: DecisionContract,
	body: IDataObject,
) =>
	act(context, {
		method: 'POST',
		path: approvalPath(taskId, contract),
		action: `decide task ${taskId}`,
		qs: contract === 'legacyParameter' ? { legacy: true } : {},
		body,
	});

export const completeForm = (context: ApiContext, id: string, qs: IDataObject, body: IDataObject) =>
	act(context, {
		method: 'POST',
		path: `/api/instance/tasktypes/form/${segment(id)}`,
		action: `complete the form of task ${id}`,
		qs,
		body,
	});

const containerPath = (id: string) => `/api/instance/tasktypes/dataContainer/${segment(id)}`;

/** The keys a data container takes; `null` when the answer does not tell. */
export async function readContainerKeys(context: ApiContext, id: string): Promise<string[] | null> {
	const action = `read the fields of task ${id}`;
	const { body } = await send(context, { method: 'GET', path: containerPath(id), action });
	const fields = isRecord(body) ? body.field_configuration : null;
	if (!Array.isArray(fields) || !fields.every(isRecord)) return null;
	const keys = fields.map(({ key }) => key);
	return keys.every((key) => typeof key === 'string') ? keys : null;
}

export const completeContainer = (
	context: ApiContext,
	id: string,
	qs: IDataObject,
	body: IDataObject,
) =>
	act(context, {
		method: 'POST',
		path: containerPath(id),
		action: `complete the data container of task ${id}`,
		qs,
		body,
	});

export const reassignTask = (context: ApiContext, taskId: string, userId: string) =>
	act(context, {
		method: 'GET',
		path: `/api/instance/task/recipientTask/${segment(taskId)}/reassign/${segment(userId)}`,
		action: `reassign task ${taskId}`,
	});

// Reports

export const searchReportList = (context: ApiContext, qs: IDataObject) =>
	readList(context, { path: '/api/reports/search', action: 'list reports', qs });

/** With filters they are posted; without, the report runs with its own. */
export async function runReport(
	context: ApiContext,
	id: string,
	qs: IDataObject,
	filters: IDataObject[],
): Promise<IDataObject[]> {
	const path = `/api/reports/${segment(id)}/run`;
	const action = `run report ${id}`;
	if (filters.length === 0) return await readList(context, { path, action, qs });
	const { body } = await send(context, { method: 'POST', path, action, body: filters });
	const list = rowsOf(body);
	if (list) return list.rows;
	throw notTheApi(context, action);
}

export const exportReport = (context: ApiContext, id: string, type: string, qs: IDataObject) =>
	send(context, {
		method: 'GET',
		path: `/api/reports/${segment(id)}/export/data/${segment(type)}`,
		action: `export report ${id}`,
		qs,
		timeout: ACTION_TIMEOUT,
		answer: 'file',
	});

// Users

export const getCurrentUser = (context: ApiContext, qs: IDataObject) =>
	readOne(context, { path: '/api/user/current', action: 'read the current user', qs });

export const getUser = (context: ApiContext, id: string, full: boolean) =>
	readOne(context, {
		path: `/api/user/${segment(id)}${full ? '/full' : ''}`,
		action: `read user ${id}`,
	});

export const listUsers = (context: ApiContext, qs: IDataObject) =>
	readPages(context, { path: '/api/user/', action: 'list users', qs });

export const createUser = (context: ApiContext, body: IDataObject) =>
	act(context, { method: 'POST', path: '/api/user/', action: 'create the user', body });

export const updateUser = (context: ApiContext, id: string, body: IDataObject) =>
	act(context, {
		method: 'PUT',
		path: `/api/user/${segment(id)}`,
		action: `update user ${id}`,
		body,
	});

// Files

/** Stores a file that a task's value can then name. Its place depends on the tenant. */
export async function uploadFile(context: ApiContext, file: UploadFile): Promise<unknown> {
	const { tenantId } = await context.getCredentials(CREDENTIAL);
	const tenant = String(tenantId ?? '').trim();
	if (tenant === '') {
		throw fieldError(
			context.getNode(),
			'Tenant ID is empty',
			'Enter it in the Nutrient credential: the address of uploads contains it.',
		);
	}
	return await act(context, {
		method: 'POST',
		path: `/api/files/temp/${segment(tenant)}/upload`,
		action: `upload ${file.fileName}`,
		file,
	});
}

/** @param link a path on the service's host, or an address whose origin is checked before the token is sent */
export async function downloadFile(context: ApiContext, link: string, qs: IDataObject) {
	const { baseUrl } = await context.getCredentials(CREDENTIAL);
	const url = new URL(link, readOrigin(baseUrl));
	if (url.origin !== readOrigin(baseUrl)) {
		throw fieldError(
			context.getNode(),
			`The link leads to ${url.host}, not to the host of the credential`,
			'The token is sent to no other host. Download it with the HTTP Request node if you trust that host.',
		);
	}
	return await send(context, {
		method: 'GET',
		path: `${url.pathname}${url.search}`,
		action: 'download the file',
		qs,
		timeout: ACTION_TIMEOUT,
		answer: 'file',
	});
}

export const downloadPath = (fileId: string) => `/api/files/${segment(fileId)}/download`;
