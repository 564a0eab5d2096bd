import type { IExecuteFunctions } from 'n8n-workflow';

import { fieldError } from '../../../shared/http/nodeErrors';
import type { ItemOperation } from '../../../shared/items/operations';
import { part, textOf } from '../../aliases';
import { readFeed, type Feed, type FeedRequest } from '../../api';
import { feedFields, readFeedRequest, readTaskId, simplifyField, taskIdField } from '../../fields';
import { identify, type Identified } from '../../identify';
import { taskOutput } from '../../output';

export const get: ItemOperation = {
	name: 'Get',
	description: 'Retrieve a task. The API has no call for it: the list is searched.',
	action: 'Get a task',
	access: 'read',
	fields: [taskIdField, simplifyField],
	options: [...feedFields],
	prepare(read) {
		const taskId = readTaskId(read);
		const simple = read.simple(simplifyField);
		const request = readFeedRequest(read.options());
		const reading = { timezone: this.getTimezone(), monthFirst: request.monthFirst };
		return async () => {
			const feed = await sharedFeed(this, request);
			const list = identify(feed.items, request.idField);
			return taskOutput(find(this, list, taskId, feed.hasMore), simple, reading);
		};
	},
};

const feeds = new WeakMap<IExecuteFunctions, Map<string, Promise<Feed>>>();

/** One list for all items of a run: each of them would read the same whole list. */
async function sharedFeed(context: IExecuteFunctions, request: FeedRequest): Promise<Feed> {
	const known = feeds.get(context) ?? new Map<string, Promise<Feed>>();
	feeds.set(context, known);
	const key = JSON.stringify(request);
	const feed = known.get(key) ?? readFeed(context, request);
	known.set(key, feed);
	return await feed;
}

function find(
	context: IExecuteFunctions,
	list: Identified[],
	taskId: string,
	hasMore: boolean,
): Identified {
	const byId = list.filter(({ id }) => id === taskId);
	const found =
		byId.length > 0 ? byId : list.filter(({ raw }) => textOf(part(raw, 'number')) === taskId);
	if (found.length === 1) return found[0];
	const node = context.getNode();
	if (found.length > 1) {
		throw fieldError(
			node,
			`Affinitext lists ${found.length} tasks with the number ${taskId}`,
			'Name a field that tells them apart in the option ID Field.',
		);
	}
	const hint = list.some(({ hasId }) => hasId)
		? 'The list holds only tasks of which the Task API User is creator, assignee, verifier or, through a user group, collaborator.'
		: 'No task in the list has a field that looks like an ID. Name one in the option ID Field.';
	const more = hasMore ? ' The list goes on on a next page: turn on the option Follow Pages.' : '';
	throw fieldError(node, `Affinitext lists no task ${taskId}`, `${hint}${more}`);
}
