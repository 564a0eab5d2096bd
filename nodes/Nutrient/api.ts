import type { GenericValue, IDataObject } from 'n8n-workflow';

import { readOrigin } from '../shared/http/baseUrl';
import { refusalError } from '../shared/http/statusWords';
import { byOffset } from '../shared/http/paging';
import { createTransport, type ApiContext, type ApiRequest } from '../shared/http/transport';
import { exceptionStatus, explainError, hasExpired } from './explainError';
import { recordOf, rowsOf, textField } from './readWire';

export const CREDENTIAL = 'nutrientApi';
const SERVICE = 'Nutrient';
const PAGE = 100;
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

/** The same, as the lists that have pages are given. */
export async function* readRows(context: ApiContext, read: Read): AsyncGenerator<IDataObject> {
	yield* await readList(context, read);
}

const rowId = (row: IDataObject) =>
	textField(row, 'recipienttasksid', 'sid', 'guid', 'userguid', 'instancesid') ??
	JSON.stringify(row);

/** Every row, page by page. A short page is the end only where the list's length agrees: servers cap pages. */
export async function* readPages(context: ApiContext, read: Read): AsyncGenerator<IDataObject> {
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
export const listMyRequests = (context: ApiContext, qs: IDataObject) =>
	readPages(context, { path: '/instances/mine', action: 'list my requests', qs });

export const listVisibleRequests =
	(permissionType: string) => (context: ApiContext, qs: IDataObject) =>
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

export const listMyTasks = (context: ApiContext, qs: IDataObject) =>
	readPages(context, { path: '/api/instance/mytask/list', action: 'list my tasks', qs });

export const searchAllTasks = (context: ApiContext, qs: IDataObject) =>
	readPages(context, { path: '/api/instance/task/search', action: 'search tasks', qs });
