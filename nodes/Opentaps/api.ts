import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { isPage } from '../shared/http/answerBody';
import { readBaseUrl } from '../shared/http/baseUrl';
import type { ListName } from '../shared/http/notWhole';
import { refusalError } from '../shared/http/statusWords';
import {
	createTransport,
	type ApiContext,
	type ApiRequest,
	type ApiResponse,
} from '../shared/http/transport';
import { explainError, hasFailed, isAboutToken, isNotThere } from './explainError';
import { entriesIn, isRecord, recordIn, rowsIn } from './readWire';

export const CREDENTIAL = 'opentapsApi';
const SERVICE = 'opentaps CRM2';

/** Fields of a form, by the names CRM2 reads. */
export type Form = Record<string, string>;

const send = createTransport({
	service: SERVICE,
	credential: CREDENTIAL,
	baseUrl: (credentials) => credentials.baseUrl,
	explainError,
	isRefusal: hasFailed,
	// which status an ended token gets is not documented
	hasExpired: (body, { status, credentials }) =>
		credentials.useTemporary === true && (status === 403 || isAboutToken(body)),
});

/** Where people open tasks, after the vendor's own scripts. */
export async function taskSite(context: ApiContext): Promise<string> {
	const { baseUrl } = await context.getCredentials(CREDENTIAL);
	return `${readBaseUrl(baseUrl)}/crm2/contactsWidget/client/`;
}

/** A list for an error. */
export const listName = (context: ApiContext, action: string): ListName => ({
	node: context.getNode(),
	service: SERVICE,
	action,
});

const notTheApi = (context: ApiContext, action: string) =>
	refusalError(context.getNode(), { service: SERVICE, action, status: 200 });

/** Reads a list of records. An empty or missing value is an empty list. */
async function list(
	context: ApiContext,
	path: string,
	action: string,
	qs: IDataObject = {},
): Promise<IDataObject[]> {
	const { body } = await send(context, { method: 'GET', path, action, qs });
	const rows = rowsIn(body);
	if (rows) return rows;
	throw notTheApi(context, action);
}

/** What a write answers is documented nowhere: the record in the answer, or `null`. */
async function write(context: ApiContext, request: ApiRequest): Promise<IDataObject | null> {
	return recordIn((await send(context, request)).body);
}

const activityPath = (activityId: string) => `/activities/${encodeURIComponent(activityId)}`;

/** A page of activities; with a sequence number from there on. https://crm2.opentaps.com/activities in the wiki. */
export const readActivityPage = async (
	context: ApiContext,
	count: number,
	startFrom: number | null,
	qs: IDataObject,
) =>
	await list(
		context,
		`/activities/${count}${startFrom === null ? '' : `/${startFrom}`}`,
		'list activities',
		qs,
	);

/** All activities at once: what the service gives without a count. */
export const readAllActivities = async (context: ApiContext, qs: IDataObject) =>
	await list(context, '/activities', 'list activities', qs);

export const readTasks = async (context: ApiContext, qs: IDataObject) =>
	await list(context, '/task', 'list tasks', qs);

export const createRecord = async (
	context: ApiContext,
	path: '/activities' | '/task',
	kind: 'activity' | 'task',
	form: Form,
) => await write(context, { method: 'POST', path, action: `create the ${kind}`, form });

/** Changes the given fields only: without `partial` the whole record is replaced. */
export const updateRecord = async (
	context: ApiContext,
	kind: 'activity' | 'task',
	activityId: string,
	changes: Form,
	verb = 'update',
) =>
	await write(context, {
		method: 'PUT',
		path: activityPath(activityId),
		action: `${verb} ${kind} ${activityId}`,
		form: { partial: 'Yes', ...changes },
	});

/** A 401 is none of them: n8n renews the login on it. Which one comes with which words is not documented. */
const REFUSALS = [400, 403, 404, 409, 500];

/**
 * Some HTTP stacks drop the body of a DELETE: refused for its token, it is sent once more with a query. One that is gone
 * counts as deleted, in whichever status CRM2 says so.
 */
async function remove(
	context: ApiContext,
	request: Pick<ApiRequest, 'path' | 'action'>,
	form: Form,
): Promise<void> {
	const deletion: ApiRequest = { method: 'DELETE', accept: [200, ...REFUSALS], ...request };
	const withForm = await send(context, { ...deletion, form }).catch((error: unknown) => {
		if (error instanceof NodeApiError && error.httpCode === '401') return null;
		throw error;
	});
	const isRefused =
		!withForm || withForm.status === 403 || (isFailed(withForm) && isAboutToken(withForm.body));
	const response = isRefused ? await send(context, { ...deletion, qs: form }) : withForm;
	if (isFailed(response) && response.status !== 404 && !isNotThere(response.body)) {
		throw await send.refused(context, deletion, response);
	}
}

const isFailed = ({ status, body }: ApiResponse) =>
	status >= 300 || hasFailed(body) || isPage(body);

export const deleteActivity = async (context: ApiContext, activityId: string) =>
	await remove(
		context,
		{ path: activityPath(activityId), action: `delete activity ${activityId}` },
		{},
	);

export const linkContact = async (context: ApiContext, verb: 'add' | 'remove', form: Form) =>
	await write(context, {
		method: 'POST',
		path: `/activities/contact/${verb}`,
		action:
			verb === 'add'
				? `add contact ${form.contactId} to activity ${form.activityId}`
				: `remove contact ${form.contactId} from activity ${form.activityId}`,
		form,
	});

/** Tags with this text in their name, in upper or lower case. */
export const findTags = async (context: ApiContext, tagName: string) =>
	await list(context, '/tag', 'list tags', { tagName });

export const createTag = async (context: ApiContext, form: Form) =>
	await write(context, {
		method: 'POST',
		path: '/tag',
		action: `create tag ${form.tagName}`,
		form,
	});

export const updateTag = async (context: ApiContext, form: Form) =>
	await write(context, { method: 'PUT', path: '/tag', action: `update tag ${form.tagId}`, form });

export const deleteTag = async (context: ApiContext, tagId: string) =>
	await remove(context, { path: '/tag', action: `delete tag ${tagId}` }, { tagId });

export const readTagActivities = async (context: ApiContext, tagId: string) =>
	await list(context, '/tagActivities', `list activities of tag ${tagId}`, { tagId });

/** Contacts who can log in. The plural is CRM2's own. */
export const readUsers = async (context: ApiContext) =>
	await list(context, '/contacts-users', 'list users');

/** Names of the domain's activity types; `null` when the token's contact may not read them (DOMAIN_CONF). */
export async function readActivityTypes(context: ApiContext): Promise<string[] | null> {
	const { body } = await send(context, {
		method: 'GET',
		path: '/admin/activity-type',
		action: 'list activity types',
		accept: [200, 400, 403, 404],
	});
	if (hasFailed(body)) return null;
	const names = (entriesIn(body) ?? []).map((entry) =>
		isRecord(entry) ? (entry.activityType ?? entry.name) : entry,
	);
	const known = names.filter((name): name is string => typeof name === 'string' && name !== '');
	return known.length > 0 ? known : null;
}
