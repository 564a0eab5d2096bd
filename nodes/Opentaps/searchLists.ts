import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { take } from '../shared/http/paging';
import { findTags, readActivityTypes, readUsers } from './api';
import { listActivities } from './listActivities';
import { listTasks } from './listTasks';
import { idOf, idText, OPEN, textOf } from './task';
import { emailsOf } from './people';

/** "From List" of every locator. CRM2 searches tags itself; the rest is searched here. */

const SHOWN = 100;
/** Most activities looked through for a text. */
const SEARCHED = 1000;
/** The types every domain has; the others only an administrator may list. */
const KNOWN_TYPES = ['EMAIL', 'NOTE', 'PINNED', 'TASK'];

const shown = (entries: Array<{ name: string; value: string }>, filter = '') => ({
	results: entries
		.filter(({ value }) => value !== '')
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(filter.toLowerCase()))
		.slice(0, SHOWN),
});

const entryOf = (raw: IDataObject) => {
	const about = [textOf(raw, 'activityType'), textOf(raw, 'status')].filter(Boolean).join(', ');
	const name = textOf(raw, 'noteText') ?? idOf(raw);
	return { name: about ? `${name} (${about})` : name, value: idOf(raw) };
};

export async function searchActivities(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const query = { types: [], statuses: [], startFrom: null, extra: {} };
	const found = await take(listActivities(this, query), filter ? SEARCHED : SHOWN);
	return shown(found.map(entryOf), filter);
}

/** Open tasks. */
export async function searchTasks(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const found = await listTasks(this, OPEN, filter ? Infinity : SHOWN);
	return shown(found.map(entryOf), filter);
}

export async function searchTags(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const tags = await findTags(this, filter ?? '');
	return shown(
		tags.map(({ tagId, tagName }) => ({
			name: String(tagName ?? idText(tagId)),
			value: idText(tagId),
		})),
	);
}

/** Contacts who can log in; others go by their ID. */
export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const users = (await readUsers(this)).map((user) => {
		const [email] = emailsOf(user);
		const name = textOf(user, 'fullName') ?? idText(user._id);
		return { name: email ? `${name} (${email})` : name, value: idText(user._id) };
	});
	return shown(users, filter);
}

export async function searchActivityTypes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const types = (await readActivityTypes(this)) ?? KNOWN_TYPES;
	return shown(
		[...types].sort().map((type) => ({ name: type, value: type })),
		filter,
	);
}
