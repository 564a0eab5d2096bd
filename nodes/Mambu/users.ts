import type { ILoadOptionsFunctions, IDataObject, INodeListSearchResult } from 'n8n-workflow';

import { fieldError } from '../shared/http/nodeErrors';
import { byOffset } from '../shared/http/paging';
import type { Person } from '../shared/task';
import type { ApiContext, ApiRequest } from '../shared/http/transport';
import { call, listing, openApi, refused, type MambuApi } from './api';
import { isUnknownUser } from './explainError';

/** A Mambu user as far as assigning tasks needs it. */
interface MambuUser extends IDataObject {
	encodedKey: string;
	username: string;
	firstName?: string;
	lastName?: string;
	email?: string;
}

/** How a user was entered: picked from the list and `key` give the encoded key, `username` the login name. */
export interface Assignee {
	by: 'key' | 'username';
	value: string;
}

const PAGE = 1000;
const SHOWN = 100;

const isUser = (value: unknown): value is MambuUser =>
	typeof value === 'object' &&
	value !== null &&
	typeof (value as MambuUser).encodedKey === 'string' &&
	typeof (value as MambuUser).username === 'string';

async function* listUsers(api: MambuApi): AsyncGenerator<MambuUser> {
	const request: ApiRequest = { method: 'GET', path: '/users', action: 'list users' };
	const idOf = ({ encodedKey }: IDataObject) => String(encodedKey ?? '');
	// one without a key or a name can be neither found by it nor assigned to
	for await (const user of byOffset({ ...listing(api, request, isUser), idOf, pageSize: PAGE })) {
		if (isUser(user)) yield user;
	}
}

/** Both versions take a key in the path; only version 1 takes a user name there, so version 2's list is searched. */
async function findUser(api: MambuApi, { by, value }: Assignee): Promise<MambuUser> {
	if (by === 'key' || api.version === 'v1') {
		const path = `/users/${encodeURIComponent(value)}`;
		const action = `read user ${value}`;
		const request: ApiRequest = { method: 'GET', path, action, accept: [400, 404, 409, 500] };
		const response = await call(api, request);
		if (isUser(response.body)) return response.body;
		if (!isUnknownUser(response)) throw await refused(api, request, response);
	} else {
		for await (const user of listUsers(api)) if (user.username === value) return user;
	}
	throw fieldError(
		api.context.getNode(),
		`Mambu has no user "${value}"`,
		'Check the assignee: pick a name from the list, or enter a user name or an encoded key as its mode says.',
	);
}

/** Users already asked for, for as long as one node execution or poll tick lasts. */
const known = new WeakMap<ApiContext, Map<string, Promise<MambuUser>>>();

async function lookUp(api: MambuApi, assignee: Assignee): Promise<MambuUser> {
	const users = known.get(api.context) ?? new Map<string, Promise<MambuUser>>();
	known.set(api.context, users);
	const name = `${assignee.by}:${assignee.value}`;
	const user = users.get(name) ?? findUser(api, assignee);
	users.set(name, user);
	return await user;
}

/** The key JSON bodies want; asks Mambu only for a user name. */
export const assigneeKey = async (api: MambuApi, assignee: Assignee) =>
	assignee.by === 'key' ? assignee.value : (await lookUp(api, assignee)).encodedKey;

/** The user name that lists and forms want; asks Mambu only for a key. */
export const assigneeName = async (api: MambuApi, assignee: Assignee) =>
	assignee.by === 'username' ? assignee.value : (await lookUp(api, assignee)).username;

const fullName = ({ firstName, lastName, username }: MambuUser) =>
	[firstName, lastName].filter(Boolean).join(' ') || username;

/** Who has this key. */
export async function personOf(api: MambuApi, key: string): Promise<Person> {
	const user = await lookUp(api, { by: 'key', value: key });
	const email = typeof user.email === 'string' ? user.email.trim() || null : null;
	return { id: key, name: fullName(user), email };
}

/** Users for "From List"; the filter is matched against full and user name. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const api = await openApi(this);
	const wanted = filter.toLowerCase();
	const results: INodeListSearchResult['results'] = [];
	for await (const user of listUsers(api)) {
		const name = `${fullName(user)} (${user.username})`;
		if (name.toLowerCase().includes(wanted)) results.push({ name, value: user.encodedKey });
		if (results.length >= SHOWN) break;
	}
	return { results };
}
