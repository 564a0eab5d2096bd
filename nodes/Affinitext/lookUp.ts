import type { IExecuteFunctions } from 'n8n-workflow';

import { fieldError } from '../shared/http/nodeErrors';
import { part, textOf } from './aliases';
import { readFeed, type Feed, type FeedRequest } from './api';
import { identify, type Identified } from './identify';

/** A list, by what its tasks are asked for. */
export interface Lookup {
	byId: Map<string, Identified[]>;
	byNumber: Map<string, Identified[]>;
	hasIds: boolean;
	hasMore: boolean;
}

const lists = new WeakMap<IExecuteFunctions, Map<string, Promise<Lookup>>>();

/** One list for all items of a run: each of them would read the same whole list, and go through it. */
export async function sharedList(
	context: IExecuteFunctions,
	request: FeedRequest,
): Promise<Lookup> {
	const known = lists.get(context) ?? new Map<string, Promise<Lookup>>();
	lists.set(context, known);
	const key = JSON.stringify(request);
	const list = known.get(key) ?? readFeed(context, request).then((feed) => lookupOf(feed, request));
	known.set(key, list);
	return await list;
}

export function lookupOf(
	{ items, hasMore }: Feed,
	{ idField }: Pick<FeedRequest, 'idField'>,
): Lookup {
	const list = identify(items, idField);
	return {
		byId: grouped(list, ({ id }) => id),
		byNumber: grouped(list, ({ raw }) => textOf(part(raw, 'number'))),
		hasIds: list.some(({ hasId }) => hasId),
		hasMore,
	};
}

function grouped(list: Identified[], nameOf: (one: Identified) => string | null) {
	const groups = new Map<string, Identified[]>();
	for (const one of list) {
		const name = nameOf(one);
		if (name === null) continue;
		const alike = groups.get(name);
		if (alike) alike.push(one);
		else groups.set(name, [one]);
	}
	return groups;
}

/** The task with this ID; with this number when it is no ID. @throws NodeOperationError unless it is exactly one */
export function findOne(
	context: IExecuteFunctions,
	lookup: Lookup,
	taskId: string,
	item?: number,
): Identified {
	const { byId, byNumber, hasIds, hasMore } = lookup;
	const found = byId.get(taskId) ?? byNumber.get(taskId) ?? [];
	if (found.length === 1) return found[0];
	const node = context.getNode();
	if (found.length > 1) {
		throw fieldError(
			node,
			`Affinitext lists ${found.length} tasks with the number ${taskId}`,
			'Name a field that tells them apart in the option ID Field.',
			item,
		);
	}
	const hint = hasIds
		? 'The list holds only tasks of which the Task API User is creator, assignee, verifier or, through a user group, collaborator.'
		: 'No task in the list has a field that looks like an ID. Name one in the option ID Field.';
	const more = hasMore ? ' The list goes on on a next page: turn on the option Follow Pages.' : '';
	throw fieldError(node, `Affinitext lists no task ${taskId}`, `${hint}${more}`, item);
}
