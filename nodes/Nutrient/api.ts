import type { GenericValue, IDataObject } from 'n8n-workflow';

import { readOrigin } from '../shared/http/baseUrl';
import { refusalError } from '../shared/http/statusWords';
import { inOrder } from '../shared/http/paging';
import { createTransport, type ApiContext, type ApiRequest } from '../shared/http/transport';
import { exceptionStatus, explainError, hasExpired } from './explainError';
import { isRecord, recordOf, rowsOf } from './readWire';
import { requestIdOf, requestOfTask, taskIdOf } from './task';

export const CREDENTIAL = 'nutrientApi';
const SERVICE = 'Nutrient';
const PAGE = 100;
/** So many are asked for at once. */
const LARGEST_PAGE = 1000;
/** A form's or decision's answer waits for the whole next step of the process. */
export const ACTION_TIMEOUT = 120_000;

export const send = createTransport({
	service: SERVICE,
	credential: CREDENTIAL,
	baseUrl: ({ baseUrl }) => readOrigin(baseUrl),
	explainError,
	hasExpired,
	// v7 answers `false`; a gateway may pass an exception on as 200
	isRefusal: (body) => body === false || exceptionStatus(body) !== null,
});

/** One segment of a path. */
export const segment = (id: string) => encodeURIComponent(id);

export const notTheApi = (context: ApiContext, action: string) =>
	refusalError(context.getNode(), { service: SERVICE, action, status: 200 });

type Read = Pick<ApiRequest, 'path' | 'action' | 'qs'>;

/** One record, also when it comes in a list of one. */
export async function readOne(context: ApiContext, read: Read): Promise<IDataObject> {
	const { body } = await send(context, { method: 'GET', ...read });
	const record = recordOf(body);
	if (record) return record;
	throw notTheApi(context, read.action);
}

/** A list that has no pages. */
export async function readList(context: ApiContext, read: Read): Promise<IDataObject[]> {
	const { body } = await send(context, { method: 'GET', ...read });
	const list = rowsOf(body);
	if (list) return list.rows;
	throw notTheApi(context, read.action);
}

/** Reads as many rows of a list as are wanted, or a few more. */
export type List = (context: ApiContext, qs: IDataObject, wanted: number) => Promise<IDataObject[]>;

/** A list that has no pages, given as those that have. */
export const wholeList =
	(read: Omit<Read, 'qs'>): List =>
	async (context, qs) =>
		await readList(context, { ...read, qs });

/**
 * Rows page by page, in the service's order. What they are sorted by may be equal in several, and then these come in
 * any order on each page: what fits on one page is asked for at once.
 * @param idOf empty for a row that shows nothing of its own
 */
export const pagedList =
	(read: Omit<Read, 'qs'>, idOf: (row: IDataObject) => string): List =>
	async (context, qs, wanted) => {
		const fetchPage = async (start: number, count: number) => {
			const asked = { ...read, qs: { ...qs, start, count } };
			const { body } = await send(context, { method: 'GET', ...asked });
			const list = rowsOf(body);
			if (!list) throw notTheApi(context, read.action);
			const { rows, total } = list;
			// a total that is no more than what a full page has may be the page's own
			const isTold = rows.length < count || (total ?? 0) > start + rows.length;
			return { entries: rows, total: isTold ? total : undefined };
		};
		const name = { node: context.getNode(), service: SERVICE, action: read.action };
		const pageSize = wanted <= LARGEST_PAGE ? Math.max(PAGE, wanted) : PAGE;
		return await inOrder({ name, fetchPage, idOf, pageSize }, wanted);
	};

/** Several tasks of one request must not pass for one. */
function ownTaskId(row: IDataObject): string {
	const id = taskIdOf(row);
	return id === requestOfTask(row) ? '' : id;
}

const ownRequestId = (row: IDataObject) => requestIdOf(isRecord(row.request) ? row.request : row);

/** Does something, once: never repeated, also where the service wants a GET for it. Gives whatever came back. */
export async function act(context: ApiContext, request: ApiRequest): Promise<GenericValue> {
	const { body } = await send(context, {
		timeout: ACTION_TIMEOUT,
		...request,
		reads: false,
		answer: 'text',
	});
	return body === '' || body === undefined ? null : (body as GenericValue);
}

// Requests, and the tasks in them

const requestPath = (id: string) => `/api/instance/${segment(id)}`;

export const getRequest = (context: ApiContext, id: string, qs: IDataObject) =>
	readOne(context, { path: requestPath(id), action: `read request ${id}`, qs });

/** The requests the login started. https://developer.integrify.com/rest/Instances/instance-user-list */
export const listMyRequests = pagedList(
	{ path: '/instances/mine', action: 'list my requests' },
	ownRequestId,
);

export const listVisibleRequests = (permissionType: string) =>
	pagedList(
		{ path: `/api/instance/list/${segment(permissionType)}`, action: 'list requests' },
		ownRequestId,
	);

export const listRequestTasks = (context: ApiContext, id: string) =>
	readList(context, {
		path: `${requestPath(id)}/recipientTask/list/data`,
		action: `list the tasks of request ${id}`,
	});

/**
 * As `listRequestTasks`; `null` when the request is gone or hidden from the login.
 * @param absent the statuses that say so
 */
export async function findRequestTasks(context: ApiContext, id: string, absent = [403, 404]) {
	const path = `${requestPath(id)}/recipientTask/list/data`;
	const action = `list the tasks of request ${id}`;
	const { status, body } = await send(context, { method: 'GET', path, action, accept: absent });
	if (status >= 300) return null;
	const list = rowsOf(body);
	if (list) return list.rows;
	throw notTheApi(context, action);
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

export const listMyTasks = pagedList(
	{ path: '/api/instance/mytask/list', action: 'list my tasks' },
	ownTaskId,
);

export const searchAllTasks = pagedList(
	{ path: '/api/instance/task/search', action: 'search tasks' },
	ownTaskId,
);
