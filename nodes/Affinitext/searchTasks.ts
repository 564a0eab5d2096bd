import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { triggerFieldsOf } from '../shared/items/fields/readFields';
import { part, textOf } from './aliases';
import { readFeed } from './api';
import { readFeedRequest } from './fields';
import { identify, type Identified } from './identify';

const SHOWN = 100;

/** Tasks for "From List", matched here: the API cannot search. */
export async function searchTasks(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const read = triggerFieldsOf(this);
	const request = readFeedRequest(read.options());
	const { items } = await readFeed(this, request);
	const tasks = identify(items, request.idField).filter(({ hasId }) => hasId);
	if (tasks.length === 0 && items.length > 0) {
		throw read.error(
			'No task in the list has a field that looks like an ID',
			'Name one in the option ID Field.',
		);
	}
	const wanted = filter.toLowerCase();
	const results = tasks.map((task) => ({ name: nameOf(task), value: task.id }));
	return {
		results: results.filter(({ name }) => name.toLowerCase().includes(wanted)).slice(0, SHOWN),
	};
}

const nameOf = ({ raw, id }: Identified) =>
	[id, textOf(part(raw, 'title'))].filter((text) => text !== null).join(' ');
